/** Every wording states its fact, with its values; texts that state nothing state nothing. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOf, statedIn } from '../../../src/evidence/refusals/stated-facts.ts'

type Row = readonly [
  code: string,
  message: string,
  facts: Readonly<Record<string, Readonly<Record<string, string>>>>,
  elements?: readonly (readonly [string, string])[],
]

const ROWS: readonly Row[] = [
  [
    'AuthorizationHeaderMalformed',
    "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-central-1'",
    { 'region-wrong': { signed: 'us-east-1', wanted: 'eu-central-1' } },
    [['Region', 'eu-central-1']],
  ],
  [
    'AuthorizationHeaderMalformed',
    'The authorization header is malformed; the region "us-east-1" is wrong; expecting "eu-central-1"',
    { 'region-wrong': { signed: 'us-east-1', wanted: 'eu-central-1' } },
  ],
  [
    'AuthorizationHeaderMalformed',
    "The authorization header is malformed; the region is wrong; expecting 'eu-west-1'.",
    { 'region-wrong': { wanted: 'eu-west-1' } },
  ],
  [
    'AuthorizationHeaderMalformed',
    "The authorization header is malformed; the region '' is wrong; expecting 'us-east-1'",
    { 'region-wrong': { signed: '', wanted: 'us-east-1' } },
  ],
  [
    'AuthorizationQueryParametersError',
    "Error parsing the X-Amz-Credential parameter; the region 'a-b-1' is wrong; expecting 'c-d-2'",
    { 'region-wrong': { signed: 'a-b-1', wanted: 'c-d-2' } },
  ],
  [
    'AuthorizationHeaderMalformed',
    'The authorization header is malformed; a non-empty region must be provided in the credential.',
    { 'region-wrong': { signed: '' } },
  ],
  ['', "Credential should be scoped to a valid region, not 'us-west-9'. ", { 'region-wrong': { signed: 'us-west-9' } }],
  [
    'InvalidRegionName',
    "The region name 'us-west-2' is not valid. Must be one of: wnam, enam, weur, eeur, apac, auto",
    { 'region-wrong': { signed: 'us-west-2', wanted: 'auto' } },
  ],
  ['', "Credential should be scoped to correct service: 'execute-api'. ", { 'service-wrong': { wanted: 'execute-api' } }],
  ['', 'Credential should be scoped to correct service', { 'service-wrong': {} }],
  [
    'AuthorizationHeaderMalformed',
    'The authorization header is malformed; incorrect service "ec2". This endpoint belongs to "s3".',
    { 'service-wrong': { signed: 'ec2', wanted: 's3' } },
  ],
  [
    '',
    "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws4'.",
    { 'terminator-wrong': { wanted: 'aws4_request', signed: 'aws4' } },
  ],
  [
    '',
    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20240311' != '20240312', from '20240312T091502Z'.",
    { 'scope-date-wrong': { scopeDate: '20240311', requestDay: '20240312', requestDate: '20240312T091502Z' } },
  ],
  [
    'AuthorizationHeaderMalformed',
    'The authorization header is malformed; Invalid credential date "20240311". This date is not the same as X-Amz-Date: "20240312T091502Z".',
    { 'scope-date-wrong': { scopeDate: '20240311', requestDay: '20240312', requestDate: '20240312T091502Z' } },
  ],
  [
    '',
    'Signature expired: 20170606T095435Z is now earlier than 20170606T100000Z (20170606T101500Z - 15 min.)',
    { 'request-expired': { requestDate: '20170606T095435Z', limit: '20170606T100000Z', now: '20170606T101500Z', windowSeconds: '900' } },
  ],
  [
    '',
    'Signature not yet current: 20170606T095435Z is still later than 20170606T093000Z (20170606T092500Z + 5 min.)',
    { 'request-in-future': { requestDate: '20170606T095435Z', limit: '20170606T093000Z', now: '20170606T092500Z', windowSeconds: '300' } },
  ],
  ['RequestExpired', 'Request has expired. Timestamp date: 2018-09-24T10:04:57Z', { 'request-expired': {} }],
  ['RequestExpired', '', { 'request-expired': {} }],
  [
    'AccessDenied',
    'Request has expired',
    { 'presigned-expired': { expiresSeconds: '3600', expires: '2024-07-13T16:18:41Z', now: '2024-07-13T17:00:00Z' } },
    [
      ['X-Amz-Expires', '3600'],
      ['Expires', '2024-07-13T16:18:41Z'],
      ['ServerTime', '2024-07-13T17:00:00Z'],
    ],
  ],
  [
    'ExpiredToken',
    'The provided token has expired.',
    { 'token-expired': {}, 'presigned-expired': { expires: '2019-07-02T23:00:00+00:00' } },
    [['Details', 'Request signature expired at: 2019-07-02T23:00:00+00:00']],
  ],
  ['AccessDenied', 'Request is not yet valid', { 'presigned-not-yet-valid': {} }],
  ['AccessDenied', 'Request is not valid yet', { 'presigned-not-yet-valid': {} }],
  ['RequestTimeTooSkewed', "The difference between the request time and the server's time is too large.", { 'time-skewed': {} }],
  ['AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header', { 'date-missing-or-malformed': {} }],
  [
    'IncompleteSignature',
    "Date must be in ISO-8601 'basic format'. Got '2024'. See http://en.wikipedia.org/wiki/ISO_8601",
    { 'date-missing-or-malformed': { given: '2024' } },
  ],
  ['', "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.", { 'host-not-signed': {} }],
  [
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    { 'payload-hash-mismatch': { signed: 'aa', received: 'bb' } },
    [
      ['ClientComputedContentSHA256', 'aa'],
      ['S3ComputedContentSHA256', 'bb'],
    ],
  ],
  ['XAmzContentSHA256Mismatch', '', { 'payload-hash-mismatch': {} }],
  ['InvalidRequest', 'Missing required header for this request: x-amz-content-sha256', { 'content-sha256-missing': {} }],
  [
    'InvalidArgument',
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, or a valid sha256 value.',
    { 'content-sha256-malformed': { given: 'abc' } },
    [
      ['ArgumentName', 'x-amz-content-sha256'],
      ['ArgumentValue', 'abc'],
    ],
  ],
  [
    'InvalidRequest',
    'aws-chunked encoding is not supported when x-amz-content-sha256 UNSIGNED-PAYLOAD is supplied',
    { 'payload-encoding-refused': {} },
  ],
  [
    'NotImplemented',
    'A header you provided implies functionality that is not implemented.',
    { 'payload-encoding-refused': { header: 'Transfer-Encoding' } },
    [['Header', 'Transfer-Encoding']],
  ],
  [
    'NotImplemented',
    'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER not implemented',
    { 'payload-encoding-refused': { header: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER' } },
  ],
  ['InvalidClientTokenId', 'The security token included in the request is invalid.', { 'access-key-unknown': {} }],
  ['UnrecognizedClientException', 'The security token included in the request is invalid.', { 'access-key-unknown': {} }],
  ['InvalidClientTokenId', 'The security token included in the request is invalid', { 'token-invalid': {}, 'access-key-unknown': {} }],
  ['InvalidToken', 'The provided token is malformed or otherwise invalid.', { 'token-invalid': {} }],
  ['ExpiredTokenException', 'The security token included in the request is expired', { 'token-expired': {} }],
  [
    'InvalidAccessKeyId',
    'The AWS Access Key Id you provided does not exist in our records.',
    { 'access-key-unknown': { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' } },
    [['AWSAccessKeyId', 'AKIAIOSFODNN7EXAMPLE']],
  ],
  [
    'InvalidRequest',
    'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    { 'algorithm-unsupported': {} },
  ],
  [
    'IncompleteSignature',
    "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA512'.",
    { 'algorithm-unsupported': { algorithm: 'AWS4-HMAC-SHA512' } },
  ],
  ['IncompleteSignature', 'AWS Signature Version 2 is not supported.', { 'algorithm-unsupported': {} }],
  [
    'InvalidArgument',
    'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    { 'two-mechanisms': {} },
  ],
  ['MissingAuthenticationToken', 'Request is missing Authentication Token', { 'authentication-missing': {} }],
  [
    'IncompleteSignature',
    "Authorization header requires 'Credential' parameter. Authorization=AWS4-HMAC-SHA256",
    { 'authorization-malformed': { part: 'Credential' } },
  ],
  [
    'IncompleteSignature',
    "'abc' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 abc'.",
    { 'authorization-malformed': { part: 'abc' } },
  ],
  [
    'IncompleteSignature',
    "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'a/b'",
    { 'authorization-malformed': { part: 'Credential' } },
  ],
  [
    'AccessDenied',
    'Invalid according to Policy: Policy Condition failed: ["starts-with", "$key", "a/"]',
    { 'policy-violated': { condition: '["starts-with", "$key", "a/"]' } },
  ],
  [
    'PermanentRedirect',
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    { redirected: { endpoint: 'b.s3-eu-west-1.example' } },
    [['Endpoint', 'b.s3-eu-west-1.example']],
  ],
  [
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    { 'signature-mismatch': {} },
  ],
  ['SignatureDoesNotMatch', 'Signature validation failed', { 'signature-mismatch': {} }],
  [
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your Google secret key and signing method.',
    { 'signature-mismatch': {} },
  ],
  ['SignatureDoesNotMatch', '', { 'signature-mismatch': {} }],
]

test('every wording', () => {
  for (const [code, message, facts, elements] of ROWS) {
    const found = Object.fromEntries(statedIn(code, message, elements ?? []).map((one) => [one.fact, one.values]))
    assert.deepEqual(found, facts, `${code}: ${message}`)
  }
})

test('what states nothing', () => {
  for (const [code, message] of [
    ['NoSuchBucket', 'The specified bucket does not exist'],
    ['AccessDenied', 'Access Denied'],
    ['InvalidSignatureException', ''],
    ['AuthorizationHeaderMalformed', ''],
    ['', 'Rate exceeded'],
    ['', ''],
    ['SlowDown', 'Please reduce your request rate.'],
    ['ThrottlingException', 'The request was denied due to request throttling.'],
    ['', 'the region is eu-west-1'],
  ] as const)
    assert.deepEqual(statedIn(code, message), [], message)
})

test('a code tells apart what one wording leaves open', () => {
  assert.deepEqual(statedIn('RequestExpired', 'Request has expired.'), [{ fact: 'request-expired', values: {} }])
  assert.deepEqual(
    statedIn('NotImplemented', 'A header you provided implies functionality that is not implemented.', [['Header', 'x-amz-acl']]),
    [],
  )
})

test('a known message without a code has the code it belongs to', () => {
  assert.equal(codeOf("The authorization header is malformed; the region 'a' is wrong; expecting 'b'"), 'AuthorizationHeaderMalformed')
  assert.equal(codeOf('Signature expired: 20170606T095435Z is now earlier than 20170606T100000Z', 'json'), 'InvalidSignatureException')
  assert.equal(codeOf('The security token included in the request is invalid.'), 'InvalidClientTokenId')
  assert.equal(codeOf('The AWS Access Key Id you provided does not exist in our records.'), 'InvalidAccessKeyId')
  assert.equal(codeOf('Hello'), '')
})
