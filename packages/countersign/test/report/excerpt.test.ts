/** Places in the user's own bytes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { excerpt, lineAndColumn } from '../../src/report/excerpt.ts'
import { redacted } from '../../src/report/redaction/redact.ts'
import { SECRET, SIGNATURE, TOKEN } from './hand-made.ts'

const whole = (text: string): string => text

test('lines and columns count from 1', () => {
  assert.deepEqual(lineAndColumn('ab\ncd\n', 0), { line: 1, column: 1 })
  assert.deepEqual(lineAndColumn('ab\ncd\n', 2), { line: 1, column: 3 })
  assert.deepEqual(lineAndColumn('ab\ncd\n', 3), { line: 2, column: 1 })
  assert.deepEqual(lineAndColumn('ab\ncd\n', 6), { line: 3, column: 1 })
})

test('the line of a place with one before and after, the place marked', () => {
  const text = 'first\r\nGET /a%2520b HTTP/1.1\r\nHost: x\r\nlast'
  const start = text.indexOf('/a%')
  assert.deepEqual(excerpt({ name: 'f', text }, { source: 'f', start, end: start + 8 }, whole), [
    { number: 1, before: 'first', marked: '', after: '' },
    { number: 2, before: 'GET ', marked: '/a%2520b', after: ' HTTP/1.1' },
    { number: 3, before: 'Host: x', marked: '', after: '' },
  ])
})

test('a place over several lines is marked in each; a place outside the text gives nothing', () => {
  const text = 'a\nbb\ncc\nd\n'
  assert.deepEqual(
    excerpt({ name: 'f', text }, { source: 'f', start: 3, end: 6 }, whole).map(({ marked }) => marked),
    ['', 'b', 'c', ''],
  )
  assert.deepEqual(excerpt({ name: 'f', text }, { source: 'f', start: 3, end: 60 }, whole), [])
  for (const start of [0, text.length]) excerpt({ name: 'f', text }, { source: 'f', start, end: text.length }, whole)
})

test('what may not be shown is not, also where the place lies within it or it was cut by a line end', () => {
  const lines = [`x-amz-security-token:${TOKEN}`, `Signature=${SIGNATURE}`, `key = ${SECRET}`, `${TOKEN.slice(0, 20)}`, TOKEN.slice(8)]
  const text = lines.join('\n')
  for (let start = 0; start < text.length; start += 7) {
    const shown = excerpt({ name: 'f', text }, { source: 'f', start, end: start + 30 > text.length ? text.length : start + 30 }, (one) =>
      redacted(one),
    )
    const all = shown.map(({ before, marked, after }) => before + marked + after).join('\n')
    for (const value of [TOKEN.slice(8, 40), SIGNATURE, SECRET]) assert.ok(!all.includes(value), all)
  }
})
