/** What MinIO's own clients print: `mc --debug` and minio-go's trace. Their Authorization is masked in part; each answer is its request's. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { httpMessage } from '../../../src/evidence/clients/http-message.ts'
import { diagnoseEvidence } from '../../../src/index.ts'
import { kinds, read, seenOf } from '../reader-laws.ts'

const request = (line: string, second: number): string =>
  `${line} HTTP/1.1\nHost: store.lan:9000\nUser-Agent: MinIO (linux; amd64) minio-go/v7.0.66\nAuthorization: AWS4-HMAC-SHA256 Credential=app/20260512/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=**REDACTED**\nX-Amz-Content-Sha256: UNSIGNED-PAYLOAD\nX-Amz-Date: 20260512T10111${second}Z\n\n`
const refused = (id: string): string =>
  `HTTP/1.1 403 Forbidden\nContent-Type: application/xml\nServer: MinIO\nX-Amz-Request-Id: ${id}\n\n<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message><RequestId>${id}</RequestId></Error>\n`
const MC = `mc: <DEBUG> ${request('HEAD /photos/', 2)}mc: <DEBUG> HTTP/1.1 403 Forbidden\nServer: MinIO\nX-Amz-Request-Id: 17CE0A1B2C3D4E5F\n\nmc: <DEBUG> Response Time:  3.1ms\n\nmc: <DEBUG> ${request('GET /photos/?location=', 3)}mc: <DEBUG> ${refused('17CE0A1B2C3D4E60')}mc: <DEBUG> Response Time:  1.9ms\n\nmc: <ERROR> Unable to list folder. The request signature we calculated does not match the signature you provided. Check your key and signing method.\n`
const GO = `---------START-HTTP---------\n${request('PUT /photos/a.jpg', 4)}${refused('17CE0A1B2C3D4E61')}---------END-HTTP---------\n---------START-HTTP---------\n${request('GET /photos/?list-type=2', 5)}HTTP/1.1 200 OK\nServer: MinIO\nX-Amz-Request-Id: 17CE0A1B2C3D4E62\n\n---------END-HTTP---------\n`

const requestsOf = (text: string): string[] =>
  diagnoseEvidence([{ name: 'a.log', text }]).requests.map(
    (one) => `${one.outcome} ${one.method} ${one.target} ${one.requestId} ${one.error?.code ?? '-'}`,
  )

test('mc --debug: each request with its answer, and the closing error is the last refusal said once more', () => {
  assert.deepEqual(
    kinds(read(httpMessage, MC)).filter((kind) => kind === 'request' || kind === 'response'),
    ['request', 'response', 'request', 'response'],
  )
  assert.deepEqual(requestsOf(MC), [
    'refused HEAD /photos/ 17CE0A1B2C3D4E5F -',
    'refused GET /photos/?location= 17CE0A1B2C3D4E60 SignatureDoesNotMatch',
  ])
})

test("minio-go's trace: between its marks stand a request and its answer", () => {
  assert.deepEqual(
    seenOf(read(httpMessage, GO), 'response').map(({ status }) => status),
    [403, 200],
  )
  assert.deepEqual(requestsOf(GO), [
    'refused PUT /photos/a.jpg 17CE0A1B2C3D4E61 SignatureDoesNotMatch',
    'accepted GET /photos/?list-type=2 17CE0A1B2C3D4E62 -',
  ])
})

test('a signature that the client masks is unknown, and nothing is said of it', () => {
  for (const text of [MC, GO])
    assert.ok(
      diagnoseEvidence([{ name: 'a.log', text }]).findings.every(
        ({ proof, class: of }) => proof.level === 'none' && of !== 'signature.encoding',
      ),
    )
})
