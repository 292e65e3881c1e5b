/** HTTP archives. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { har } from '../../../src/evidence/clients/har.ts'
import { kinds, read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(har)

const entry = (url: string, headers: readonly object[], status = 403, answered: readonly object[] = []) => ({
  request: { method: 'GET', url, headers },
  response: { status, headers: answered },
})
const archive = (...entries: readonly object[]): string => JSON.stringify({ log: { version: '1.2', entries } }, null, 1)

test('only the signed and the refused are read', () => {
  const signed = 'https://b.example/k?X-Amz-Signature=ab'
  const text = archive(
    entry('https://b.example/x', []),
    entry(signed, [
      { name: ':authority', value: 'c.example' },
      { name: 'user-agent', value: 'x' },
    ]),
    entry('https://b.example/y', [], 403, [{ name: 'x-amzn-requestid', value: '1' }]),
  )
  const seen = read(har, text)
  assert.deepEqual(kinds(seen), ['request', 'response', 'request', 'response'])
  const [first] = seenOf(seen, 'request')
  assert.equal(first?.fidelity, 'normalized')
  assert.deepEqual(first?.request.headers[0], ['host', 'c.example'])
})

test('an archive without signed requests, and one that is cut, say so', () => {
  assert.match(seenOf(read(har, archive(entry('https://b.example/x', [], 200))), 'unreadable')[0]?.reason ?? '', /1 entry, none signed/)
  assert.match(seenOf(read(har, archive(entry('https://b.example/x', [])).slice(0, -4)), 'unreadable')[0]?.reason ?? '', /not whole JSON/)
})
