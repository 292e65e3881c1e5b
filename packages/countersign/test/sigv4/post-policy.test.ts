/** Browsers' POST uploads: policies signed and verified, and what S3 says to what is wrong, in its order. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import {
  credentialScope,
  deriveEcdsaPrivateKey,
  deriveSigningKey,
  ecdsaPublicKeyOf,
  type FormField,
  type FormVerdict,
  fileLengthRefused,
  parsePolicy,
  parseRequestDate,
  S3_FORM_CHECKS,
  SecretAccessKey,
  signPostPolicy,
  verifyPostForm,
} from '../../src/sigv4/index.ts'

const NOW = Date.UTC(2015, 7, 30, 12, 36)
const KEY = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
const CREDENTIALS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: KEY }
const OPTIONS = { now: NOW, region: 'us-east-1', service: 's3', bucket: 'examplebucket' }
const CONDITIONS = [{ bucket: 'examplebucket' }, ['starts-with', '$key', 'user/'], { acl: 'private' }]

function form(conditions: readonly unknown[] = CONDITIONS, own: Record<string, string> = { key: 'user/a', acl: 'private' }): FormField[] {
  const signed = signPostPolicy({ expiration: NOW + 60_000, conditions }, CREDENTIALS, { now: NOW, region: 'us-east-1' })
  return [...Object.entries(own).map(([name, value]) => ({ name, value })), ...signed]
}

/** The fields with some replaced, added or (undefined) left out. */
function withFields(fields: readonly FormField[], changed: Record<string, string | undefined>): FormField[] {
  const kept = fields.filter(({ name }) => !(name in changed))
  return [...kept, ...Object.entries(changed).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]))]
}

function said(fields: readonly FormField[], options: object = {}, key: Parameters<typeof verifyPostForm>[1] = KEY): string {
  const verdict: FormVerdict = verifyPostForm(fields, key, { ...OPTIONS, ...options })
  return verdict.ok
    ? 'ok'
    : `${verdict.error.number} ${verdict.error.check}: ${verdict.error.code} ${verdict.error.status} ${verdict.error.message}`
}

/** A form whose policy is this very text. */
function formOf(policy: string): FormField[] {
  return [{ name: 'key', value: 'k' }, ...signPostPolicy(policy, CREDENTIALS, { now: NOW, region: 'us-east-1' })]
}

describe('signPostPolicy', () => {
  it('makes the fields that verifyPostForm accepts', () => {
    assert.deepEqual(
      form().map(({ name }) => name),
      ['key', 'acl', 'policy', 'x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-signature'],
    )
    assert.equal(said(form()), 'ok')
    const verdict = verifyPostForm(form(), KEY, OPTIONS)
    assert.ok(verdict.ok)
    assert.deepEqual(
      [verdict.accessKeyId, verdict.key, verdict.passed, verdict.contentLength],
      ['AKIAIOSFODNN7EXAMPLE', 'user/a', 17, undefined],
    )
    assert.equal(verdict.fields.get('acl'), 'private')
  })

  it('signs with a signing key, and with a session token, which becomes a field and a condition', () => {
    const signingKey = deriveSigningKey(KEY, credentialScope('20150830', 'us-east-1', 's3'))
    const credentials = { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: signingKey, sessionToken: 'EXAMPLE//token==' }
    const signed = signPostPolicy({ expiration: NOW + 1000, conditions: [{ bucket: 'examplebucket' }, { key: 'k' }] }, credentials, {
      now: NOW,
      region: 'us-east-1',
    })
    const fields = [{ name: 'key', value: 'k' }, ...signed]
    assert.equal(said(fields, { sessionToken: 'EXAMPLE//token==' }, signingKey), 'ok')
    assert.match(said(fields, { sessionToken: 'another' }), /^10 session-token: InvalidToken 400/)
    assert.match(
      said(withFields(fields, { 'x-amz-security-token': undefined }), { sessionToken: 'EXAMPLE//token==' }),
      /^11 access-key: InvalidAccessKeyId/,
    )
  })

  it('refuses what cannot be signed', () => {
    const policy = { expiration: NOW, conditions: [] }
    assert.throws(() => signPostPolicy(policy, CREDENTIALS, { now: NOW, region: 'us/east' }), { code: 'invalid-scope' })
    assert.throws(() => signPostPolicy({ ...policy, expiration: Number.NaN }, CREDENTIALS, { now: NOW, region: 'r' }), {
      code: 'invalid-expires',
    })
    assert.throws(() => signPostPolicy(policy, CREDENTIALS, { now: -1, region: 'r' }), { code: 'invalid-date' })
    assert.throws(() => signPostPolicy(policy, { ...CREDENTIALS, accessKeyId: '' }, { now: NOW, region: 'r' }), {
      code: 'invalid-credentials',
    })
    const privateKey = deriveEcdsaPrivateKey(KEY, 'AKIAIOSFODNN7EXAMPLE')
    assert.throws(() => signPostPolicy(policy, { ...CREDENTIALS, secretAccessKey: privateKey }, { now: NOW, region: 'r' }), {
      code: 'wrong-key-scope',
    })
  })
})

describe('the order of checks of a form', () => {
  it('is that of the table', () =>
    assert.deepEqual(
      S3_FORM_CHECKS.map(({ id }) => id).join(' '),
      'mechanism form-fields algorithm request-date credential-parts service terminator scope-date-format region session-token access-key signature unexpected-token policy-document policy-expired policy-conditions extra-fields',
    ))

  /** Each fault with its refusal; together with every fault further down, the upper one is named. */
  const faults: readonly (readonly [changed: Record<string, string | undefined>, refusal: RegExp])[] = [
    [
      { 'x-amz-date': undefined },
      /^2 form-fields: InvalidArgument 400 Bucket POST must contain a field named 'x-amz-date'\. {2}If it is specified, please check the order of the fields\.$/,
    ],
    [{ 'x-amz-algorithm': 'AWS4-HMAC-SHA512' }, /^3 algorithm: InvalidArgument 400 Only AWS4-HMAC-SHA256 is supported$/],
    [{ 'x-amz-date': '2015-08-30T12:36:00Z' }, /^4 request-date: InvalidArgument 400 X-Amz-Date must be formated via ISO8601 Long format$/],
    [
      { 'x-amz-credential': 'AKIAIOSFODNN7EXAMPLE/20150830/s3' },
      /^5 credential-parts: InvalidArgument 400 the Credential is mal-formed; expecting "<YOUR-AKID>\/YYYYMMDD\/REGION\/SERVICE\/aws4_request"\.$/,
    ],
    [
      { 'x-amz-credential': 'AKIAIOSFODNN7EXAMPLE/20150830/us-east-1/sts/aws4_request' },
      /^6 service: InvalidArgument 400 incorrect service "sts"\. This endpoint belongs to "s3"\.$/,
    ],
    [
      { 'x-amz-credential': 'AKIAIOSFODNN7EXAMPLE/20150830/us-east-1/s3/aws4' },
      /^7 terminator: InvalidArgument 400 incorrect terminal "aws4"/,
    ],
    [
      { 'x-amz-credential': 'AKIAIOSFODNN7EXAMPLE/2015/us-east-1/s3/aws4_request' },
      /^8 scope-date-format: InvalidArgument 400 incorrect date format "2015"/,
    ],
    [
      { 'x-amz-credential': 'AKIAIOSFODNN7EXAMPLE/20150830/eu-west-1/s3/aws4_request' },
      /^9 region: InvalidArgument 400 the region 'eu-west-1' is wrong; expecting 'us-east-1'$/,
    ],
    [{ 'x-amz-signature': 'zz' }, /^12 signature: SignatureDoesNotMatch 403/],
  ]
  for (const [changed, refusal] of faults) {
    it(`${Object.keys(changed)}: ${refusal.source.slice(1, 30)}`, () => {
      assert.match(said(withFields(form(), changed)), refusal)
      const late = formOf('nothing')
      const worst = withFields([...late, { name: 'extra', value: '1' }], { 'x-amz-signature': '00', ...changed })
      assert.match(said(worst, { now: NOW + 1e9 }), refusal)
    })
  }

  it('names what was argued about', () => {
    const verdict = verifyPostForm(withFields(form(), { 'x-amz-credential': 'A/20150830/eu-west-1/s3/aws4_request' }), KEY, OPTIONS)
    assert.ok(!verdict.ok)
    assert.deepEqual(verdict.error.extra, [
      ['ArgumentName', 'X-Amz-Credential'],
      ['ArgumentValue', 'A/20150830/eu-west-1/s3/aws4_request'],
      ['Region', 'us-east-1'],
    ])
    const missing = verifyPostForm([{ name: 'policy', value: '' }], KEY, OPTIONS)
    assert.deepEqual(missing.ok ? [] : missing.error.extra, [
      ['ArgumentName', 'key'],
      ['ArgumentValue', ''],
    ])
    const wrong = verifyPostForm(withFields(form(), { 'x-amz-signature': 'zz' }), KEY, OPTIONS)
    assert.deepEqual(wrong.ok ? [] : wrong.error.extra.map(([name]) => name), [
      'AWSAccessKeyId',
      'StringToSign',
      'SignatureProvided',
      'StringToSignBytes',
    ])
  })

  it('knows the access key ID before the signature, and the policy only after it', () => {
    assert.match(said(formOf('no json'), { accessKeyIdKnown: false }), /^11 access-key: InvalidAccessKeyId 403/)
    assert.match(said(withFields(formOf('no json'), { 'x-amz-signature': '00' })), /^12 signature/)
    assert.match(said(formOf('no json')), /^14 policy-document: InvalidPolicyDocument 400 Invalid Policy: Invalid JSON\.$/)
    assert.match(
      said(form(CONDITIONS, { key: 'x', extra: '1' }), { now: NOW + 60_000 }),
      /^15 policy-expired: AccessDenied 403 Invalid according to Policy: Policy expired\.$/,
    )
    assert.equal(said(form(CONDITIONS), { now: NOW + 59_999 }), 'ok')
    assert.match(
      said(form(CONDITIONS, { key: 'x', acl: 'private', extra: '1' })),
      /^16 policy-conditions: AccessDenied 403 Invalid according to Policy: Policy Condition failed: \["starts-with", "\$key", "user\/"\]$/,
    )
    assert.match(
      said(form(CONDITIONS, { key: 'user/a', acl: 'private', Extra: '1' })),
      /^17 extra-fields: AccessDenied 403 Invalid according to Policy: Extra input fields: Extra$/,
    )
  })

  it('refuses Signature Version 2, and a key that is of no use for a policy', () => {
    const old = [
      { name: 'key', value: 'k' },
      { name: 'AWSAccessKeyId', value: 'AKIAIOSFODNN7EXAMPLE' },
      { name: 'policy', value: 'e30=' },
      { name: 'signature', value: 'x=' },
    ]
    assert.equal(
      said(old),
      '1 mechanism: InvalidRequest 400 The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    )
    const publicKey = ecdsaPublicKeyOf(deriveEcdsaPrivateKey(KEY, 'AKIAIOSFODNN7EXAMPLE'))
    assert.match(said(form(), {}, publicKey), /^3 algorithm/)
    const ecdsa = { 'x-amz-algorithm': 'AWS4-ECDSA-P256-SHA256', 'x-amz-credential': 'AKIAIOSFODNN7EXAMPLE/20150830/s3/aws4_request' }
    assert.match(said(withFields(form(), ecdsa)), /^3 algorithm/)
  })
})

describe('conditions', () => {
  const met = (conditions: readonly unknown[], own: Record<string, string>, options: object = {}): string =>
    said(form(conditions, own), options)
  it('hold the bucket that the form was sent to, whatever its field says', () => {
    assert.match(
      met([{ bucket: 'another' }, { key: 'k' }], { key: 'k', bucket: 'another' }),
      /Policy Condition failed: \["eq", "\$bucket", "another"\]$/,
    )
    assert.equal(met([{ bucket: 'examplebucket' }, { key: 'k' }], { key: 'k', bucket: 'another' }), 'ok')
  })

  it('hold every copy of a field that was sent twice', () => {
    const twice = [...form([{ key: 'k' }, { acl: 'private' }], { key: 'k', acl: 'private' }), { name: 'ACL', value: 'public-read' }]
    assert.match(said(twice), /Policy Condition failed: \["eq", "\$acl", "private"\]$/)
    const keys = [...form([{ key: 'k' }], { key: 'k' }), { name: 'Key', value: 'other' }]
    assert.match(said(keys), /Policy Condition failed: \["eq", "\$key", "k"\]$/)
  })

  it('take a field that is not there for empty', () => {
    assert.equal(met([{ key: 'k' }, ['starts-with', '$x-amz-meta-a', '']], { key: 'k' }), 'ok')
    assert.match(met([{ key: 'k' }, { 'x-amz-meta-a': '1' }], { key: 'k' }), /Policy Condition failed/)
  })

  it('want each of a list of content types to begin so, and no other list', () => {
    const image = [{ key: 'k' }, ['starts-with', '$Content-Type', 'image/'], ['starts-with', '$x-amz-meta-a', 'a']]
    assert.equal(met(image, { key: 'k', 'Content-Type': 'image/png,image/gif', 'x-amz-meta-a': 'a,b' }), 'ok')
    assert.match(met(image, { key: 'k', 'Content-Type': 'image/png,text/html', 'x-amz-meta-a': 'a' }), /Content-Type/)
  })

  it('bound the length of the file', () => {
    const verdict = verifyPostForm(
      form([{ key: 'k' }, ['content-length-range', 2, 10], ['content-length-range', '1', '8']], { key: 'k' }),
      KEY,
      OPTIONS,
    )
    assert.ok(verdict.ok)
    assert.deepEqual(verdict.contentLength, { least: 2, most: 8 })
    assert.equal(
      fileLengthRefused(2, verdict.contentLength) ?? fileLengthRefused(8, verdict.contentLength) ?? fileLengthRefused(1e9, undefined),
      undefined,
    )
    assert.deepEqual(
      [fileLengthRefused(9, verdict.contentLength)?.code, fileLengthRefused(1, verdict.contentLength)?.code],
      ['EntityTooLarge', 'EntityTooSmall'],
    )
  })
})

describe('policy documents', () => {
  const E = '"expiration": "2015-08-30T13:00:00Z"'
  for (const [text, fault] of [
    ['[1]', 'Invalid JSON.'],
    ['{', 'Invalid JSON.'],
    [`{${E}, "conditions": [], "other": 1}`, 'Unexpected: "other"'],
    ['{"conditions": []}', 'Policy missing expiration.'],
    ['{"expiration": "tomorrow", "conditions": []}', `Invalid 'expiration' value: 'tomorrow'`],
    ['{"expiration": 5, "conditions": []}', `Invalid 'expiration' value: '5'`],
    ['{"expiration": "2015-02-30T13:00:00Z", "conditions": []}', `Invalid 'expiration' value: '2015-02-30T13:00:00Z'`],
    [`{${E}}`, 'Policy missing conditions.'],
    [`{${E}, "conditions": {}}`, `Invalid 'conditions' value: must be a List.`],
    [`{${E}, "conditions": ["a"]}`, 'Invalid condition test: must be a List or Object.'],
    [`{${E}, "conditions": [null]}`, 'Invalid condition test: must be a List or Object.'],
    [`{${E}, "conditions": [[]]}`, 'Invalid Condition: missing operation identifier.'],
    [`{${E}, "conditions": [["ends-with", "$key", "a"]]}`, `Invalid Condition: unknown operation 'ends-with'.`],
    [`{${E}, "conditions": [["eq", "$key"]]}`, 'Invalid Eq: wrong number of arguments.'],
    [`{${E}, "conditions": [["content-length-range", 1]]}`, 'Invalid content-length-range: wrong number of arguments.'],
    [`{${E}, "conditions": [["content-length-range", -1, 5]]}`, 'Invalid content-length-range: wrong number of arguments.'],
    [`{${E}, "conditions": [{}]}`, 'Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.'],
    [
      `{${E}, "conditions": [{"a": "1", "b": "2"}]}`,
      'Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.',
    ],
    [`{${E}, "conditions": [{"a": 1}]}`, 'Invalid Simple-Condition: value must be a string.'],
  ] as const) {
    it(fault, () => {
      assert.deepEqual(parsePolicy(Buffer.from(text).toString('base64')), { fault })
      assert.equal(said(formOf(text)), `14 policy-document: InvalidPolicyDocument 400 Invalid Policy: ${fault}`)
    })
  }

  it('are refused where the text is no base64, or empty', () => {
    assert.deepEqual(parsePolicy('e30*'), { fault: 'invalid Base64 encoding.' })
    assert.deepEqual(parsePolicy('e'), { fault: 'invalid Base64 encoding.' })
    assert.deepEqual(parsePolicy(''), { fault: `Expecting '{' but found End-of-Input` })
    assert.deepEqual(parsePolicy(Buffer.from('{"\xff', 'latin1').toString('base64')), { fault: 'Invalid JSON.' })
  })

  it('are read in time that grows with their length, however deep', () => {
    const deep = `{${E}, "conditions": ${'['.repeat(200_000)}`
    assert.deepEqual(parsePolicy(Buffer.from(deep).toString('base64')), { fault: 'Invalid JSON.' })
    assert.ok(
      !(
        'fault' in
        parsePolicy(Buffer.from(`{${E}, "conditions": [${'{"__proto__": "x"},'.repeat(50_000)}["eq", "$a", "b"]]}`).toString('base64'))
      ),
    )
  })
})

interface Vector {
  readonly id: string
  readonly now: string
  readonly region: string
  readonly bucket: string
  readonly fileName: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly policy: string
  readonly fields: [string, string][]
  readonly key: string
  readonly contentLength: [number, number] | null
}

describe('own vectors of forms', () => {
  const { vectors } = JSON.parse(readFileSync(new URL('../vectors/own-form-vectors.json', import.meta.url), 'utf8')) as {
    vectors: Vector[]
  }
  it('are as many as were written', () => assert.equal(vectors.length, 11))
  for (const { id, now, region, bucket, fileName, accessKeyId, secretAccessKey, policy, fields, key, contentLength } of vectors) {
    const secret = new SecretAccessKey(secretAccessKey)
    const sent = fields.map(([name, value]) => ({ name, value }))
    const options = { now: parseRequestDate(now)!, region, service: 's3', bucket, fileName }

    it(`${id}: accepted`, () => {
      const verdict = verifyPostForm(sent, secret, options)
      assert.deepEqual(verdict.ok ? undefined : verdict.error, undefined)
      assert.ok(verdict.ok)
      assert.equal(verdict.key, key)
      assert.deepEqual(verdict.contentLength, contentLength === null ? undefined : { least: contentLength[0], most: contentLength[1] })
    })

    it(`${id}: signed alike`, () => {
      if (id === 'line-break-in-base64') return
      const text = Buffer.from(policy, 'latin1').toString('utf8')
      const ours = signPostPolicy(text, { accessKeyId, secretAccessKey: secret }, { now: options.now, region })
      assert.deepEqual(ours, sent.slice(-5))
    })

    it(`${id}: not accepted with any other character in its policy, and with no other signature`, () => {
      const at = sent.findIndex(({ name }) => name === 'policy')
      for (const change of [
        (text: string) => `${text} `,
        (text: string) => text.replace(/^./, 'f'),
        (text: string) => text.toLowerCase(),
      ]) {
        const changed = sent.map((field, i) => (i === at ? { ...field, value: change(field.value) } : field))
        const verdict = verifyPostForm(changed, secret, options)
        assert.equal(verdict.ok ? 'ok' : verdict.error.check, 'signature')
      }
    })
  }
})
