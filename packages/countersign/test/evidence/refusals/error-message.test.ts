/** The reader "error-message": its laws, and refusals as SDKs and people write them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorJson } from '../../../src/evidence/refusals/error-json.ts'
import { errorMessage } from '../../../src/evidence/refusals/error-message.ts'
import { s3ErrorXml } from '../../../src/evidence/refusals/s3-error-xml.ts'
import { factsOf, read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(errorMessage)

const MISMATCH = 'The request signature we calculated does not match the signature you provided. Check your key and signing method.'

test('code, message and status of every form', () => {
  const rows: readonly (readonly [string, string, string, number?])[] = [
    [`An error occurred (SignatureDoesNotMatch) when calling the PutObject operation: ${MISMATCH}`, 'SignatureDoesNotMatch', MISMATCH],
    [
      `botocore.exceptions.ClientError: An error occurred (SignatureDoesNotMatch) when calling the PutObject operation (reached max retries: 4): ${MISMATCH}`,
      'SignatureDoesNotMatch',
      MISMATCH,
    ],
    [`api error SignatureDoesNotMatch: ${MISMATCH}`, 'SignatureDoesNotMatch', MISMATCH],
    [`SignatureDoesNotMatch: ${MISMATCH}\n\tstatus code: 403, request id: ABC, host id: x`, 'SignatureDoesNotMatch', MISMATCH],
    [`SignatureDoesNotMatch: ${MISMATCH} status code: 403, request id: ABC, host id: x`, 'SignatureDoesNotMatch', MISMATCH, 403],
    [`${MISMATCH} (Aws::S3::Errors::SignatureDoesNotMatch)`, 'SignatureDoesNotMatch', MISMATCH],
    [
      `com.amazonaws.services.s3.model.AmazonS3Exception: ${MISMATCH} (Service: Amazon S3; Status Code: 403; Error Code: SignatureDoesNotMatch; Request ID: A)`,
      'SignatureDoesNotMatch',
      MISMATCH,
      403,
    ],
    [MISMATCH, 'SignatureDoesNotMatch', MISMATCH],
    [`> ${MISMATCH}`, 'SignatureDoesNotMatch', MISMATCH],
    [`SignatureDoesNotMatch${MISMATCH}AKIAIOSFODNN7EXAMPLE`, 'SignatureDoesNotMatch', MISMATCH],
    [`restic: client.PutObject: ${MISMATCH}`, 'SignatureDoesNotMatch', MISMATCH],
    ['An error occurred (XAmzContentSHA256Mismatch) when calling the UploadPart operation: None', 'XAmzContentSHA256Mismatch', ''],
    ['403 SignatureDoesNotMatch', 'SignatureDoesNotMatch', '', 403],
    ['Code: SignatureDoesNotMatch, Message: ' + MISMATCH, 'SignatureDoesNotMatch', MISMATCH],
    [
      "AuthorizationHeaderMalformed, Message:The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-central-1'",
      'AuthorizationHeaderMalformed',
      "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-central-1'",
    ],
    [
      'ERROR: S3 error: 403 (RequestTimeTooSkewed): The difference between the request time and the current time is too large.',
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
    ],
    ['ExpiredToken: The provided token has expired.', 'ExpiredToken', 'The provided token has expired.'],
    [
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
      'SignatureDoesNotMatch',
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    ],
  ]
  for (const [text, code, message, status] of rows) {
    const errors = seenOf(read(errorMessage, text), 'error')
    assert.equal(errors[0]?.code, code, text)
    assert.equal(errors[0]?.message, message, text)
    if (status !== undefined) assert.equal(errors[0]?.status, status, text)
  }
})

test('facts of bare messages', () => {
  assert.deepEqual(factsOf(read(errorMessage, errorMessage.samples[1] ?? '')), { 'region-wrong': { signed: '' } })
  assert.deepEqual(factsOf(read(errorMessage, 'Authentication Failed: Request signature could not be validated')), {
    'signature-mismatch': {},
  })
})

test('texts quoted after a bare message', () => {
  const quoted = 'GET\n/\n\nhost:a\n\nhost\nUNSIGNED-PAYLOAD'
  const text = `InvalidSignatureException: ${MISMATCH}\n\nThe Canonical String for this request should have been\n'${quoted}'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20240210T173713Z\n20240210/us-east-1/es/aws4_request\n62b3fb7b7929a68b2cbe7a4679c39668e1d6ecbe089789fb9aab234574f4b1c0'`
  for (const form of [text, text.replaceAll('\n', '\\n')]) {
    const seen = read(errorMessage, form)
    assert.equal(seenOf(seen, 'error').length, 1)
    assert.equal(seenOf(seen, 'canonical-request')[0]?.text, quoted)
    assert.equal(seenOf(seen, 'string-to-sign').length, 1)
  }
})

test('what other readers read is left to them', () => {
  for (const text of [...s3ErrorXml.samples, ...errorJson.samples]) assert.deepEqual(read(errorMessage, text), [], text.slice(0, 80))
})

test('code, headers and plain talk are no refusal', () => {
  for (const text of [
    'if (err.code === "SignatureDoesNotMatch") retry()',
    'x-amz-date: 20240101T000000Z',
    'Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20240101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=abc',
    'The signature is made over the canonical request.',
    'GET / HTTP/1.1\nHost: a',
    'const signature = sign(request)',
  ])
    assert.deepEqual(read(errorMessage, text), [], text)
})

test('a message broken over lines is one message', () => {
  const seen = read(
    errorMessage,
    "An error occurred (AuthorizationHeaderMalformed) when calling the ListBuckets operation: The authorization\n  header is malformed; the region 'us-east-1' is\n  wrong; expecting 'eu-west-1'",
  )
  assert.deepEqual(factsOf(seen), { 'region-wrong': { signed: 'us-east-1', wanted: 'eu-west-1' } })
  assert.equal(seenOf(seen, 'error').length, 1)
})

test('two refusals on two lines stay two', () => {
  const seen = read(errorMessage, `ExpiredToken: The provided token has expired.\nSignatureDoesNotMatch: ${MISMATCH}`)
  assert.deepEqual(
    seenOf(seen, 'error').map((one) => one.code),
    ['ExpiredToken', 'SignatureDoesNotMatch'],
  )
})

test('a message alone is read, whatever word it holds', () => {
  for (const [message, fact] of [
    [
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or the Authorization header should be specified',
      'two-mechanisms',
    ],
    ['Only one auth mechanism allowed', 'two-mechanisms'],
    ['Header `host` should be signed', 'host-not-signed'],
    ['request date is later than server time', 'time-skewed'],
    ["Date must be in ISO-8601 'basic format'. Got '2026-03-05'.", 'date-missing-or-malformed'],
    ['Invalid content sha256 hash', 'content-sha256-malformed'],
    ['Extra input fields: x-ignore-me', 'policy-violated'],
    ['Invalid key=value pair (missing equal-sign)', 'authorization-malformed'],
  ] as const)
    assert.ok(
      seenOf(read(errorMessage, message), 'stated').some((seen) => seen.fact === fact),
      message,
    )
  for (const text of ['Only one author is allowed', 'The mechanism of the auth provider', 'The date must match', 'encoding of chunks'])
    assert.deepEqual(read(errorMessage, text), [], text)
})
