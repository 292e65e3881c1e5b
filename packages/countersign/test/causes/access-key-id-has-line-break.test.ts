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

/** Go's words; the scope follows the ID. */
const refused = (credential: string): string =>
  `Put "https://a.example/b": net/http: invalid header field value "AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=abc" for key Authorization`

test('an ID of any characters may have the line break: base64 of one, the ID of a server', () => {
  for (const id of ['QUtJQUlPU0ZPRE5ON0VYQU1QTEU=', 'store.user_1'])
    assert.deepEqual(levelOf(refused(`${id}\\n/20260305/eu-west-1/s3/aws4_request`)), ['access-key-id-has-line-break', 'stated'], id)
})

test('a line break that stands after the scope is not the access key ID', () => {
  for (const scope of ['20260305/eu-west-1\\n/s3/aws4_request', '20260305\\n/eu-west-1/s3/aws4_request'])
    assert.notDeepEqual(levelOf(refused(`QUtJQUlPU0ZPRE5ON0VYQU1QTEU=/${scope}`)), ['access-key-id-has-line-break', 'stated'], scope)
})

function levelOf(text: string): readonly (string | undefined)[] {
  const found = first(text)
  return [found?.causes[0], found?.proof.level]
}
