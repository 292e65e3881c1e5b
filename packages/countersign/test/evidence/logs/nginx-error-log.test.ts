/** nginx's error log, and its debug log. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nginxErrorLog } from '../../../src/evidence/logs/nginx-error-log.ts'
import { kinds, read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(nginxErrorLog)

const AUTHORIZATION =
  'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20250404/us-east-1/s3/aws4_request, SignedHeaders=accept;host;x-amz-date, Signature=ab'
const debug = (said: string, connection = 1): string => `2025/04/04 08:00:00 [debug] 9#9: *${connection} ${said}\n`
const came = (target: string, headers: readonly string[]): string =>
  debug(`http request line: "GET ${target} HTTP/1.1"`) + headers.map((header) => debug(`http header: "${header}"`)).join('')
const sent = (target: string, headers: readonly string[]): string =>
  `${debug('http proxy header:')}"GET ${target} HTTP/1.0\r\n${headers.join('\r\n')}\r\n\r\n"\n`
const answered = (status: number): string =>
  debug(`http proxy status ${status} "x"`) + debug('http proxy header: "Date: Fri, 04 Apr 2025 08:00:01 GMT"')

const IN = ['Host: a.example.com', 'Accept: */*', 'X-Amz-Date: 20250404T080000Z', `Authorization: ${AUTHORIZATION}`]
const OUT = ['Host: store', 'Connection: close', 'X-Amz-Date: 20250404T080000Z', `Authorization: ${AUTHORIZATION}`]

test('the bytes sent on are exact and nearest to the service; what came is there too', () => {
  const seen = read(nginxErrorLog, came('/api/k', IN) + sent('/k', OUT) + answered(403))
  const [first, second] = seenOf(seen, 'request')
  assert.deepEqual([first?.fidelity, first?.hop, first?.request.target], ['normalized', 'received', '/api/k'])
  assert.deepEqual([second?.fidelity, second?.hop, second?.request.target], ['exact', 'sent', '/k'])
  assert.deepEqual(second?.request.headers[1], ['Connection', 'close'])
  assert.deepEqual(second?.request.body, new Uint8Array())
  assert.deepEqual(seenOf(seen, 'response')[0]?.headers, [['Date', 'Fri, 04 Apr 2025 08:00:01 GMT']])
})

test('each difference that is signed is a hint', () => {
  const hints = seenOf(read(nginxErrorLog, came('/api/k', IN) + sent('/k', OUT) + answered(403)), 'clue')
  assert.deepEqual(
    hints.map(({ about }) => about),
    ['host-rewritten', 'path-rewritten', 'header-removed-in-transit'],
  )
  assert.equal(hints[2]?.values['header'], 'accept')
  assert.deepEqual(seenOf(read(nginxErrorLog, came('/k', IN) + sent('/k', IN) + answered(403)), 'clue'), [])
})

test('two connections at once are kept apart', () => {
  const other = debug('http request line: "PUT /other HTTP/1.1"', 2) + debug('http header: "Host: o.example.com"', 2)
  const text =
    debug('http request line: "GET /k HTTP/1.1"') +
    other +
    debug('http header: "Host: a.example.com"') +
    sent('/k', ['Host: b']) +
    answered(403)
  const [hint] = seenOf(read(nginxErrorLog, text), 'clue')
  assert.equal(hint?.values['host'], 'a.example.com')
})

test('a request that nginx cut in its log is not given: what is missing was not removed', () => {
  const cut = `${debug('http proxy header:')}"GET /k HTTP/1.0\r\nHost: b\r\nX-Amz-Secur\n${debug('http cleanup add')}`
  const seen = read(nginxErrorLog, cut + answered(403))
  assert.deepEqual(kinds(seen), ['unreadable', 'response'])
  assert.match(seenOf(seen, 'unreadable')[0]?.reason ?? '', /2048 bytes/)
})

test('requests that were accepted are read with their status, and lost ones are not', () => {
  const seen = read(nginxErrorLog, came('/k', IN) + sent('/k', OUT) + answered(200))
  assert.deepEqual(
    seenOf(seen, 'response').map(({ status }) => status),
    [200],
  )
  assert.deepEqual(read(nginxErrorLog, came('/k', IN) + sent('/k', OUT) + answered(502)), [])
})

test('an error line shows what path went to the upstream', () => {
  const line = (upstream: string): string =>
    `2025/04/04 08:00:00 [warn] 9#9: *3 an upstream response is buffered, client: 10.0.0.9, server: _, request: "GET /api/k HTTP/1.1", upstream: "${upstream}", host: "a.example.com"\n`
  assert.equal(seenOf(read(nginxErrorLog, line('http://10.0.0.1:9000/k')), 'clue')[0]?.about, 'path-rewritten')
  assert.deepEqual(read(nginxErrorLog, line('http://10.0.0.1:9000/api/k')), [])
})
