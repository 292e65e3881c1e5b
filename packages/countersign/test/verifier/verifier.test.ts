/** The verifier without a server: accepted, refused in each protocol's words, limits, tokens, replay, throttling. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesOf } from '../../src/sigv4/byte-string.ts'
import { deriveSigningKey, SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { STANDARD_PROFILE } from '../../src/sigv4/signing-profile.ts'
import {
  type AuditEvent,
  createVerifier,
  credentialsOf,
  failureThrottle,
  refusalLog,
  replayGuard,
  type VerifierOptions,
} from '../../src/verifier/index.ts'
import { KEY_ID, NOW, plain, presigned, SECRET, signed } from '../support/signed.ts'

const store = credentialsOf({ [KEY_ID]: { key: SECRET, principal: 'alice' } })
const verifierWith = (options: Partial<VerifierOptions> = {}) => createVerifier({ credentials: store, clock: () => NOW, ...options })
const wrongly = { accessKeyId: KEY_ID, secretAccessKey: new SecretAccessKey('another secret of an EXAMPLE') }

async function refusal(request: Parameters<ReturnType<typeof createVerifier>['judge']>[0], options: Partial<VerifierOptions> = {}) {
  const outcome = await verifierWith(options).judge(request)
  assert.equal(outcome.ok, false)
  return outcome.ok ? assert.fail() : outcome.refused
}

test('a right request of any service is accepted, with its caller and its body', async () => {
  for (const service of ['s3', 'sts', 'dynamodb', 'execute-api']) {
    const outcome = await verifierWith().judge(signed(plain('POST', '/a?b=c', 'body'), service))
    assert.ok(outcome.ok, service)
    assert.equal(outcome.caller.accessKeyId, KEY_ID)
    assert.equal(outcome.caller.principal, 'alice')
    assert.equal(Buffer.concat(outcome.pieces).toString(), 'body')
  }
})

test('a presigned request of S3 is accepted whatever its body', async () => {
  const request = presigned(plain('PUT', '/bucket/key'))
  const outcome = await verifierWith().judge({ ...request, body: bytesOf('anything') })
  assert.ok(outcome.ok)
  assert.equal(Buffer.concat(outcome.pieces).toString(), 'anything')
})

test('an S3 body that is not the one signed is refused after the signature', async () => {
  const request = signed(plain('PUT', '/bucket/key', 'body'), 's3')
  const { error, answer } = await refusal({ ...request, body: bytesOf('bodY') })
  assert.equal(error.code, 'XAmzContentSHA256Mismatch')
  assert.equal(answer.status, 400)
  assert.match(answer.body, /<S3ComputedContentSHA256>[0-9a-f]{64}</)
  const wrong = await refusal({ ...signed(plain('PUT', '/bucket/key', 'body'), 's3', {}, wrongly), body: bytesOf('bodY') })
  assert.equal(wrong.error.code, 'SignatureDoesNotMatch')
})

test('a body of any other service is part of its signature', async () => {
  const request = signed(plain('POST', '/', 'Action=A'), 'sts')
  assert.equal((await refusal({ ...request, body: bytesOf('Action=B') })).error.code, 'SignatureDoesNotMatch')
})

test('a request to STS that says its body is not signed is refused, whatever the body, unless the verifier takes it', async () => {
  const unsigned = { unsignedPayload: true, profile: { ...STANDARD_PROFILE, unsignedPayload: 'accepted' } } as const
  const request = signed(plain('POST', '/', 'Action=GetCallerIdentity'), 'sts', unsigned)
  for (const text of ['Action=GetCallerIdentity', 'Action=GetFederationToken', '']) {
    const { error, answer } = await refusal({ ...request, body: bytesOf(text) })
    assert.deepEqual([error.check, error.code, answer.status], ['signature', 'SignatureDoesNotMatch', 403], text)
    assert.match(answer.body, /The request signature we calculated does not match/)
    const outcome = await verifierWith({ unsignedPayload: ['sts'] }).judge({ ...request, body: bytesOf(text) })
    assert.ok(outcome.ok && Buffer.concat(outcome.pieces).toString() === text)
  }
  assert.equal((await refusal(request, { unsignedPayload: ['lambda'] })).error.check, 'signature')
  assert.ok((await verifierWith().judge(signed(plain('POST', '/', 'a'), 'vpc-lattice-svcs', { unsignedPayload: true }))).ok)
})

test('a body of STS counts beside the word, in one piece and in chunks', async () => {
  for (const value of ['UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER']) {
    const request = signed(plain('POST', '/', 'Action=A', [['X-Amz-Content-Sha256', value]]), 'sts')
    const door = await verifierWith().open(request)
    assert.ok(door.ok && door.body.mode === 'whole', value)
    assert.ok((await verifierWith().judge(request)).ok, value)
    assert.equal((await refusal({ ...request, body: bytesOf('Action=B') })).error.check, 'signature', value)
  }
})

const WORDS: readonly (readonly [
  service: string,
  headers: readonly (readonly [string, string])[],
  status: number,
  body: RegExp,
  header?: readonly [string, RegExp],
])[] = [
  [
    's3',
    [],
    403,
    /^<\?xml[^>]*\?>\n<Error><Code>SignatureDoesNotMatch<\/Code><Message>[^<]*Check your key and signing method\.<\/Message><AWSAccessKeyId>AKIA[^<]*<\/AWSAccessKeyId><StringToSign>AWS4[^<]*<\/StringToSign><SignatureProvided>[0-9a-f]{64}<\/SignatureProvided><StringToSignBytes>41 57[^<]*<\/StringToSignBytes><CanonicalRequest>POST\n[^<]*<\/CanonicalRequest><CanonicalRequestBytes>50 4f[^<]*<\/CanonicalRequestBytes><RequestId>[0-9A-F]{16}<\/RequestId><HostId>[^<]{60,}<\/HostId><\/Error>$/,
    ['x-amz-request-id', /^[0-9A-F]{16}$/],
  ],
  [
    'sts',
    [],
    403,
    /<ErrorResponse xmlns="https:\/\/sts[^>]*>\s*<Error>\s*<Type>Sender<\/Type>\s*<Code>SignatureDoesNotMatch<\/Code>\s*<Message>[^<]*Consult the service documentation for details\.<\/Message>\s*<\/Error>\s*<RequestId>/,
    ['x-amzn-RequestId', /^[0-9a-f-]{36}$/],
  ],
  [
    'sqs',
    [],
    403,
    /details\.\n\nThe Canonical String for this request should have been\n'POST\n[^']*'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n[^']*'\n<\/Message>/,
  ],
  [
    'dynamodb',
    [['X-Amz-Target', 'DynamoDB_20120810.ListTables']],
    400,
    /^\{"__type":"com\.amazon\.coral\.service#InvalidSignatureException","message":"The request signature/,
  ],
  ['lambda', [], 403, /^\{"message":"The request signature we calculated/, ['x-amzn-ErrorType', /^InvalidSignatureException$/]],
  ['execute-api', [], 403, /"message":"[^"]*The Canonical String for this request should have been\\n'POST/],
  ['glacier', [], 403, /"code":"InvalidSignatureException","type":"Client"\}$/],
  ['ec2', [], 401, /<Response><Errors><Error><Code>AuthFailure<\/Code><Message>AWS was not able to validate/],
]

for (const [service, headers, status, body, header] of WORDS) {
  test(`a wrong signature in the words of ${service}`, async () => {
    const { answer } = await refusal(signed(plain('POST', '/x', 'b', headers), service, {}, wrongly))
    assert.equal(answer.status, status)
    assert.match(answer.body, body)
    if (header !== undefined) assert.match(answer.headers.find(([name]) => name === header[0])?.[1] ?? '', header[1])
  })
}

test('no answer shows what was calculated', async () => {
  for (const [service, headers] of WORDS) {
    const request = plain('POST', '/x', 'b', headers)
    const right = /Signature=([0-9a-f]{64})/.exec(signed(request, service).headers.at(-1)![1])![1]!
    const refused = await refusal(signed(request, service, {}, wrongly))
    assert.ok(!JSON.stringify(refused).includes(right), service)
    assert.ok(!JSON.stringify(refused).includes(SECRET.dangerValue()), service)
  }
})

test('HEAD has the head of the answer only', async () => {
  const { answer } = await refusal(signed(plain('HEAD', '/b/k'), 's3', {}, wrongly))
  assert.equal(answer.status, 403)
  assert.equal(answer.body, '')
  assert.ok(answer.headers.some(([name]) => name === 'x-amz-request-id'))
  assert.ok(!answer.headers.some(([name]) => name === 'Content-Type'))
})

test('only the services and regions of this verifier', async () => {
  const request = signed(plain('GET', '/'), 's3')
  assert.ok((await verifierWith({ regions: ['us-east-1', 'eu-west-1'], services: ['sts', 's3'] }).judge(request)).ok)
  assert.match(
    (await refusal(request, { regions: ['us-east-1'] })).answer.body,
    /the region 'eu-west-1' is wrong; expecting 'us-east-1'<\/Message><Region>us-east-1<\/Region>/,
  )
  const { error } = await refusal(request, { services: ['sts'], regions: ['us-east-1'] })
  assert.equal(
    error.message,
    `Credential should be scoped to a valid region, not 'eu-west-1'. Credential should be scoped to correct service: 'sts'.`,
  )
})

test('the window of a service can be set', async () => {
  const request = signed(plain('GET', '/'), 'lambda', { now: NOW - 600_000 })
  assert.match((await refusal(request)).error.message, /- 5 min\.\)$/)
  assert.ok((await verifierWith({ maxClockSkewSeconds: { lambda: 900 } }).judge(request)).ok)
  assert.match((await refusal(request, { maxClockSkewSeconds: { s3: 900 } })).error.message, /- 5 min\.\)$/)
})

test('session tokens: right, wrong, missing, expired, and beside long-term credentials', async () => {
  const token = 'session-token-of-an-EXAMPLE'
  const temporary = { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: SECRET, sessionToken: token }
  const known = (expiresAt = NOW + 1000) => credentialsOf({ ASIAIOSFODNN7EXAMPLE: { key: SECRET, sessionToken: token, expiresAt } })
  const request = signed(plain('GET', '/b'), 's3', {}, temporary)
  assert.ok((await verifierWith({ credentials: known() }).judge(request)).ok)
  const expired = await refusal(request, { credentials: known(NOW) })
  assert.equal(expired.error.code, 'ExpiredToken')
  assert.equal(
    (await refusal(signed(plain('GET', '/b'), 's3', {}, { ...temporary, sessionToken: 'x' }), { credentials: known() })).error.code,
    'InvalidToken',
  )
  const { sessionToken, ...without } = temporary
  assert.equal((await refusal(signed(plain('GET', '/b'), 's3', {}, without), { credentials: known() })).error.code, 'InvalidAccessKeyId')
  assert.equal(sessionToken, token)
  const beside = { accessKeyId: KEY_ID, secretAccessKey: SECRET, sessionToken: token }
  assert.equal((await refusal(signed(plain('GET', '/b'), 's3', {}, beside))).error.code, 'InvalidToken')
  const sts = await refusal(signed(plain('POST', '/', 'Action=A'), 'sts', {}, temporary), { credentials: known(NOW) })
  assert.equal(sts.error.message, 'The security token included in the request is expired')
})

test('a store may answer with the signing key alone; of another scope it is a mistake of the store', async () => {
  const request = signed(plain('GET', '/b'), 's3')
  const derived = verifierWith({ credentials: ({ scope }) => ({ key: deriveSigningKey(SECRET, scope) }) })
  assert.ok((await derived.judge(request)).ok)
  const other = verifierWith({ credentials: ({ scope }) => ({ key: deriveSigningKey(SECRET, { ...scope, region: 'x' }) }) })
  await assert.rejects(async () => other.judge(request), /another scope/)
})

test('an unknown access key ID is told as such, also where its signature would be wrong', async () => {
  const { error, key } = await refusal(signed(plain('GET', '/b'), 's3', {}, { ...wrongly, accessKeyId: 'AKIAUNKNOWNOFEXAMPLE' }))
  assert.equal(error.code, 'InvalidAccessKeyId')
  assert.equal(key, undefined)
})

test('requests beyond the limits are refused', async () => {
  const small = { headerBytes: 1000, headerCount: 10, targetBytes: 100, queryParameterCount: 3, wholeBodyBytes: 4 }
  const sized = async (request: ReturnType<typeof plain>, service: string) =>
    (await refusal(signed(request, service), { limits: small })).answer.status
  assert.equal(await sized(plain('GET', `/${'a'.repeat(200)}`), 's3'), 414)
  assert.equal(await sized(plain('GET', '/?a&b&c&d'), 's3'), 414)
  assert.equal(await sized(plain('GET', '/', '', [['X-A', 'b'.repeat(1000)]]), 's3'), 400)
  assert.equal(await sized(plain('GET', '/', '', [['X-A', 'b'.repeat(1000)]]), 'sts'), 431)
  assert.equal(
    await sized(
      plain(
        'GET',
        '/',
        '',
        Array.from({ length: 11 }, (_, i) => [`X-${i}`, ''] as const),
      ),
      's3',
    ),
    400,
  )
  assert.equal(await sized(plain('POST', '/', 'large'), 'sts'), 413)
  const many = { limits: { signedHeaderCount: 3 } }
  assert.equal(
    (
      await refusal(
        signed(
          plain('GET', '/', '', [
            ['X-Amz-A', ''],
            ['X-Amz-B', ''],
          ]),
          's3',
        ),
        many,
      )
    ).answer.status,
    400,
  )
})

test('a replayed signature is refused where a guard says so, a presigned one is not', async () => {
  const verifier = verifierWith({ replay: replayGuard({ signatures: 10 }) })
  const request = signed(plain('GET', '/b'), 's3')
  assert.ok((await verifier.judge(request)).ok)
  assert.equal((await verifier.judge(request)).ok, false)
  const url = presigned(plain('GET', '/b'))
  assert.ok((await verifier.judge(url)).ok)
  assert.ok((await verifier.judge(url)).ok)
})

test('a full guard refuses what is new rather than forget what is good', () => {
  const guard = replayGuard({ signatures: 2 })
  assert.equal(guard.firstUse('a', 1000, 0), true)
  assert.equal(guard.firstUse('b', 5000, 0), true)
  assert.equal(guard.firstUse('c', 5000, 0), false)
  assert.equal(guard.firstUse('b', 5000, 2000), false)
  assert.equal(guard.firstUse('c', 5000, 2000), true)
})

test('failures of an access key ID are throttled within their window', async () => {
  let now = NOW
  const verifier = verifierWith({ clock: () => now, throttle: failureThrottle({ failures: 2, windowSeconds: 60 }) })
  const wrong = signed(plain('GET', '/b'), 's3', {}, wrongly)
  const codes: string[] = []
  for (let i = 0; i < 3; i++) {
    const outcome = await verifier.judge(wrong)
    codes.push(outcome.ok ? 'ok' : outcome.refused.error.code)
  }
  assert.deepEqual(codes, ['SignatureDoesNotMatch', 'SignatureDoesNotMatch', 'SlowDown'])
  now += 60_000
  assert.ok((await verifier.judge(signed(plain('GET', '/b'), 's3'))).ok)
})

test('the operator hears of each request once, and finds refusals by the ID that the caller got', async () => {
  const events: AuditEvent[] = []
  const log = refusalLog(2)
  const verifier = verifierWith({ onEvent: (event) => events.push(event), onRefusal: log.add })
  await verifier.judge(signed(plain('GET', '/b'), 's3'))
  const outcome = await verifier.judge(signed(plain('POST', '/', 'x'), 'sts', {}, wrongly))
  assert.ok(!outcome.ok)
  const id = outcome.refused.answer.headers.find(([name]) => name === 'x-amzn-RequestId')![1]
  assert.equal(log.get(id)?.error.check, 'signature')
  assert.deepEqual(
    events.map(({ code, check, awsCode, status, service, by }) => ({ code, check, awsCode, status, service, by })),
    [
      { code: 'accepted', check: undefined, awsCode: undefined, status: 200, service: 's3', by: 'header' },
      { code: 'refused', check: 'signature', awsCode: 'SignatureDoesNotMatch', status: 403, service: 'sts', by: 'header' },
    ],
  )
  for (let i = 0; i < 2; i++) await verifier.judge(plain('GET', '/'))
  assert.equal(log.get(id), undefined)
})

test('the first body bytes are not asked for where the head is refused', async () => {
  const door = await verifierWith().open(signed(plain('PUT', '/b/k', 'body'), 's3', {}, wrongly))
  assert.equal(door.ok, false)
  const late = await verifierWith().open(signed(plain('POST', '/', 'Action=A'), 'sts', { now: NOW - 3_600_000 }))
  assert.equal(late.ok, false)
})

test('an unsigned request is refused in the words of the service it seems to be for', async () => {
  assert.equal((await refusal(plain('GET', '/b'))).error.code, 'AccessDenied')
  assert.equal(
    (await refusal(plain('POST', '/', 'Action=A', [['Content-Type', 'application/x-www-form-urlencoded']]))).error.code,
    'MissingAuthenticationToken',
  )
  assert.match(
    (await refusal(plain('POST', '/', '{}', [['X-Amz-Target', 'DynamoDB_20120810.ListTables']]))).answer.body,
    /MissingAuthenticationTokenException/,
  )
  assert.match(
    (await refusal(plain('GET', '/', '', [], 'a1b2.execute-api.eu-west-1.amazonaws.com'))).answer.body,
    /^\{"message":"Missing Authentication Token"\}$/,
  )
})

test('the sessions of S3 Express, whose token has a name of its own', async () => {
  const session = { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: SECRET, s3SessionToken: 'session-of-an-EXAMPLE' }
  const credentials = credentialsOf({ ASIAIOSFODNN7EXAMPLE: { key: SECRET, sessionToken: 'session-of-an-EXAMPLE' } })
  const request = signed(
    plain('GET', '/key', '', [], 'bucket--euw1-az1--x-s3.s3express-euw1-az1.eu-west-1.amazonaws.com'),
    's3express',
    {},
    session,
  )
  assert.ok(request.headers.some(([name]) => name === 'X-Amz-S3session-Token'))
  assert.match(request.headers.at(-1)![1], /x-amz-s3session-token/)
  assert.ok((await verifierWith({ credentials }).judge(request)).ok)
  const other = {
    ...request,
    headers: request.headers.map(([name, value]) => [name, name === 'X-Amz-S3session-Token' ? 'x' : value] as const),
  }
  assert.equal((await refusal(other, { credentials })).error.code, 'InvalidToken')
})

test('Signature Version 2 in a form is told from no signature at all', async () => {
  const form = 'Action=GetUser&AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&SignatureVersion=2&SignatureMethod=HmacSHA256&Signature=x%3D'
  const request = plain('POST', '/', form, [['Content-Type', 'application/x-www-form-urlencoded']], 'iam.amazonaws.com')
  const { error } = await refusal(request)
  assert.notEqual(error.code, 'MissingAuthenticationToken')
  assert.match(error.message, /Version 2/)
  assert.equal((await refusal({ ...request, body: bytesOf('Action=GetUser') })).error.code, 'MissingAuthenticationToken')
})
