import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writtenNames } from '../../../src/clues/prose/object-names.ts'
import { read, readerLaws, seenOf } from '../../evidence/reader-laws.ts'

readerLaws(writtenNames)

const hints = (text: string): string[] => seenOf(read(writtenNames, text), 'clue').map(({ about }) => about)

test('a name with a character that is spelled in two ways is a reason to suspect its spelling', () => {
  for (const text of [
    'mc cp --key tide+chart.pdf\n',
    "s3.putObject({ Bucket: 'b', Key: 'tide chart.pdf' })\n",
    'client.get("/ships-*/_search")\n',
    'It fails for "ship(1).txt" and not for "ship1.txt".\n',
    'https://ships.example.com/a:b/c\n',
    'out >> "PUT /ships-*/_doc/1 HTTP/1.1"\n',
    'https://ships.example.com/a%2Fb\n',
    's3_key_format /year=%Y/$TAG[1]/%H.gz\n',
    'key_prefix: "day={{ day }}/"\n',
  ])
    assert.deepEqual(hints(text), ['path.encoding'], text)
})

test('plain names, placeholders, masks and pages about the problem say nothing', () => {
  for (const text of [
    'mc cp --key tide-chart_1.pdf\n',
    's3_key_format /%Y/$TAG[1]/$UUID.gz\n',
    'https://ships.example.com/<bucket>/<key>(1)\n',
    'see https://github.com/a/b/wiki/Ships_(old)\n',
    'https://ships.example.com/*****/a\n',
    'GET /tide%20chart.pdf HTTP/1.1\n',
    'content-disposition: attachment; filename="tide chart.pdf"\n',
  ])
    assert.deepEqual(hints(text), [], text)
})

test('a name in quotes with slashes in a row', () => {
  assert.deepEqual(hints('Keys like `raw//2023/x.json` fail.\n'), ['path-normalized'])
  assert.deepEqual(hints('Keys like `raw/2023/x.json` fail.\n'), [])
})

test('the parameters of a URL: their order, a missing "=", odd characters', () => {
  assert.deepEqual(hints('GET [/_cat/ships?v=1&bytes=b] 403\n'), ['query-not-sorted'])
  assert.deepEqual(hints('GET [/_cat/ships?bytes=b&v] 403\n'), ['query-changed-in-transit'])
  assert.deepEqual(hints('curl "https://ships.example.com/find?name=a+b"\n'), ['query.encoding'])
  assert.deepEqual(hints('curl "https://ships.example.com/find?a=1&b=2"\n'), [])
})

test('every weight stays below that of a cause that was named', () => {
  for (const sample of writtenNames.samples)
    for (const { strength } of seenOf(read(writtenNames, sample), 'clue')) assert.notEqual(strength, 'strong')
})

test('slashes in a row, dot segments and a leading slash of a key', () => {
  for (const text of [
    "await bucket.get({ Key: '/logs/a.txt' })\n",
    'GET https://ships.example.com//logs/a.txt gives 403\n',
    'https://ships.example.com/a/../b\n',
  ])
    assert.deepEqual(hints(text), ['path-normalized'], text)
  for (const text of ["await bucket.get({ Key: 'logs/a.txt' })\n", 'GET //logs/a.txt HTTP/1.1\nHost: ships.example.com\n'])
    assert.deepEqual(hints(text), [], text)
})

test('one bucket as part of a host and as part of a path', () => {
  assert.deepEqual(hints('ships.store.local:9000 fails, store.local:9000/ships is fine\n'), ['bucket-in-path'])
  assert.deepEqual(hints('url http://store.local/ships/, changed to http://ships.store.local/\n'), ['bucket-in-path'])
  assert.deepEqual(hints('ships.store.local fails, boats.store.local is fine\n'), [])
})
