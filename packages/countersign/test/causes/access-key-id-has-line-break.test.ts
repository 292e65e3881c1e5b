import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'

const first = (text: string) => diagnoseEvidence([{ name: 'error.txt', text }]).findings[0]

test("the client's own error shows the line break", () => {
  const found = first(
    "ValueError: Invalid header value b'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\\n/20150830/us-east-1/sts/aws4_request, SignedHeaders=host;x-amz-date, Signature=abc'",
  )
  assert.deepEqual(found?.causes, ['access-key-id-has-line-break'])
  assert.equal(found?.class, 'secret.mangled')
  assert.equal(found?.proof.level, 'stated')
})

test('a header value without a line break is no reason', () => {
  assert.ok(
    first(
      'Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20150830/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=abc',
    )?.causes[0] !== 'access-key-id-has-line-break',
  )
})
