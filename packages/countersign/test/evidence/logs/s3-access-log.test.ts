/** Amazon S3 server access logs. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { s3AccessLog } from '../../../src/evidence/logs/s3-access-log.ts'
import { factsOf, read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(s3AccessLog)

const line = (request: string, refusal: string, tail: string): string =>
  `ownerid my-bucket [04/Apr/2025:08:30:00 +0000] 192.0.2.1 - REQ1EXAMPLE REST.GET.OBJECT k "${request}" ${refusal} 300 - 5 - ${tail}\n`
const SIGNED = 'SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader my-bucket.s3.eu-west-1.amazonaws.com TLSv1.2 - -'

test('code, status, host, client', () => {
  const seen = read(s3AccessLog, line('GET /k HTTP/1.1', '403 SignatureDoesNotMatch', `"-" "Boto3/1.34.2" - HOSTID= ${SIGNED}`))
  assert.deepEqual(seenOf(seen, 'request-line')[0]?.line, {
    method: 'GET',
    target: '/k',
    host: 'my-bucket.s3.eu-west-1.amazonaws.com',
    status: 403,
  })
  assert.equal(seenOf(seen, 'error')[0]?.code, 'SignatureDoesNotMatch')
  assert.deepEqual(Object.keys(factsOf(seen)), ['signature-mismatch'])
  assert.equal(seenOf(seen, 'client')[0]?.name, 'boto3')
})

test('older lines have fewer fields, and a quote inside a quoted field does not hide the host', () => {
  const old = read(s3AccessLog, line('GET /k HTTP/1.1', '403 AccessDenied', '"-" "Boto3/1.34.2" -'))
  assert.equal(seenOf(old, 'error')[0]?.code, 'AccessDenied')
  const odd = read(s3AccessLog, line('GET /k HTTP/1.1', '403 AccessDenied', `"-" "odd "client" 1" - HOSTID= ${SIGNED}`))
  assert.equal(seenOf(odd, 'request-line')[0]?.line.host, 'my-bucket.s3.eu-west-1.amazonaws.com')
})

test('signature version 2 is a hint', () => {
  const seen = read(
    s3AccessLog,
    line('GET /k HTTP/1.1', '403 SignatureDoesNotMatch', `"-" "-" - HOSTID= ${SIGNED.replace('SigV4', 'SigV2')}`),
  )
  assert.equal(seenOf(seen, 'clue')[0]?.about, 'algorithm.version')
})

test("S3's clock is the verifier's, for a request that shows its own date; of several requests none is taken", () => {
  const query = 'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20250404T080000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=ab'
  const one = line(`GET /k?${query} HTTP/1.1`, '403 AccessDenied', '"-" "-" -')
  const now = Date.UTC(2025, 3, 4, 8, 30)
  assert.deepEqual(seenOf(read(s3AccessLog, one), 'response')[0]?.at, now)
  assert.ok(
    seenOf(read(s3AccessLog, one + line('PUT /k HTTP/1.1', '403 AccessDenied', '"-" "-" -')), 'response').every(
      ({ at }) => at === undefined,
    ),
  )
  assert.equal(seenOf(read(s3AccessLog, line('GET /k HTTP/1.1', '403 AccessDenied', '"-" "-" -')), 'response')[0]?.at, undefined)
})

test('a refused signature had come in time: its age is no hint', () => {
  const query = 'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20250404T080000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=ab'
  assert.deepEqual(seenOf(read(s3AccessLog, line(`GET /k?${query} HTTP/1.1`, '403 SignatureDoesNotMatch', '"-" "-" -')), 'clue'), [])
})

test('what was put before a line, and Windows line ends, change nothing', () => {
  const one = line('GET /k HTTP/1.1', '403 SignatureDoesNotMatch', `"-" "Boto3/1.34.2" - HOSTID= ${SIGNED}`)
  const plain = seenOf(read(s3AccessLog, one), 'request-line')[0]?.line
  for (const prefix of ['2025-04-04T08:31:00Z ', 'logs/2025-04-04-08-31-00-AB:', 'Apr  4 08:31:00 host shipper[3]: '])
    assert.deepEqual(seenOf(read(s3AccessLog, prefix + one.replace('\n', '\r\n')), 'request-line')[0]?.line, plain, prefix)
})
