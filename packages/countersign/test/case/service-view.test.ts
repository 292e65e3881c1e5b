/** The answer of a service says which path reached it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'

const DIGITS = '6e1f0a9b7c5d3e2f4a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f'

function first(path: string, resource: string, bucket?: string, host = 'files.lan'): string {
  const text = `GET ${path} HTTP/1.1
Host: ${host}
X-Amz-Date: 20260305T101112Z
X-Amz-Content-Sha256: UNSIGNED-PAYLOAD
Authorization: AWS4-HMAC-SHA256 Credential=store/20260305/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${DIGITS}

HTTP/1.1 403 Forbidden

<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message>${bucket === undefined ? '' : `<BucketName>${bucket}</BucketName>`}<Resource>${resource}</Resource></Error>
`
  const [finding] = diagnoseEvidence([{ name: 'a.txt', text }]).findings
  return finding === undefined ? 'none' : `${finding.causes} ${finding.proof.level}`
}

test('a front of the path that did not reach the service', () => {
  assert.equal(first('/storage/api/box/a.txt', '/box/a.txt', 'box'), 'path-prefix-stripped none')
  assert.equal(first('/storage/api/box/a%20b.txt', '/box/a b.txt'), 'path-prefix-stripped none')
})

test('a front that the request did not have', () => {
  assert.equal(first('/box/a.txt', '/v1/tenant/box/a.txt', 'box'), 'path-prefix-added none')
})

test("a line of the service's own log says it too, where only the signer's text is shown", () => {
  const signed = (path: string): string =>
    `CanonicalRequest:\nPUT\n${path}\n\nhost:nas.lan:9000\nx-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:20260203T101112Z\n\nhost;x-amz-content-sha256;x-amz-date\nUNSIGNED-PAYLOAD\n`
  const line = (call: string, path: string): string =>
    `2026-02-03T10:11:12.331 [403 Forbidden] s3.${call} nas.lan:9000${path} 10.0.0.7       412\u00c2\u00b5s ? 398us ? 190 B ? 553 B\n`
  const causes = (path: string, log: string): string =>
    diagnoseEvidence([
      { name: 'signer.log', text: signed(path) },
      { name: 'trace.txt', text: log },
    ])
      .findings.map((one) => one.causes.join('+'))
      .join(' ')
  assert.match(causes('/box/a.jpg', line('PutObject', '/minio/box/a.jpg')), /^path-prefix-added/)
  assert.match(causes('/minio/box/a.jpg', line('PutObject', '/box/a.jpg')), /^path-prefix-stripped/)
  for (const [path, log] of [
    ['/box/a.jpg', line('PutObject', '/box/a.jpg')],
    ['/box/a.jpg', line('GetObject', '/minio/box/a.jpg')],
    ['/box/a.jpg', line('PutObject', '/minio/box/a.jpg') + line('PutObject', '/other/box/a.jpg')],
  ] as const)
    assert.doesNotMatch(causes(path, log), /path-prefix/, log)
})

test('the same path in another spelling, and a bucket in the host, are no difference', () => {
  for (const [path, resource, bucket, host] of [
    ['/box/a%20b.txt', '/box/a b.txt', 'box', 'files.lan'],
    ['/a/b.txt', '/box/a/b.txt', 'box', 'box.files.lan'],
    ['/box/a/b.txt', '/a/b.txt', 'box', 'files.lan'],
    ['/a/b.txt', '/box/a/b.txt', undefined, 'box.files.lan'],
    ['/box/a.txt', '/other/b.txt', 'other', 'files.lan'],
  ] as const)
    assert.doesNotMatch(first(path, resource, bucket, host), /path-prefix/, `${path} ${resource}`)
})
