/** Two values under one another: the caret stands under the first difference, and nothing stays unseen. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frame } from '../../src/report/frame.ts'

test('a caret under what differs', () => {
  assert.deepEqual(frame('/photos/a%20b.jpg', '/photos/a%2520b.jpg'), [
    { calculated: '/photos/a%20b.jpg', signed: '/photos/a%2520b.jpg', carets: '          ^^' },
  ])
})

test('values without a difference have no caret, empty ones are named', () => {
  assert.equal(frame('a', 'a')[0]!.carets, '')
  assert.deepEqual(frame('', 'a'), [{ calculated: '(empty)', signed: 'a', carets: '' }])
})

test('control characters and spaces at the ends are seen', () => {
  const [row] = frame('key', ' key\r\t')
  assert.equal(row!.signed, '·key␍␉')
  assert.equal(frame('a  b', 'a b\u001b[31m')[0]!.signed, 'a b␛[31m')
})

test('a long value is cut to a window round the difference', () => {
  const long = 'x'.repeat(500)
  const [row] = frame(`${long}a${long}`, `${long}b${long}`, { width: 40 })
  assert.equal([...row!.signed].length, 42)
  assert.equal(row!.signed[row!.carets.length - 1], 'b')
  assert.equal(row!.calculated[row!.carets.length - 1], 'a')
})

test('of several lines those that differ are shown, paired by name', () => {
  const rows = frame('accept:*/*\nhost:a\nx-amz-date:1\n', 'host:b\nx-amz-date:1\n')
  assert.deepEqual(
    rows.map(({ calculated, signed }) => [calculated, signed]),
    [
      ['accept:*/*', '(no such line)'],
      ['host:a', 'host:b'],
    ],
  )
})

test('wide characters move the caret by two columns', () => {
  assert.equal(frame('/日本x', '/日本y')[0]!.carets, '     ^')
})
