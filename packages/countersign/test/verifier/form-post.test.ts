/** Each fault of a browser's POST upload at the verifier's door, by the check that refuses it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byteString } from '../../src/sigv4/byte-string.ts'
import { type FormField, type HttpRequest, SecretAccessKey, signPostPolicy } from '../../src/sigv4/index.ts'
import { type AuditEvent, createVerifier, credentialsOf, type RefusedRequest } from '../../src/verifier/index.ts'
import { CREDENTIALS, KEY_ID, NOW, SECRET } from '../support/signed.ts'

const CONDITIONS = [
  { bucket: 'uploads' },
  ['starts-with', '$key', 'in/'],
  ['starts-with', '$Content-Type', 'text/'],
  ['content-length-range', 1, 10],
]
const OWN: readonly FormField[] = [
  { name: 'key', value: 'in/$\u007bfilename}' },
  { name: 'Content-Type', value: 'text/plain' },
]

function policyFields(conditions: readonly unknown[] = CONDITIONS, credentials = CREDENTIALS): readonly FormField[] {
  return signPostPolicy({ expiration: NOW + 60_000, conditions }, credentials, { now: NOW, region: 'eu-west-1' })
}

function post(fields: readonly FormField[], file = 'hello', target = '/uploads', host = 'localhost:9000'): HttpRequest {
  const parts = fields.map(({ name, value }) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
  const after = '--b\r\nContent-Disposition: form-data; name="acl"\r\n\r\npublic-read\r\n--b--\r\n'
  const text = `${parts.join('')}--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/x\r\n\r\n${file}\r\n${after}`
  const headers = [
    ['Host', host],
    ['Content-Type', 'multipart/form-data; boundary=b'],
  ] as const
  return { method: 'POST', target, headers, body: Buffer.from(text, 'latin1') }
}

function door(options: object = {}) {
  return createVerifier({
    credentials: credentialsOf({ [KEY_ID]: { key: SECRET, principal: 'alice' } }),
    clock: () => NOW,
    services: ['s3'],
    regions: ['eu-west-1'],
    ...options,
  })
}

async function codeOf(request: HttpRequest, options: object = {}): Promise<string> {
  const outcome = await door(options).judge(request)
  return outcome.ok ? 'ok' : `${outcome.refused.error.code} ${outcome.refused.error.check}`
}

test('a form that meets its policy is accepted: its file is the body, its fields come with it', async () => {
  const outcome = await door().judge(post([...OWN, ...policyFields()]))
  assert.ok(outcome.ok)
  assert.equal(outcome.pieces.map(byteString).join(''), 'hello')
  const { form } = outcome
  const { accessKeyId, principal } = outcome.caller
  assert.deepEqual(
    [accessKeyId, principal, form?.bucket, form?.key, form?.fileName, form?.fileType],
    [KEY_ID, 'alice', 'uploads', 'in/a.txt', 'a.txt', 'text/x'],
  )
  assert.equal(form?.fields.get('content-type'), 'text/plain')
  assert.equal(form?.fields.has('acl'), false)
  assert.equal(await codeOf(post([...OWN, ...policyFields()], 'hello', '/', 'uploads.s3.eu-west-1.amazonaws.com')), 'ok')
})

test("each fault is refused at its check, in S3's own shape", async () => {
  const form = [...OWN, ...policyFields()]
  assert.equal(await codeOf(post(form, 'hello', '/other')), 'AccessDenied policy-conditions')
  assert.equal(await codeOf(post(form, 'hello world')), 'EntityTooLarge form')
  assert.equal(await codeOf(post(form, '')), 'EntityTooSmall form')
  assert.equal(await codeOf(post([...form, { name: 'acl', value: 'private' }])), 'AccessDenied extra-fields')
  assert.equal(
    await codeOf(post(form.map((field) => (field.name === 'policy' ? { ...field, value: `${field.value}=` } : field)))),
    'SignatureDoesNotMatch signature',
  )
  assert.equal(
    await codeOf(post([...OWN, ...policyFields(CONDITIONS, { ...CREDENTIALS, accessKeyId: 'AKIDEXAMPLE' })])),
    'InvalidAccessKeyId access-key',
  )
  assert.equal(
    await codeOf(
      post([...OWN, ...policyFields(CONDITIONS, { ...CREDENTIALS, secretAccessKey: new SecretAccessKey('anotherEXAMPLEsecret') })]),
    ),
    'SignatureDoesNotMatch signature',
  )
  assert.equal(await codeOf(post(OWN)), 'AccessDenied mechanism')
  assert.equal(await codeOf(post([...OWN, ...policyFields().filter(({ name }) => name !== 'policy')])), 'InvalidArgument form-fields')
  assert.equal(await codeOf(post(form), { regions: ['us-east-1'] }), 'InvalidArgument region')
  assert.equal(await codeOf({ ...post(form), body: Buffer.from('no form') }), 'MalformedPOSTRequest form')
  assert.equal(await codeOf(post([{ name: 'x-ignore-a', value: 'a'.repeat(30_000) }, ...form])), 'MaxPostPreDataLengthExceeded form')
  assert.equal(await codeOf(post(form, 'x'.repeat(3000)), { limits: { wholeBodyBytes: 2000 } }), 'EntityTooLarge form')
  const temporary = { [KEY_ID]: { key: SECRET, sessionToken: 'EXAMPLE//token==' } }
  assert.equal(await codeOf(post(form), { credentials: credentialsOf(temporary) }), 'InvalidAccessKeyId access-key')
  const withToken = policyFields(CONDITIONS, { ...CREDENTIALS, sessionToken: 'EXAMPLE//token==' } as never)
  assert.equal(await codeOf(post([...OWN, ...withToken]), { credentials: credentialsOf(temporary) }), 'ok')
  assert.equal(await codeOf(post([...OWN, ...withToken])), 'InvalidToken unexpected-token')
})

test('operator and log hear of it once, with the check and the place', async () => {
  const events: AuditEvent[] = []
  const refusals: RefusedRequest[] = []
  const options = { onEvent: (event: AuditEvent) => events.push(event), onRefusal: (one: RefusedRequest) => refusals.push(one) }
  await codeOf(post([...OWN, ...policyFields()]), options)
  await codeOf(post([...OWN, ...policyFields()], 'hello', '/other'), options)
  assert.deepEqual(
    events.map(({ code, by, accessKeyId, check }) => [code, by, accessKeyId, check]),
    [
      ['accepted', 'form', KEY_ID, undefined],
      ['refused', 'form', KEY_ID, 'policy-conditions'],
    ],
  )
  assert.equal(refusals.length, 1)
  assert.match(
    refusals[0]!.answer.body,
    /<Code>AccessDenied<\/Code><Message>Invalid according to Policy: Policy Condition failed: \[&quot;eq&quot;, &quot;\$bucket&quot;|<Message>Invalid according to Policy: Policy Condition failed: \["eq", "\$bucket"/,
  )
})

test('a key that is sent twice has to meet the policy both times', async () => {
  const other = { name: 'Key', value: 'out/$\u007bfilename}' }
  assert.equal(await codeOf(post([...OWN, other, ...policyFields()])), 'AccessDenied policy-conditions')
  assert.equal(await codeOf(post([...OWN, { name: 'key', value: 'in/b' }, ...policyFields()])), 'ok')
})

test('a form is judged when its file begins: who has no right to send it is refused before the file has come', async () => {
  const head = (fields: readonly FormField[]) => {
    const whole = Buffer.from(post(fields).body!)
    return whole.subarray(0, whole.indexOf('hello'))
  }
  for (const [fields, refused] of [
    [OWN, true],
    [[...OWN, ...policyFields(CONDITIONS, { ...CREDENTIALS, secretAccessKey: new SecretAccessKey('another EXAMPLE secret') })], true],
    [[...OWN, ...policyFields()], false],
  ] as const) {
    const opened = await door().open(post(fields))
    assert.ok(opened.ok)
    opened.body.push(head(fields))
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(opened.body.refused !== undefined, refused)
    assert.deepEqual(opened.body.push(Buffer.alloc(100, 'x')), [])
    assert.equal((await opened.body.end()).ok, false)
  }
})

test('a form is refused once, and a credential store that fails at a form is told of at its end', async () => {
  const refusals: RefusedRequest[] = []
  const fields = [...OWN, ...policyFields(CONDITIONS, { ...CREDENTIALS, secretAccessKey: new SecretAccessKey('another EXAMPLE secret') })]
  const slow = () => new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 20))
  const opened = await door({
    credentials: slow,
    limits: { wholeBodyBytes: 3 },
    onRefusal: (one: RefusedRequest) => refusals.push(one),
  }).open(post(fields))
  assert.ok(opened.ok)
  opened.body.push(post(fields).body!)
  assert.equal((await opened.body.end()).ok, false)
  assert.deepEqual(
    refusals.map(({ error }) => error.code),
    ['EntityTooLarge'],
  )
  const failing = () => Promise.reject(new Error('no store'))
  await assert.rejects(async () => door({ credentials: failing }).judge(post(fields)), /no store/)
})
