/** Logs of Ceph's object gateway. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cephRgwLog } from '../../../src/evidence/logs/ceph-rgw-log.ts'
import { kinds, read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(cephRgwLog)

const record = (said: string, thread = '7f0000000001', request = 'req 5 0.001s s3:put_obj '): string =>
  `2025-04-04T08:00:00.000+0000 ${thread} 15 ${request}${said}\n`
const CANONICAL = 'PUT\n/b/k\n\nhost:h.example.com\nx-amz-date:20250404T080000Z\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD'
const TO_SIGN = `AWS4-HMAC-SHA256\n20250404T080000Z\n20250404/default/s3/aws4_request\n${'ab'.repeat(32)}`
const GIVEN = '12'.repeat(32)
const OWN = '34'.repeat(32)
const refused = (thread?: string): string =>
  record(`v4 signature format = ${GIVEN}`, thread) +
  record(`canonical request = ${CANONICAL}`, thread) +
  record(`canonical request hash = ${'cd'.repeat(32)}`, thread) +
  record(`string to sign = ${TO_SIGN}`, thread) +
  record(`generated signature = ${OWN}`, thread) +
  record(`string_to_sign=${TO_SIGN}`, thread) +
  record(`server signature=${OWN}`, thread) +
  record(`client signature=${GIVEN}`, thread) +
  record('compare=-2', thread) +
  record('rgw::auth::s3::LocalEngine denied with reason=-2027', thread)

test("the server's texts, the signature that it was given, and the refusal; never the signature that it calculated", () => {
  const seen = read(cephRgwLog, refused())
  assert.deepEqual(kinds(seen), ['signature', 'canonical-request', 'string-to-sign', 'error', 'stated'])
  const [text] = seenOf(seen, 'canonical-request')
  assert.deepEqual([text?.side, text?.text, text?.fidelity], ['verifier', CANONICAL, 'exact'])
  assert.deepEqual([seenOf(seen, 'string-to-sign')[0]?.side, seenOf(seen, 'string-to-sign')[0]?.text], ['verifier', TO_SIGN])
  assert.deepEqual([seenOf(seen, 'signature')[0]?.side, seenOf(seen, 'signature')[0]?.value], ['wire', GIVEN])
  assert.ok(!JSON.stringify(seen).includes(OWN))
})

test('of several requests the refused ones count; one that was granted is left out', () => {
  const granted =
    record(`canonical request = ${CANONICAL.replace('/b/k', '/granted')}`, '7f0000000002') +
    record('rgw::auth::s3::LocalEngine granted access', '7f0000000002')
  assert.deepEqual(
    seenOf(read(cephRgwLog, granted + refused()), 'canonical-request').map(({ text }) => text),
    [CANONICAL],
  )
  assert.deepEqual(read(cephRgwLog, granted), [])
})

test('two threads at once are kept apart', () => {
  const [a, b] = [
    refused('7f0000000001').split(/(?=^2025)/m),
    refused('7f0000000002')
      .replaceAll('/b/k', '/b/other')
      .split(/(?=^2025)/m),
  ]
  const mixed = a.flatMap((one, i) => [one, b[i] ?? '']).join('')
  assert.deepEqual(
    seenOf(read(cephRgwLog, mixed), 'canonical-request').map(({ text }) => text.split('\n')[1]),
    ['/b/k', '/b/other'],
  )
})

test('the request out of the variables of level 20', () => {
  const variables = [
    'HTTP_HOST=h.example.com',
    'HTTP_X_AMZ_DATE=20250404T080000Z',
    'QUERY_STRING=acl',
    'REQUEST_METHOD=GET',
    'REQUEST_URI=/b/k',
    'CONTENT_LENGTH=',
  ]
  const [seen] = seenOf(read(cephRgwLog, variables.map((one) => record(one, undefined, '')).join('')), 'request')
  assert.deepEqual(seen?.request.target, '/b/k?acl')
  assert.deepEqual(seen?.request.headers, [
    ['host', 'h.example.com'],
    ['x-amz-date', '20250404T080000Z'],
  ])
  assert.equal(seen?.fidelity, 'normalized')
})
