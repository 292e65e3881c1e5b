import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Strength } from '../../../src/case/clue.ts'
import type { EvidenceSource } from '../../../src/case/reader.ts'
import { WEIGHT_OF } from '../../../src/causes/kit/clue-weight.ts'
import { withPairHints } from '../../../src/clues/prose/pairs.ts'
import { readEvidence } from '../../../src/intake/read-evidence.ts'
import { seenOf } from '../../evidence/reader-laws.ts'

/** The rules of pairs only, strongest first. */
function pairs(...sources: readonly (string | EvidenceSource)[]): string[] {
  const given = sources.map((one) => (typeof one === 'string' ? { name: 'notes.txt', text: one } : one))
  const hints = seenOf(readEvidence(given), 'clue').filter(({ rule }) => rule.startsWith('pair-'))
  return hints.sort((a, b) => WEIGHT_OF[b.strength] - WEIGHT_OF[a.strength]).map(({ about }) => about)
}

const presigned = (path: string, more = '', region = 'us-east-1'): string =>
  `https://examplebucket.s3.amazonaws.com${path}?${more}X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20240101%2F${region}%2Fs3%2Faws4_request&X-Amz-Date=20240101T000000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=${'a1'.repeat(32)}`

test('two URLs: what the failing one has and the working one has not comes first', () => {
  const pair = (works: string, fails: string): string | undefined => pairs(`This works:\n${works}\n\nThis fails:\n${fails}\n`)[0]
  assert.equal(pair(presigned('/a.txt'), presigned('/a%20b.txt')), 'path.encoding')
  assert.equal(pair(presigned('/a/b.txt'), presigned('/a//b.txt')), 'path-normalized')
  assert.equal(pair(presigned('/a.txt'), presigned('/a.txt', 'prefix=x%2By&')), 'query.encoding')
  assert.equal(pair(presigned('/'), presigned('/', 'acl&')), 'query-changed-in-transit')
  assert.equal(pair(presigned('/a.txt'), presigned('/a.txt', '', 'eu-west-1')), 'scope.region')
  assert.equal(pair('http://localhost:9000/a.txt', 'http://localhost/a.txt'), 'host-port-changed')
  assert.equal(pair('https://store.example.net/a.txt', 'https://files.example.net/a.txt'), 'host-rewritten')
  assert.equal(pair('https://s3.example.net/bucket1/a.txt', 'https://bucket1.s3.example.net/a.txt'), 'bucket-in-path')
  assert.equal(pair('https://bucket1.s3.example.net/a.txt', 'https://s3.example.net/bucket1/a.txt'), 'bucket-in-path')
})

test('status codes and words behind a URL tell which of them fails', () => {
  assert.equal(pairs(`GET ${presigned('/a.txt')} -> 200\nHEAD ${presigned('/a.txt')} -> 403\n`)[0], 'method-changed')
  assert.deepEqual(pairs(`GET ${presigned('/a.txt')} -> 200\nGET ${presigned('/b.txt')} -> 200\n`), [])
})

test('targets without a host, in a list of what is right and what is wrong', () => {
  assert.deepEqual(pairs('wrong:   GET /ships?port=b&name=a\ncorrect: GET /ships?name=a&port=b\n'), ['query-not-sorted'])
  assert.deepEqual(pairs('wrong:   GET /ships?name=a&port=b\ncorrect: GET /ships?port=b&name=a\n'), [])
})

test('where a redirect leads is no other request', () => {
  const url = presigned('/a.txt')
  assert.deepEqual(
    pairs(
      `curl -L '${url}'\nHTTP/1.1 307 Temporary Redirect\nLocation: ${url.replace('.s3.', '.s3.eu-west-2.')}\n\n403 SignatureDoesNotMatch\n`,
    ),
    [],
  )
})

test('two canonical requests of one signer', () => {
  const canonical = (line: string, headers: string, names: string): string =>
    `GET\n/a.txt\n\n${headers}host:examplebucket.s3.amazonaws.com\nx-amz-date:20240101T000000Z\n\n${names}host;x-amz-date\n${line}\n`
  const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  assert.equal(
    pairs(
      { name: 'works.txt', text: canonical(empty, '', '') },
      { name: 'fails.txt', text: canonical(empty, 'content-type:text/plain\n', 'content-type;') },
    )[0],
    'header.changed',
  )
})

test('two requests of the same kind in two files', () => {
  const request = (id: string, header: string): string =>
    `PUT /a.txt HTTP/1.1\r\nHost: examplebucket.s3.amazonaws.com\r\nX-Amz-Date: 20240101T000000Z\r\n${header}Authorization: AWS4-HMAC-SHA256 Credential=${id}/20240101/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0a'.repeat(32)}\r\n\r\n`
  const works = { name: 'works.http', text: request('AKIAIOSFODNN7EXAMPLE', '') }
  assert.equal(pairs(works, { name: 'fails.http', text: request('AKIAIOSFODNN7EXAMPLE', 'x-amz-acl: private\r\n') })[0], 'header.unsigned')
  assert.equal(pairs(works, { name: 'fails.http', text: request('ASIAIOSFODNN7EXAMPLE', '') })[0], 'token.missing')
})

test('nothing is said where nothing tells which request works, or where only the object differs', () => {
  assert.deepEqual(pairs(`${presigned('/a.txt')}\n${presigned('/a%20b.txt')}\n`), [])
  assert.deepEqual(pairs(`This works:\n${presigned('/a.txt')}\n\nThis fails:\n${presigned('/b.txt')}\n`), [])
})

test('one difference weighs more than one of several', () => {
  const strength = (fails: string): Strength =>
    seenOf(readEvidence([{ name: 'n', text: `This works:\n${presigned('/a.txt')}\n\nThis fails:\n${fails}\n` }]), 'clue').find(
      ({ rule }) => rule === 'pair-path.encoding',
    )!.strength
  assert.deepEqual([strength(presigned('/a%20b.txt')), strength(presigned('/a%20b.txt', 'x=%2B&', 'eu-west-1'))], ['strong', 'fair'])
})

test('pairs never throw, and their places lie within the text', () => {
  const pieces = fc.constantFrom(
    'works: ',
    'fails: ',
    presigned('/a'),
    'GET http://a/b?c',
    '\n',
    '-> 403',
    '%2',
    ' ',
    '\xff',
    'http://@:1/',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (all) => {
      const text = all.join('')
      for (const { location } of withPairHints([{ name: 'n', text }], [])) assert.ok(location.start >= 0 && location.end <= text.length)
    }),
    { numRuns: 200 },
  )
})
