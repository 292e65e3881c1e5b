/** Access logs of nginx, Apache and Traefik. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessLog } from '../../../src/evidence/logs/access-log.ts'
import { kinds, read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(accessLog)

const line = (request: string, status: number, rest = '"-" "Boto3/1.34.2"'): string =>
  `10.0.0.9 - - [04/Apr/2025:10:00:00 +0200] "${request}" ${status} 12 ${rest}\n`

test('only refused requests are given, and what repeats is given once', () => {
  const text = line('GET /ok HTTP/1.1', 200) + line('GET /k HTTP/1.1', 403) + line('GET /k HTTP/1.1', 403) + line('PUT /k HTTP/1.1', 404)
  const seen = read(accessLog, text)
  assert.deepEqual(kinds(seen), ['request-line', 'response', 'client', 'unreadable'])
  assert.deepEqual(seenOf(seen, 'request-line')[0]?.line, { method: 'GET', target: '/k', status: 403 })
  assert.match(seenOf(seen, 'unreadable')[0]?.reason ?? '', /2 refused requests .* GET \/k \(403\)/)
})

test('a log in which nothing was refused says so, and nothing else', () => {
  const seen = read(accessLog, line('GET /k HTTP/1.1', 200))
  assert.deepEqual(kinds(seen), ['unreadable'])
  assert.match(seenOf(seen, 'unreadable')[0]?.reason ?? '', /^1 request in an access log, none refused/)
})

test('a line of a log is no request: nobody may take its silence for an absent header', () => {
  assert.deepEqual(seenOf(read(accessLog, line('GET /k HTTP/1.1', 403)), 'request'), [])
})

test('a presigned request is whole where it was addressed to the service and nothing else was signed', () => {
  const target =
    '/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20250404T080000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=ab'
  const [seen] = seenOf(read(accessLog, `host="b.s3.amazonaws.com" "GET ${target} HTTP/1.1" 403\n`), 'request')
  assert.equal(seen?.request.target, target)
  assert.deepEqual(seen?.request.headers, [['Host', 'b.s3.amazonaws.com']])
  assert.equal(seen?.fidelity, 'normalized')
  // A hop may give the request another host before the service sees it.
  assert.deepEqual(seenOf(read(accessLog, `host="b.example.com" "GET ${target} HTTP/1.1" 403\n`), 'request'), [])
  const more = target.replace('=host&', '=host%3Bx-amz-acl&')
  assert.deepEqual(seenOf(read(accessLog, `host="b.s3.amazonaws.com" "GET ${more} HTTP/1.1" 403\n`), 'request'), [])
})

test('a presigned request that came after its time is a hint, not a statement; by the clock of the hop', () => {
  const query = 'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20250404T075000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=ab'
  const late = read(accessLog, line(`GET /k?${query} HTTP/1.1`, 403))
  assert.equal(seenOf(late, 'clue')[0]?.about, 'presigned-url-expired')
  assert.equal(seenOf(late, 'clue')[0]?.values['now'], '20250404T080000Z')
  assert.deepEqual(seenOf(late, 'stated'), [])
  assert.equal(seenOf(late, 'response')[0]?.at, undefined)
  const early = read(accessLog, line(`GET /k?${query.replace('T0750', 'T0759').replace('=60', '=120')} HTTP/1.1`, 403))
  assert.deepEqual(seenOf(early, 'clue'), [])
})

test('escapes of nginx and Apache are undone in the target', () => {
  const seen = read(accessLog, line('GET /a\\x22b\\"c HTTP/1.1', 403))
  assert.equal(seenOf(seen, 'request-line')[0]?.line.target, '/a"b"c')
})

test('of many refused requests the signed ones are kept', () => {
  const many = Array.from({ length: 50 }, (_, i) => line(`GET /wp-${i} HTTP/1.1`, 403))
  many.splice(3, 0, line('GET /k?X-Amz-Signature=ab HTTP/1.1', 403))
  const lines = seenOf(read(accessLog, many.join('')), 'request-line')
  assert.equal(lines.length, 20)
  assert.equal(lines[0]?.line.target, '/k?X-Amz-Signature=ab')
})

test("other logs' lines are left to their readers", () => {
  const s3 = `owner bucket [04/Apr/2025:08:00:00 +0000] 192.0.2.1 - ID REST.GET.OBJECT k "GET /k HTTP/1.1" 403 AccessDenied 1 - 1 - "-" "-" -\n`
  const envoy = '[2025-04-04T08:00:00.000Z] "GET /k HTTP/1.1" 403 - 0 1 1 1 "-" "-" "-" "-" "-"\n'
  for (const text of [s3, envoy]) assert.deepEqual(read(accessLog, text), [], text)
})
