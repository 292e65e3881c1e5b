/** Values of the evidence that come out of others: a payload hash of a changed body, of a word, of nothing. Without a key. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')
const DIGITS = '6e1f0a9b7c5d3e2f4a8b9c0d1e2f3a4b5c6d7e8f9a0b1c2d3e4f5a6b7c8d9e0f'
const S3_MISMATCH = (signed: string, received: string): string =>
  `<Error><Code>XAmzContentSHA256Mismatch</Code><Message>The provided 'x-amz-content-sha256' header does not match what was computed.</Message><ClientComputedContentSHA256>${signed}</ClientComputedContentSHA256><S3ComputedContentSHA256>${received}</S3ComputedContentSHA256></Error>`
const BARE_MISMATCH =
  "<Error><Code>XAmzContentSHA256Mismatch</Code><Message>The provided 'x-amz-content-sha256' header does not match what was computed.</Message></Error>"

function request(body: string, hash: string, host = 'box.s3.us-east-1.amazonaws.com', service = 's3'): string {
  return `PUT /a.json HTTP/1.1
Host: ${host}
Content-Length: ${Buffer.byteLength(body)}
X-Amz-Date: 20260305T101112Z
X-Amz-Content-Sha256: ${hash}
Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260305/us-east-1/${service}/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${DIGITS}

${body}`
}

function first(...texts: readonly string[]): string {
  const [finding] = diagnoseEvidence(texts.map((text, i) => ({ name: `${i}.txt`, text }))).findings
  return finding === undefined ? 'none' : `${finding.causes.join('+')} ${finding.proof.level}`
}

const BODY = '{"b": 1, "a": [2, 3]}'
const HASHED: Readonly<Record<string, readonly [hashed: string, cause: string]>> = {
  'another JSON': ['{"b":1,"a":[2,3]}', 'payload-json-rewritten'],
  'sorted keys': ['{"a":[2,3],"b":1}', 'payload-json-rewritten'],
  nothing: ['', 'payload-signed-as-empty'],
}
for (const [name, [hashed, cause]] of Object.entries(HASHED)) {
  test(`${name} was hashed: the body that arrived gives the hash after the change`, () => {
    assert.equal(first(request(BODY, sha256(hashed)), BARE_MISMATCH), `${cause} recomputed`)
  })
  test(`${name} was hashed: nothing is shown where another check refused`, () => {
    const answer =
      "<Error><Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'</Message><Region>eu-west-1</Region></Error>"
    assert.doesNotMatch(first(request(BODY, sha256(hashed)), answer), /payload/)
  })
}

test('a body that a logger wrote in another way is not the body that arrived', () => {
  // The service received just what was hashed: what is shown is of the logger.
  assert.doesNotMatch(
    first(request(BODY, sha256('{"b":1,"a":[2,3]}')), S3_MISMATCH(sha256('{"b":1,"a":[2,3]}'), sha256('x'))),
    /recomputed/,
  )
})

test('a body of another length than the request says was written by a logger', () => {
  const text = request(BODY, sha256('{"b":1,"a":[2,3]}')).replace(/Content-Length: \d+/, 'Content-Length: 17')
  assert.doesNotMatch(first(text, BARE_MISMATCH), /recomputed/)
})

test('a hash that comes out of nothing known is none', () => {
  assert.doesNotMatch(first(request(BODY, sha256('another text')), BARE_MISMATCH), /recomputed/)
})

test('the hash of a word in place of a body', () => {
  for (const text of ['undefined', '[object Object]', 'UNSIGNED-PAYLOAD'])
    assert.equal(first(request(BODY, sha256(text)), BARE_MISMATCH), 'payload-replaced recomputed', text)
  const { findings } = diagnoseEvidence([
    { name: 'a', text: `${request(BODY, sha256('undefined'))}` },
    { name: 'b', text: BARE_MISMATCH },
  ])
  assert.match(findings[0]!.what, /the text "undefined": JavaScript made a text/)
  assert.doesNotMatch(first(request('undefined', sha256('undefined')), BARE_MISMATCH), /recomputed/)
})

test('the checksum of nothing in a presigned URL', () => {
  const url = (checksum: string): string =>
    `PUT https://box.store.example/a.webp?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260405%2Fauto%2Fs3%2Faws4_request&X-Amz-Date=20260405T101112Z&X-Amz-Expires=300&X-Amz-SignedHeaders=host&x-amz-checksum-crc32=${checksum}&x-amz-sdk-checksum-algorithm=CRC32&x-id=PutObject&X-Amz-Signature=${DIGITS}\n403 Forbidden\n`
  assert.equal(first(url('AAAAAA%3D%3D')), 'payload-chunked-unsupported none')
  assert.doesNotMatch(first(url('q6BzVA%3D%3D')), /payload-chunked-unsupported/)
})
