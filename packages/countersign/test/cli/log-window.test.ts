import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LogWindow } from '../../src/cli/log-window.js'

const kept = (text: string, limit: number, piece = 1000) => {
  const window = new LogWindow(limit)
  const bytes = Buffer.from(text, 'latin1')
  for (let at = 0; at < bytes.length; at += piece) window.push(new Uint8Array(bytes.subarray(at, at + piece)))
  return window.end()
}
const noise = (lines: number) => Array.from({ length: lines }, (_, i) => `${i} nothing of note\n`).join('')
const refusal = (id: number) => `begins ${id}\n<Error><Code>SignatureDoesNotMatch</Code><RequestId>R${id}</RequestId>\n`

test('the lines before and after a mark are kept, whatever the pieces', () => {
  const log = `${noise(500)}${refusal(1)}${noise(500)}RequestTimeTooSkewed\n${noise(500)}`
  const whole = kept(log, 1e6, log.length)
  assert.equal(whole.refusals, 2)
  assert.equal(whole.text.split('\n').length, 30 + 1 + 60 + 30 + 1 + 60)
  for (const piece of [1, 7, 100, 4096]) assert.deepEqual(kept(log, 1e6, piece), whole, `pieces of ${piece} bytes`)
})

test('nothing is kept twice and nothing near a mark is lost, in order', () => {
  const line = fc.constantFrom('', 'a', 'plain line', 'X-Amz-Date: 1', '<Code>AccessDenied</Code>')
  fc.assert(
    fc.property(fc.array(line, { maxLength: 200 }), fc.integer({ min: 1, max: 50 }), (lines, piece) => {
      const numbered = lines.map((text, i) => `${i} ${text}`)
      const near = numbered.filter((_, i) => numbered.slice(Math.max(0, i - 60), i + 31).some((text) => /x-amz-|<Code>/i.test(text)))
      assert.equal(kept(`${numbered.join('\n')}\n`, 1e6, piece).text, near.join('\n'))
    }),
  )
})

test('of too much, the first and the last stay, and the refusals are counted', () => {
  const log = Array.from({ length: 300 }, (_, i) => refusal(i) + noise(100)).join('')
  const { text, refusals, refusalsKept } = kept(log, 50_000)
  assert.equal(refusals, 300)
  assert.ok(text.length < 52_000)
  const ids = [...text.matchAll(/<RequestId>R(\d+)/g)].map(([, id]) => Number(id))
  assert.equal(ids.length, refusalsKept)
  assert.equal(ids[0], 0)
  assert.equal(ids.at(-1), 299)
  assert.deepEqual(
    ids,
    [...ids].sort((a, b) => a - b),
  )
  assert.ok(refusalsKept > 10 && refusalsKept < 100)
})

test('marks that never end do not cost the last one', () => {
  const log = Array.from({ length: 20_000 }, (_, i) => `signature ${i}\n`).join('')
  const { text } = kept(log, 10_000)
  assert.ok(text.startsWith('signature 0\n') && text.endsWith('signature 19999') && text.length < 12_000)
})

test('a refusal in the middle stays where much that was accepted is marked, with what stands before it', () => {
  const accepted = (from: number) => Array.from({ length: 3000 }, (_, i) => `x-amz-date ${from + i}\n`).join('')
  const { text, refusals, refusalsKept } = kept(`${accepted(0)}begins\n${refusal(7)}${accepted(5000)}${accepted(9000)}`, 20_000)
  assert.equal(refusals, 1)
  assert.equal(refusalsKept, 1)
  assert.ok(
    text.includes(refusal(7)) && text.includes('x-amz-date 2999\nbegins\n') && text.endsWith('x-amz-date 11999') && text.length < 22_000,
  )
})
