/** The debug logs of Envoy and Varnish, which show a request on both sides of the hop. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { envoyDebugLog } from '../../src/evidence/logs/envoy-debug-log.ts'
import { varnishLog } from '../../src/evidence/logs/varnish-log.ts'
import { kinds, read, readerLaws, seenOf } from './reader-laws.ts'

readerLaws(envoyDebugLog)
readerLaws(varnishLog)

const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20250404/us-east-1/s3/aws4_request, SignedHeaders=content-type;host, Signature=ab'

const envoy = (stream: number, what: string, headers: Readonly<Record<string, string>>): string =>
  `[2025-04-04 08:00:00.000][7][debug][http] [source/x.cc:1] [C1][S${stream}] ${what}:\n${Object.entries(headers)
    .map(([name, value]) => `'${name}', '${value}'\n`)
    .join('')}\n`
const CAME = { ':authority': 'a.example.com', ':path': '/api/k', ':method': 'PUT', 'content-type': "it's", authorization: AUTHORIZATION }

test('Envoy: the router has the host and path that are sent on', () => {
  const text =
    envoy(5, 'request headers complete (end_stream=false)', CAME) +
    envoy(6, 'request headers complete (end_stream=true)', { ...CAME, ':path': '/other' }) +
    envoy(5, 'router decoding headers', { ...CAME, ':authority': 'store', ':path': '/k', ':scheme': 'http' }) +
    envoy(6, 'encoding headers via codec (end_stream=true)', { ':status': '200' }) +
    envoy(5, 'encoding headers via codec (end_stream=false)', { ':status': '403', date: 'Fri, 04 Apr 2025 08:00:01 GMT' })
  const seen = read(envoyDebugLog, text)
  assert.deepEqual(
    seenOf(seen, 'request').map(({ request, hop }) => [request.target, request.headers[0]?.[1], hop]),
    [
      ['/api/k', 'a.example.com', 'received'],
      ['/k', 'store', 'sent'],
    ],
  )
  assert.ok(seenOf(seen, 'request').every(({ request }) => request.headers.some(([, value]) => value === "it's")))
  assert.deepEqual(
    seenOf(seen, 'clue').map(({ about }) => about),
    ['host-rewritten', 'path-rewritten'],
  )
  assert.deepEqual(seenOf(seen, 'response')[0]?.headers, [['date', 'Fri, 04 Apr 2025 08:00:01 GMT']])
})

test('Envoy: requests that passed are given with their status', () => {
  const text =
    envoy(6, 'request headers complete (end_stream=true)', CAME) +
    envoy(6, 'encoding headers via codec (end_stream=true)', { ':status': '204' })
  assert.deepEqual(
    read(envoyDebugLog, text).flatMap((one) => (one.kind === 'response' ? [one.status] : [])),
    [204],
  )
})

test('Varnish: a log filtered down to the headers still shows what was changed in them', () => {
  const log = '* << BeReq >> 32772\n- BereqHeader Host: a.example.com\n- BereqUnset Host: a.example.com\n- BereqHeader Host: store\n'
  assert.deepEqual(
    seenOf(read(varnishLog, log), 'clue').map(({ about, values }) => [about, values['host']]),
    [['host-rewritten', 'a.example.com']],
  )
  assert.deepEqual(seenOf(read(varnishLog, log.replace('store', 'a.example.com')), 'clue'), [])
})

const varnish = (backend: readonly string[], client: readonly string[] = []): string =>
  `*   << BeReq    >> 9\n-   Begin          bereq 8 fetch\n${backend.map((line) => `-   ${line}\n`).join('')}-   End\n` +
  `*   << Request  >> 8\n-   Begin          req 7 rxreq\n${client.map((line) => `-   ${line}\n`).join('')}-   End\n`

test('Varnish: what the VCL unset and set before sending is what was sent; what it did to the request that came is not', () => {
  const text = varnish(
    [
      'BereqMethod    GET',
      'BereqURL       /k',
      'BereqHeader    Host: a.example.com',
      'BereqHeader    X-Amz-Date: 20250404T080000Z',
      'VCL_call       BACKEND_FETCH',
      'BereqUnset     Host: a.example.com',
      'BereqHeader    Host: store',
      'BerespStatus   403',
      'BereqHeader    Late: not sent',
    ],
    [
      'ReqMethod      HEAD',
      'ReqURL         /k',
      'ReqHeader      Host: a.example.com',
      'VCL_call       RECV',
      'ReqHeader      Host: changed',
    ],
  )
  const seen = read(varnishLog, text)
  const sent = seenOf(seen, 'request').find(({ hop }) => hop === 'sent')
  assert.deepEqual(sent?.request.headers, [
    ['X-Amz-Date', '20250404T080000Z'],
    ['Host', 'store'],
  ])
  assert.equal(sent?.fidelity, 'normalized')
  assert.deepEqual(
    seenOf(seen, 'clue').map(({ about, values }) => [about, values['host'] ?? values['signed']]),
    [
      ['host-rewritten', 'a.example.com'],
      ['method-changed', 'HEAD'],
    ],
  )
})

test('Varnish: a header that its log may have cut is left out, so that no half of it is taken for the whole', () => {
  const long = `Authorization: ${AUTHORIZATION}${'0'.repeat(200)}`
  const text = varnish([
    'BereqMethod    GET',
    'BereqURL       /k',
    'BereqHeader    Host: b',
    `BereqHeader    ${long.slice(0, 254)}`,
    'BerespStatus   403',
  ])
  const seen = read(varnishLog, text)
  assert.deepEqual(kinds(seen), ['request', 'response', 'unreadable'])
  assert.match(seenOf(seen, 'unreadable')[0]?.reason ?? '', /Authorization may be cut/)
  assert.deepEqual(seenOf(seen, 'request')[0]?.request.headers, [['Host', 'b']])
})
