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
