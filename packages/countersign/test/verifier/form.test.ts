/** Browsers' uploads at the verifier's door. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openFrontDoor } from '../../src/server/index.ts'
import { bytesOf } from '../../src/sigv4/byte-string.ts'
import { signPostPolicy } from '../../src/sigv4/post-policy.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { type AuditEvent, createVerifier, credentialsOf } from '../../src/verifier/index.ts'
import { CREDENTIALS, KEY_ID, NOW, plain, SECRET } from '../support/signed.ts'

const events: AuditEvent[] = []
const store = credentialsOf({ [KEY_ID]: { key: SECRET } })
const verifier = createVerifier({
  credentials: store,
  clock: () => NOW,
  onEvent: (one) => events.push(one),
  limits: { wholeBodyBytes: 5000 },
})
const CONDITIONS = [{ bucket: 'bucket' }, ['starts-with', '$key', 'up/'], ['content-length-range', 1, 2000]]

function fieldsOf(credentials = CREDENTIALS, key = `up/$\{filename}`): [string, string][] {
  const policy = { expiration: NOW + 60_000, conditions: CONDITIONS }
  const signed = signPostPolicy(policy, credentials, { now: NOW, region: 'eu-west-1' })
  return [['key', key], ...signed.map(({ name, value }): [string, string] => [name, value])]
}

function upload(fields: readonly (readonly [string, string])[], file: string) {
  const parts = fields.map(([name, value]) => `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
  const last = `--B\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n${file}\r\n--B--\r\n`
  const request = plain('POST', '/bucket', '', [['Content-Type', 'multipart/form-data; boundary=B']])
  return { ...request, body: bytesOf(parts.join('') + last) }
}

test('a form whose policy is right is accepted, with its key, its fields and its file', async () => {
  const outcome = await verifier.judge(upload(fieldsOf(), 'content'))
  assert.ok(outcome.ok, JSON.stringify(outcome))
  assert.equal(Buffer.concat(outcome.pieces).toString(), 'content')
  assert.equal(outcome.form?.bucket, 'bucket')
  assert.equal(outcome.form?.key, 'up/a.txt')
  assert.equal(outcome.form?.fileType, 'text/plain')
  assert.equal(outcome.caller.accessKeyId, KEY_ID)
  assert.equal(events.at(-1)?.by, 'form')
})

test('what else it may be is refused as S3 does', async () => {
  const wrong = { accessKeyId: KEY_ID, secretAccessKey: new SecretAccessKey('another secret of an EXAMPLE') }
  const unknown = { accessKeyId: 'AKIAUNKNOWNOFEXAMPLE', secretAccessKey: SECRET }
  const refused: readonly (readonly [string, ReturnType<typeof upload>, string])[] = [
    ['another secret', upload(fieldsOf(wrong), 'c'), 'SignatureDoesNotMatch'],
    ['an unknown key', upload(fieldsOf(unknown), 'c'), 'InvalidAccessKeyId'],
    ['another key than the policy lets', upload(fieldsOf(CREDENTIALS, 'down/x'), 'c'), 'AccessDenied'],
    ['a file that is too long', upload(fieldsOf(), 'c'.repeat(3000)), 'EntityTooLarge'],
    ['a file that is too short', upload(fieldsOf(), ''), 'EntityTooSmall'],
    ['a file beyond the limit', upload(fieldsOf(), 'c'.repeat(6000)), 'EntityTooLarge'],
    ['nobody', upload([['key', 'up/x']], 'c'), 'AccessDenied'],
    ['no form', { ...upload(fieldsOf(), 'c'), body: bytesOf('nothing') }, 'MalformedPOSTRequest'],
  ]
  for (const [name, request, code] of refused) {
    const outcome = await verifier.judge(request)
    assert.equal(outcome.ok ? 'ok' : outcome.refused.error.code, code, name)
  }
})

test('the front door keeps the file', async () => {
  const door = await openFrontDoor({ port: 0, credentials: store, clock: () => NOW })
  const form = new FormData()
  for (const [name, value] of fieldsOf()) form.append(name, value)
  form.append('file', new Blob(['content'], { type: 'text/plain' }), 'a.txt')
  const response = await fetch(`${door.url}/bucket`, { method: 'POST', body: form })
  assert.equal(response.status, 204, await response.text())
  assert.match(response.headers.get('etag') ?? '', /^"[0-9a-f]{32}"$/)
  await door.close()
})
