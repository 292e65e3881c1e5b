/** Debug logs of the other clients: each mark, and each way to print a request. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signerDebugLog } from '../../../src/evidence/clients/signer-debug-log.ts'
import { kinds, read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(signerDebugLog)

const CANONICAL = 'GET\n/test.txt\n\nhost:examplebucket.s3.amazonaws.com\nx-amz-date:20130524T000000Z\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD'
const TO_SIGN =
  'AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n7344ae5b7ee6c3e7e6b0fe0640412a37625d1fbfff95c48bbb2dc43964946972'

const FORMS: Readonly<Record<string, string>> = {
  'aws-sdk-java': `DEBUG com.amazonaws.auth.AWS4Signer - AWS4 Canonical Request: '"${CANONICAL}"\nDEBUG com.amazonaws.auth.AWS4Signer - AWS4 String to Sign: '"${TO_SIGN}"\n`,
  'aws-sdk-java-v2': `DEBUG s.a.a.h.DefaultV4RequestSigner - AWS4 Canonical Request: ${CANONICAL}\nDEBUG s.a.a.h.DefaultV4RequestSigner - AWS4 String to sign: ${TO_SIGN}\n`,
  'aws-sdk-net': `Request metrics: AsyncCall = False; CanonicalRequest = ${CANONICAL}; StringToSign = ${TO_SIGN}; ServiceName = AmazonS3\n`,
  'aws-sdk-rust': `TRACE aws_sigv4::http_request::sign: calculated signing parameters canonical_request=${CANONICAL} string_to_sign=${TO_SIGN}\n`,
  'aws-crt': `[INFO] [t] [x] [AuthSigning] - (id=0x7f) Signing successfully built canonical request for algorithm SigV4, with contents \n${CANONICAL}\n[INFO] [t] [x] [AuthSigning] - (id=0x7f) Signing successfully built string-to-sign via algorithm SigV4, with contents \n${TO_SIGN}\n`,
  'aws-sdk-cpp': `[DEBUG] 2017-02-01 21:21:37 AWSAuthV4Signer [1] Canonical Request String: ${CANONICAL}\n[DEBUG] 2017-02-01 21:21:37 AWSAuthV4Signer [1] Final String to sign: ${TO_SIGN}\n`,
  envoy: `[2013-05-24 00:00:00.000][16][debug][aws] [source/signer_base_impl.cc:98] Canonical request:\n${CANONICAL}\n[2013-05-24 00:00:00.000][16][debug][aws] [source/signer_base_impl.cc:102] String to sign:\n${TO_SIGN}\n`,
  go: `SDK 2026/11/22 04:17:14 DEBUG Request Signature:\n---[ CANONICAL STRING  ]-----------------------------\n${CANONICAL}\n---[ STRING TO SIGN ]--------------------------------\n${TO_SIGN}\n-----------------------------------------------------\n`,
}

test('every client: the canonical request and the string to sign, byte for byte', () => {
  for (const [client, text] of Object.entries(FORMS))
    for (const form of [text, text.replace(/\n/g, '\r\n')]) {
      const seen = read(signerDebugLog, form)
      assert.deepEqual(
        seenOf(seen, 'canonical-request').map((one) => [one.side, one.text]),
        [['signer', CANONICAL]],
        client,
      )
      assert.deepEqual(
        seenOf(seen, 'string-to-sign').map((one) => one.text),
        [TO_SIGN],
        client,
      )
      assert.equal(seenOf(seen, 'client')[0]?.name, client === 'go' ? undefined : client)
    }
})

test('a broken string to sign is kept as it is logged', () => {
  const text = `[DEBUG] 2017-02-01 21:21:37 AWSAuthV4Signer [1] Final String to sign: AWS4-HMAC-SHA256\n20130524/us-east-1\nabc\n[DEBUG] 2017-02-01 21:21:37 x\n`
  assert.equal(seenOf(read(signerDebugLog, text), 'string-to-sign')[0]?.text, 'AWS4-HMAC-SHA256\n20130524/us-east-1\nabc')
})

test('requests as Rust, s3cmd, Java and Terraform print them', () => {
  const rust = seenOf(
    read(
      signerDebugLog,
      'request=SignableRequest { method: GET, uri: https://b.example/demo.txt?attributes, headers: {"x-a": "1", "x-a": "2"}, body: Bytes([]) }',
    ),
    'request',
  )[0]
  assert.equal(rust?.request.target, '/demo.txt?attributes')
  assert.deepEqual(rust?.request.headers, [
    ['host', 'b.example'],
    ['x-a', '1'],
    ['x-a', '2'],
  ])
  const s3cmd =
    "DEBUG: get_hostname(b): 127.0.0.1:9900\nDEBUG: Sending request method_string='GET', uri='/b/?prefix=p%2F', headers={'x-amz-date': '20261122T041557Z'}, body=(0 bytes)\n"
  assert.deepEqual(seenOf(read(signerDebugLog, s3cmd), 'request')[0]?.request.headers, [
    ['Host', '127.0.0.1:9900'],
    ['x-amz-date', '20261122T041557Z'],
  ])
  const java =
    'DEBUG com.amazonaws.request - Sending Request: GET https://b.example /t.txt Headers: (User-Agent: aws-sdk-java/1.12.0 Linux/5.10, Range: bytes=0-9, )\n'
  assert.deepEqual(kinds(read(signerDebugLog, java)), ['request', 'client'])
  assert.deepEqual(seenOf(read(signerDebugLog, java), 'request')[0]?.request.headers.at(-1), ['Range', 'bytes=0-9'])
  const terraform =
    'x [DEBUG] p: HTTP Request Sent: http.request.header.x_amz_date=20231013T193019Z http.url=https://ec2.us-west-2.amazonaws.com/ http.method=POST http.request.body="A=1\n" http.request.header.amz_sdk_request="attempt=1; max=3"\n'
  assert.deepEqual(seenOf(read(signerDebugLog, terraform), 'request')[0]?.request.headers, [
    ['host', 'ec2.us-west-2.amazonaws.com'],
    ['x-amz-date', '20231013T193019Z'],
    ['amz-sdk-request', 'attempt=1; max=3'],
  ])
})

test('a sentence about a mark is no text of a signer', () => {
  const prose = 'The log has `CanonicalRequest = ` and then\n`; StringToSign = ` and then the text,\nover several lines.\n'
  assert.deepEqual(seenOf(read(signerDebugLog, prose), 'canonical-request'), [])
  assert.deepEqual(seenOf(read(signerDebugLog, prose), 'string-to-sign'), [])
})

test("what a gateway calculates to verify a request that it received is the verifier's; what it signs for its backend is not", () => {
  const block = (path: string): string =>
    `SDK 2025/04/04 08:00:00 DEBUG Request Signature:\n---[ CANONICAL STRING  ]-----------------------------\nGET\n${path}\n\nhost:h:7070\nx-amz-date:20250404T080000Z\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD\n---[ STRING TO SIGN ]--------------------------------\nAWS4-HMAC-SHA256\n20250404T080000Z\n20250404/us-east-1/s3/aws4_request\n${'ab'.repeat(32)}\n-----------------------------------------------------\n`
  const received = '2025/04/04 08:00:00 Request headers:\n2025/04/04 08:00:00 Host: h:7070\n'
  const sides = seenOf(read(signerDebugLog, `${received}${block('/in')}${block('/out')}`), 'canonical-request').map(({ side }) => side)
  assert.deepEqual(sides, ['verifier', 'signer'])
  assert.deepEqual(
    seenOf(read(signerDebugLog, block('/in')), 'canonical-request').map(({ side }) => side),
    ['signer'],
  )
})
