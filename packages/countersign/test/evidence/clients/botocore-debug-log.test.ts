/** The debug log of botocore. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { botocoreDebugLog } from '../../../src/evidence/clients/botocore-debug-log.ts'
import { kinds, read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(botocoreDebugLog)

const SIGNATURE = '361f80bbfef20c9d9d93457450ebc7bbc11aa6ca49cb975dd2307a73a912d56c'
const log = (header: string): string =>
  `${header}CanonicalRequest:\nPUT\n/a%20b\n\nhost:s3.amazonaws.com:80\nx-amz-date:20261122T041556Z\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD\n${header}StringToSign:\nAWS4-HMAC-SHA256\n20261122T041556Z\n20261122/us-east-1/s3/aws4_request\n${SIGNATURE}\n${header}Signature:\n${SIGNATURE}\n`

test('reads the three texts behind every form of log header', () => {
  for (const header of [
    '2026-11-22 04:15:56,060 - MainThread - botocore.auth - DEBUG - ',
    '2026-11-22 04:15:56,967 botocore.auth [DEBUG] ',
    'botocore.auth - DEBUG - ',
  ]) {
    const seen = read(botocoreDebugLog, log(header))
    assert.deepEqual(kinds(seen), ['canonical-request', 'string-to-sign', 'signature'])
    assert.equal(
      seenOf(seen, 'canonical-request')[0]?.text,
      'PUT\n/a%20b\n\nhost:s3.amazonaws.com:80\nx-amz-date:20261122T041556Z\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD',
    )
    assert.equal(seenOf(seen, 'signature')[0]?.value, SIGNATURE)
    assert.equal(seenOf(seen, 'signature')[0]?.side, 'signer')
  }
})

test('reads the request and the answer', () => {
  const text = `botocore.endpoint - DEBUG - Sending http request: <AWSPreparedRequest stream_output=True, method=GET, url=http://127.0.0.1:9900/a%20b?x, headers={'User-Agent': b'aws-cli/2.9.19 Python/3.11.2', 'X-Amz-Meta': b'it\\'s \\xe9'}>
urllib3.connectionpool - DEBUG - http://127.0.0.1:9900 "GET /a%20b?x HTTP/1.1" 403 440
botocore.parsers - DEBUG - Response headers: {'Server': 'AmazonS3', 'Content-Length': '440'}
`
  const seen = read(botocoreDebugLog, text)
  const [request] = seenOf(seen, 'request')
  assert.equal(request?.request.target, '/a%20b?x')
  assert.deepEqual(request?.request.headers.at(-1), ['X-Amz-Meta', "it's \u00e9"])
  assert.deepEqual(seenOf(seen, 'client')[0]?.name, 'aws-cli')
  assert.equal(seenOf(seen, 'response')[0]?.status, 403)
})

test('a text of another shape is kept as it is logged', () => {
  const seen = read(
    botocoreDebugLog,
    'botocore.auth - DEBUG - CanonicalRequest:\nGET\n/a\nhost;x-amz-date\nbotocore.auth - DEBUG - StringToSign:\n',
  )
  assert.equal(seenOf(seen, 'canonical-request')[0]?.text, 'GET\n/a\nhost;x-amz-date')
})
