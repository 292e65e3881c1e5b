/** The one line to look at within a text: the very bytes, or the whole place where no line shows them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import manifest from '../../package.json' with { type: 'json' }
import { markedLine } from '../../src/report/marked-line.ts'
import { PRODUCT } from '../../src/report/product.ts'

const REQUEST = 'GET /photos/a%20b.jpg?x=GET HTTP/1.1\r\nHost: Store:9000\r\nX-Amz-Date: 1\r\n\r\n'
const CANONICAL = 'GET\n/photos/a%2520b.jpg\n\nhost:store\nx-amz-date:1\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD'
const marked = (whole: string, calculated: string, signed: string): string => {
  const text = `before\n${whole}\nafter`
  const { source, start, end } = markedLine(text, { source: 'x', start: 7, end: 7 + whole.length }, { calculated, signed })
  assert.equal(source, 'x')
  return text.slice(start, end)
}

test('what was signed, else what was received', () => {
  assert.equal(marked(CANONICAL, '/photos/a%20b.jpg', '/photos/a%2520b.jpg'), '/photos/a%2520b.jpg')
  assert.equal(marked(CANONICAL, 'host:store', 'host:proxy'), 'host:store')
  assert.equal(marked(CANONICAL, 'POST', 'GET'), 'GET')
  assert.equal(marked(CANONICAL, 'host:store\nx-amz-date:2', 'host:store\nx-amz-date:1'), 'x-amz-date:1')
})

test('in a request as it was sent', () => {
  assert.equal(marked(REQUEST, '/photos/a%20b.jpg', '/photos/a%2520b.jpg'), '/photos/a%20b.jpg')
  assert.equal(marked(REQUEST, 'host:Store:9000', 'host:proxy'), 'Host: Store:9000')
})

test('a value that no line shows, or a short one by chance within another, marks no line', () => {
  assert.equal(marked(CANONICAL, '/b', '/c'), CANONICAL)
  assert.equal(marked(REQUEST, 'PUT', 'GET'), REQUEST)
  assert.equal(marked(CANONICAL, '', ''), CANONICAL)
  assert.equal(marked('/photos/a%2520b.jpg', '/b', 'a%25'), '/photos/a%2520b.jpg')
  const beyond = { source: 'x', start: 2, end: 99 }
  assert.deepEqual(markedLine('a\nb\nc', beyond, { calculated: 'b', signed: 'a' }), beyond)
})

test('texts that nobody could look through are not searched', () => {
  const lines = (word: string): string => Array.from({ length: 200_000 }, (_, i) => `${word}${i}`).join('\n')
  // Each with each, 40,000 million comparisons would not end within the time of a test run.
  assert.equal(marked(CANONICAL, lines('a'), lines('b')), CANONICAL)
  const long = `${'x\n'.repeat(600_000)}host:store`
  assert.equal(marked(long, 'host:store', 'host:proxy'), long)
})

test('the version in reports is that of the package', () => {
  assert.equal(PRODUCT.version, manifest.version)
  assert.equal(PRODUCT.name, manifest.name)
  assert.equal(`${PRODUCT.address}#readme`, manifest.homepage)
})
