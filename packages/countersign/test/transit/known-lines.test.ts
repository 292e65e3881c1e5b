import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KnownLines } from '../../src/transit/known-lines.js'
import { headerLine, readRequestHead } from '../../src/transit/message-head.js'

const head = (...lines: readonly string[]) => Buffer.from(`GET /a HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1')

test('a head reads the same with lines that came before and without', () => {
  const known = new KnownLines()
  const heads = [
    head('Host: a', 'X-A: 1', 'X-A: 1'),
    head('host: a', 'X-A:1', 'X-A:  1', 'X-A: 1'),
    head('Host: a', 'Content-Length: 0'),
    head('Host: a', `X-Long: ${'b\xe9'.repeat(100)}`),
    head('Host: a', 'X-Bad : 1'),
    head('Host: a', ' folded'),
    head('Host: a', 'X-A: 1\0'),
    head('Host: a', 'Content-Length: 0', 'Content-Length: 0'),
  ]
  for (const _ of [1, 2]) for (const one of heads) assert.deepEqual(readRequestHead(one, known), readRequestHead(one))
})

test('a line is read once until there are too many', () => {
  const known = new KnownLines()
  const read: string[] = []
  const ask = (line: string) =>
    known.header(line, (given) => {
      read.push(given)
      return headerLine(given)
    })
  assert.equal(ask('A: 1'), ask('A: 1'))
  assert.deepEqual(read, ['A: 1'])
  for (let i = 0; i < 1024; i++) ask(`B: ${i}`)
  read.length = 0
  ask('A: 1')
  assert.deepEqual(read, ['A: 1'])
})
