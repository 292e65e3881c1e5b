/** Access logs in JSON. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsonAccessLog } from '../../../src/evidence/logs/json-access-log.ts'
import { kinds, read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(jsonAccessLog)

const jsonLines = (...records: readonly object[]): string => records.map((record) => JSON.stringify(record)).join('\n')

test('the members of different proxies', () => {
  const wanted = { method: 'PUT', target: '/b/k', host: 'b.example.com', status: 403 }
  const records = [
    { request_method: 'PUT', request_uri: '/b/k', http_host: 'b.example.com', status: '403' },
    { request: 'PUT /b/k HTTP/1.1', host: 'b.example.com', status: 403, request_time: '0.012' },
    { RequestMethod: 'PUT', RequestPath: '/b/k', RequestHost: 'b.example.com', DownstreamStatus: 403, OriginStatus: 403 },
    { method: 'PUT', path: '/b/k', authority: 'b.example.com', response_code: 403, start_time: '2025-04-04T08:00:00Z' },
    { http: { request: { method: 'PUT' }, response: { status_code: 403 } }, url: { path: '/b/k', domain: 'b.example.com' } },
  ]
  for (const record of records)
    assert.deepEqual(seenOf(read(jsonAccessLog, jsonLines(record)), 'request-line')[0]?.line, wanted, JSON.stringify(record))
})

test('nginx: two hosts are a hint, and so is a rewritten path', () => {
  const record = {
    request_method: 'GET',
    request_uri: '/api/b/k',
    uri: '/b/k',
    http_host: 'a.example.com',
    proxy_host: 'store',
    status: 403,
  }
  const hints = seenOf(read(jsonAccessLog, jsonLines(record)), 'clue')
  assert.deepEqual(
    hints.map(({ about }) => about),
    ['host-rewritten', 'path-rewritten'],
  )
  assert.equal(hints[0]?.values['host'], 'a.example.com')
})

test("API Gateway's response types are its error codes", () => {
  const record = { httpMethod: 'GET', path: '/prod/x', status: '403', responseType: 'EXPIRED_TOKEN', errorMessage: '-' }
  const [error] = seenOf(read(jsonAccessLog, jsonLines(record)), 'error')
  assert.equal(error?.code, 'ExpiredTokenException')
  assert.deepEqual(seenOf(read(jsonAccessLog, jsonLines({ ...record, responseType: 'DEFAULT_4XX' })), 'error'), [])
})

test('an envelope is opened, a prefix is passed over, and other JSON is not a log', () => {
  const record = { request_method: 'PUT', request_uri: '/k', status: 403 }
  for (const text of [JSON.stringify({ events: [{ message: JSON.stringify(record) }] }), `app-1 2025-04-04 ${JSON.stringify(record)}`])
    assert.equal(seenOf(read(jsonAccessLog, text), 'request-line').length, 1, text)
  for (const other of [
    { method: 'PUT', url: 'x', status: 403 },
    { request: { method: 'PUT' }, status: 403 },
  ])
    assert.deepEqual(read(jsonAccessLog, jsonLines(other)), [])
})

test('an Authorization that is logged whole is given; a hidden one is not', () => {
  const value = 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20250404/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=ab'
  const record = { request_method: 'PUT', request_uri: '/k', status: 403, http_authorization: value }
  assert.equal(seenOf(read(jsonAccessLog, jsonLines(record)), 'authorization')[0]?.value, value)
  assert.deepEqual(seenOf(read(jsonAccessLog, jsonLines({ ...record, http_authorization: 'REDACTED' })), 'authorization'), [])
})

const caddy = (msg: string, host: string, headers: object, more: object) => ({
  level: 'debug',
  logger: msg === 'handled request' ? 'http.log.access' : 'http.handlers.reverse_proxy',
  msg,
  request: { proto: 'HTTP/1.1', method: 'GET', host, uri: '/b/k', headers },
  ...more,
})

test('Caddy: what its proxy sent on, and what it changed', () => {
  const date = ['20250404T080000Z']
  const text = jsonLines(
    caddy('upstream roundtrip', 'store:9000', { 'X-Amz-Date': date, 'Content-Type': ['b'] }, { status: 403, headers: { Server: ['S'] } }),
    caddy('handled request', 'b.example.com', { 'X-Amz-Date': date, 'Content-Type': ['a'] }, { status: 403 }),
  )
  const seen = read(jsonAccessLog, text)
  const sent = seenOf(seen, 'request').find(({ hop }) => hop === 'sent')
  assert.equal(sent?.hop, 'sent')
  assert.equal(sent?.fidelity, 'normalized')
  assert.deepEqual(sent?.request.headers[0], ['Host', 'store:9000'])
  assert.deepEqual(
    seenOf(seen, 'clue').map(({ about, values }) => [about, values['host'] ?? values['header']]),
    [
      ['host-rewritten', 'b.example.com'],
      ['header-changed-in-transit', 'content-type'],
    ],
  )
})

test('Caddy: a hidden Authorization is not taken for one that was sent', () => {
  const text = jsonLines(caddy('upstream roundtrip', 'store', { Authorization: ['REDACTED'] }, { status: 403, headers: {} }))
  const [sent] = seenOf(read(jsonAccessLog, text), 'request')
  assert.deepEqual(sent?.request.headers, [['Host', 'store']])
  assert.deepEqual(kinds(read(jsonAccessLog, jsonLines(caddy('upstream roundtrip', 'store', {}, { status: 200 })))), ['unreadable'])
})

test('JSON that is nested without end is read without end of the stack', () => {
  const deep = `${'['.repeat(200_000)}1${']'.repeat(200_000)}`
  const record = `{"request_method":"PUT","request_uri":"/k","status":403,"more":${deep}}`
  assert.doesNotThrow(() => read(jsonAccessLog, record))
  assert.doesNotThrow(() => read(jsonAccessLog, deep))
})
