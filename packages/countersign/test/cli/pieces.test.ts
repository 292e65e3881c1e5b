/** Reading evidence: bounded, decoded, and told where something was left out. */
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { LIMITS, readPieces } from '../../src/cli/pieces.ts'
import { fakeIo, type World } from './fake-io.ts'

async function pieces(t: TestContext, names: readonly string[], world: World, limits = LIMITS) {
  const { io, written } = fakeIo(t, world)
  const sources = await readPieces(
    names.map((path) => ({ path })),
    io,
    limits,
  )
  return { sources, stderr: written().stderr }
}

test('files, standard input and patterns', async (t) => {
  const files = { 'a.log': 'one', 'b.log': 'two', 'c.txt': 'three', '[x]*.log': 'odd' }
  const { sources } = await pieces(t, ['?.log', 'c.txt', '-'], { files, stdin: 'four' })
  assert.deepEqual(
    sources.map(({ name, text }) => [name, text]),
    [
      ['a.log', 'one'],
      ['b.log', 'two'],
      ['c.txt', 'three'],
      ['-', 'four'],
    ],
  )
  assert.equal((await pieces(t, ['[x]*.log'], { files })).sources[0]!.text, 'odd')
})

test('UTF-16 in both orders, with and without a mark, and the mark of UTF-8', async (t) => {
  const little = Buffer.from('GET /é', 'utf16le')
  const big = Buffer.from(little).swap16()
  const bytes = 'GET /\u00c3\u00a9'
  const files = {
    a: Buffer.concat([Buffer.from([0xff, 0xfe]), little]),
    b: Buffer.concat([Buffer.from([0xfe, 0xff]), big]),
    c: Buffer.from('a plain text', 'utf16le'),
    d: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('GET /é')]),
  }
  const { sources } = await pieces(t, ['a', 'b', 'c', 'd'], { files })
  assert.deepEqual(
    sources.map(({ text }) => text),
    [bytes, bytes, 'a plain text', bytes],
  )
})

test('bytes are kept as they are', async (t) => {
  const all = Uint8Array.from({ length: 255 }, (_, i) => i + 1)
  const { sources } = await pieces(t, ['a'], { files: { a: all } })
  assert.deepEqual(
    [...sources[0]!.text].map((c) => c.charCodeAt(0)),
    [...all],
  )
})

test('what is not text is left out with a word; nothing left is an error', async (t) => {
  const files = {
    'a.png': Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1'),
    'b.gz': Buffer.from('\x1f\x8b\x08\0', 'latin1'),
    zero: new Uint8Array(99),
    ok: 'x',
    empty: ' \n',
  }
  const { sources, stderr } = await pieces(t, ['a.png', 'b.gz', 'zero', 'gone', 'empty', 'ok'], { files })
  assert.deepEqual(
    sources.map(({ name }) => name),
    ['ok'],
  )
  assert.match(stderr, /a\.png is a PNG picture, not text/)
  assert.match(stderr, /b\.gz is gzip, not text: unpack it first/)
  assert.match(stderr, /zero is binary data/)
  assert.match(stderr, /cannot read gone: there is no such file/)
  assert.match(stderr, /empty is empty/)
  await assert.rejects(pieces(t, ['a.png'], { files }), /nothing readable/)
  await assert.rejects(pieces(t, ['-'], { stdin: '' }), /nothing readable/)
  await assert.rejects(pieces(t, ['-', '-'], { stdin: 'x' }), /only once/)
})

test('a raw request may have a body of any bytes', async (t) => {
  const { sources } = await pieces(t, ['a'], { files: { a: Buffer.from('PUT /k HTTP/1.1\r\nHost: h\r\n\r\n\0\x01\xff', 'latin1') } })
  assert.ok(sources[0]!.text.endsWith('\r\n\r\n\0\x01\u00ff'))
})

test('a directory is told', async (t) => {
  const { io, written } = fakeIo(t, {})
  mkdirSync(join(io.cwd, 'logs'))
  await assert.rejects(readPieces([{ path: 'logs' }], io))
  assert.match(written().stderr, /logs is a directory: name the files in it/)
})

test('of a large log the lines round the marks are kept, in bounded memory', async (t) => {
  const noise = 'noise noise noise noise\n'.repeat(20_000)
  const log = `${noise}the line before\nCanonicalRequest:\nGET\n/\n${noise}`
  const { sources, stderr } = await pieces(
    t,
    ['a'],
    { files: { a: log } },
    { whole: 1e6, wholeLog: 70_000, window: 5000, together: 1e9, most: 1e9 },
  )
  assert.match(sources[0]!.text, /the line before\nCanonicalRequest:\nGET\n\/\n/)
  assert.ok(sources[0]!.text.length < 5000)
  assert.match(stderr, /only the lines around signatures/)
  assert.match(sources[0]!.leftOut ?? '', /lines that name a refusal: 0, all kept$/)
})

test('a large request loses its body whole, not half of it', async (t) => {
  const request = `PUT /k HTTP/1.1\r\nHost: h\r\n\r\n${'x'.repeat(200_000)}`
  const { sources, stderr } = await pieces(
    t,
    ['a'],
    { files: { a: request } },
    { whole: 1000, wholeLog: 1000, window: 5000, together: 1e9, most: 1e9 },
  )
  assert.equal(sources[0]!.text, 'PUT /k HTTP/1.1\r\nHost: h\r\n\r\n')
  assert.match(stderr, /the body was left out/)
})

test('what all pieces hold together is bounded, and the report says what was left out', async (t) => {
  const files = { a: `{"a":"${'x'.repeat(600)}"}`, b: `{"b":"${'x'.repeat(600)}"}`, c: `{"c":"${'x'.repeat(600)}"}`, d: 'small' }
  const { sources, stderr } = await pieces(t, ['a', 'b', 'c', 'd'], { files }, { ...LIMITS, together: 1300 })
  assert.deepEqual(
    sources.map(({ name }) => name),
    ['a', 'b', 'd'],
  )
  assert.match(stderr, /^countersign: c left out: the files read so far have 2 KiB, and the limit is 2 KiB; give fewer at once$/m)
})
