/** The reader "error-json": its laws, and bodies as people paste them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { errorJson } from '../../../src/evidence/refusals/error-json.ts'
import { factsOf, read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(errorJson)

const CANONICAL =
  "GET\n/_cat/indices\nq='a'\nhost:search-demo.us-east-1.es.amazonaws.com\nx-amz-date:20240210T173713Z\n\nhost;x-amz-date\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
const TO_SIGN =
  'AWS4-HMAC-SHA256\n20240210T173713Z\n20240210/us-east-1/es/aws4_request\n62b3fb7b7929a68b2cbe7a4679c39668e1d6ecbe089789fb9aab234574f4b1c0'
const SAID =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'
const MESSAGE = `${SAID}\n\nThe Canonical String for this request should have been\n'${CANONICAL}'\n\nThe String-to-Sign should have been\n'${TO_SIGN}'\n`

test('the quoted texts, in every form people paste', () => {
  const json = JSON.stringify({ message: MESSAGE })
  const forms = [
    json,
    JSON.stringify({ message: MESSAGE }, undefined, 2),
    JSON.stringify({ statusCode: 403, body: json }),
    `2024 ERROR got ${JSON.stringify(json)}`,
    `{"message": "${MESSAGE}"}`,
    `HTTP/1.1 403 Forbidden\r\nx-amzn-ErrorType: InvalidSignatureException\r\n\r\n${json}`,
    JSON.stringify({ error: { message: MESSAGE, code: 'InvalidSignatureException' } }),
    inspect({ name: 'InvalidSignatureException', message: MESSAGE.replaceAll("'a'", 'a') }).replaceAll('q=a', "q=\\'a\\'"),
  ]
  for (const text of forms) {
    const seen = read(errorJson, text)
    assert.equal(seenOf(seen, 'error').length, 1, text)
    assert.equal(seenOf(seen, 'error')[0]?.message, SAID, text)
    assert.equal(seenOf(seen, 'canonical-request')[0]?.text, CANONICAL, text)
    assert.equal(seenOf(seen, 'string-to-sign')[0]?.text, TO_SIGN, text)
  }
})

test('codes and statuses', () => {
  const codes: readonly (readonly [string, string])[] = [
    [
      '{"__type":"com.amazon.coral.service#UnrecognizedClientException","message":"The security token included in the request is invalid."}',
      'UnrecognizedClientException',
    ],
    [
      '{"__type":"InvalidSignatureException","message":"Signature expired: 20240101T000000Z is now earlier than 20240101T001000Z"}',
      'InvalidSignatureException',
    ],
    ['{"code":"IncompleteSignatureException","message":"x","type":"Client"}', 'IncompleteSignatureException'],
    [
      '{"errors":[{"message":"Access to requested resource is denied. Missing Authentication Token","code":"MissingAuthenticationToken"}]}',
      'MissingAuthenticationToken',
    ],
    ['{"message":"Missing Authentication Token"}', 'MissingAuthenticationToken'],
  ]
  for (const [text, code] of codes) assert.equal(seenOf(read(errorJson, text), 'error')[0]?.code, code, text)
  assert.equal(
    seenOf(
      read(errorJson, "{ name: 'InvalidSignatureException', message: 'Signature expired: x', '$metadata': { httpStatusCode: 403 } }"),
      'error',
    )[0]?.status,
    403,
  )
})

test('several objects in one text', () => {
  const seen = read(
    errorJson,
    '{"Message":"The security token included in the request is expired"}\n{"a":1}\n{"message":"Missing Authentication Token"}',
  )
  assert.deepEqual(Object.keys(factsOf(seen)), ['token-expired', 'authentication-missing'])
})

test('a cut object gives what it has', () => {
  const seen = read(errorJson, `{"message":"${SAID}\\n\\nThe Canonical String for this request should have been\\n'GET\\n/_cat`)
  assert.equal(seenOf(seen, 'error')[0]?.message, SAID)
  assert.equal(seenOf(seen, 'canonical-request')[0]?.text, 'GET\n/_cat...')
  assert.equal(seenOf(seen, 'unreadable').length, 1)
})

test('other JSON is no refusal', () => {
  for (const text of [
    '{"name":"countersign","version":"1"}',
    '{"status":200,"data":[1]}',
    '{"Version":"2012-10-17","Statement":[{"Condition":{}}]}',
    'const a = { message: x }',
    '{}',
  ])
    assert.deepEqual(read(errorJson, text), [], text)
})

test('a message inside a large object is no body of an error, however deep the object', () => {
  const deep = `{"message":"Forbidden","a":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_001)}`
  assert.deepEqual(read(errorJson, deep), [])
  assert.notDeepEqual(read(errorJson, '{"message":"Forbidden","a":{"a":1}}'), [])
})

test('an S3 error as the JavaScript SDK prints it', () => {
  const error = {
    $fault: 'client',
    $metadata: { httpStatusCode: 403, attempts: 1 },
    Code: 'SignatureDoesNotMatch',
    AWSAccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    StringToSign: TO_SIGN,
    SignatureProvided: 'f06a759eb702c32bdf1bf8947e705967886f7012879388e67e8d654c38bb2c8c',
    CanonicalRequest: CANONICAL.replace("q='a'", 'q=a'),
  }
  const text = `SignatureDoesNotMatch: ${SAID}\n    at throwDefaultError (a.js:1:1) ${inspect(error)}`
  for (const form of [text, `${text}\n    at next (b.js:1:1)`]) {
    const seen = read(errorJson, form)
    assert.equal(seenOf(seen, 'error')[0]?.status, 403)
    assert.equal(seenOf(seen, 'canonical-request')[0]?.text, error.CanonicalRequest)
    assert.equal(seenOf(seen, 'string-to-sign')[0]?.text, TO_SIGN)
    assert.equal(seenOf(seen, 'signature')[0]?.side, 'wire')
  }
})
