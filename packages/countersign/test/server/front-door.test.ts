/** The stand-in of AWS's front door: what right requests get, and what the operator hears of wrong ones. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Diagnosis } from '../../src/diagnosis/finding.ts'
import { type FrontDoorOptions, openFrontDoor } from '../../src/server/index.ts'
import { signPostPolicy } from '../../src/sigv4/post-policy.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import { credentialsOf, type RefusedRequest } from '../../src/verifier/index.ts'
import { CREDENTIALS, KEY_ID, NOW, plain, SECRET, signed } from '../support/signed.ts'

async function door(options: Partial<FrontDoorOptions> = {}) {
  const opened = await openFrontDoor({
    port: 0,
    credentials: credentialsOf({ [KEY_ID]: { key: SECRET, principal: 'alice' } }),
    clock: () => NOW,
    ...options,
  })
  const host = opened.url.slice('http://'.length)
  const send = async (
    method: string,
    target: string,
    body = '',
    service = 's3',
    headers: readonly (readonly [string, string])[] = [],
    secret = SECRET,
  ) => {
    const request = signed(plain(method, target, body, headers, host), service, {}, { accessKeyId: KEY_ID, secretAccessKey: secret })
    const bare = request.headers.filter(([name]) => !/^(?:host|content-length)$/i.test(name)) as [string, string][]
    const response = await fetch(`${opened.url}${target}`, { method, headers: bare, ...(body === '' ? {} : { body }) })
    return { status: response.status, text: await response.text(), headers: response.headers }
  }
  return { ...opened, send }
}

test('S3: buckets and small objects, with their metadata', async () => {
  const { send, close } = await door()
  assert.equal((await send('GET', '/nowhere/k')).status, 404)
  assert.equal((await send('PUT', '/bucket')).status, 200)
  assert.equal(
    (
      await send('PUT', '/bucket/a%20b%2Fc', 'body', 's3', [
        ['x-amz-meta-note', 'n'],
        ['content-type', 'text/plain'],
      ])
    ).status,
    200,
  )
  const got = await send('GET', '/bucket/a%20b%2Fc')
  assert.equal(got.text, 'body')
  assert.equal(got.headers.get('x-amz-meta-note'), 'n')
  assert.equal(got.headers.get('etag'), '"841a2d689ad86bd1611447453c22c6fc"')
  assert.equal((await send('GET', '/bucket/a%20b%2Fc', '', 's3', [['range', 'bytes=1-2']])).text, 'od')
  assert.equal((await send('HEAD', '/bucket/a%20b%2Fc')).headers.get('content-length'), '4')
  assert.match((await send('GET', '/bucket?list-type=2&prefix=a')).text, /<Key>a b\/c<\/Key>/)
  assert.match((await send('GET', '/')).text, /<Bucket><Name>bucket<\/Name>/)
  assert.equal((await send('DELETE', '/bucket')).status, 409)
  assert.equal((await send('DELETE', '/bucket/a%20b%2Fc')).status, 204)
  assert.match((await send('GET', '/bucket/a%20b%2Fc')).text, /NoSuchKey/)
  await close()
})

test('S3: an upload in parts', async () => {
  const { send, close } = await door()
  const id = /<UploadId>([^<]+)</.exec((await send('POST', '/bucket/big?uploads=')).text)![1]
  await send('PUT', `/bucket/big?partNumber=2&uploadId=${id}`, 'second')
  await send('PUT', `/bucket/big?partNumber=1&uploadId=${id}`, 'first ')
  assert.match((await send('POST', `/bucket/big?uploadId=${id}`, '<CompleteMultipartUpload/>')).text, /CompleteMultipartUploadResult/)
  assert.equal((await send('GET', '/bucket/big')).text, 'first second')
  await close()
})

test('the oldest objects go when there are too many bytes', async () => {
  const { send, close } = await door({ objectBytes: 10 })
  await send('PUT', '/b/one', '123456')
  await send('PUT', '/b/two', '123456')
  assert.equal((await send('GET', '/b/one')).status, 404)
  assert.equal((await send('GET', '/b/two')).status, 200)
  await close()
})

test('STS tells who it is; other services get an echo', async () => {
  const { send, close } = await door()
  const form = [['content-type', 'application/x-www-form-urlencoded']] as const
  const identity = await send('POST', '/', 'Action=GetCallerIdentity&Version=2011-06-15', 'sts', form)
  assert.match(identity.text, /<Arn>arn:aws:iam::123456789012:user\/alice<\/Arn>/)
  assert.match((await send('POST', '/', 'Action=ListTopics', 'sns', form)).text, /<ListTopicsResponse xmlns="http:\/\/sns/)
  assert.equal(
    JSON.parse((await send('POST', '/', '{}', 'dynamodb', [['x-amz-target', 'DynamoDB_20120810.ListTables']])).text).verified,
    true,
  )
  await close()
})

test('the operator gets the diagnosis, the caller does not', async () => {
  const diagnosed: [RefusedRequest, Diagnosis][] = []
  const { send, close } = await door({ onDiagnosis: (...one) => diagnosed.push(one), patience: { closingSeconds: 60 } })
  const text = (await send('GET', '/bucket/k', '', 's3', [], new SecretAccessKey(`${SECRET.dangerValue()}\n`))).text
  await close()
  assert.match(text, /<Code>SignatureDoesNotMatch<\/Code>/)
  assert.doesNotMatch(text, /line feed|newline|countersign/i)
  const [refused, diagnosis] = diagnosed[0]!
  assert.equal(refused.error.code, 'SignatureDoesNotMatch')
  assert.equal(diagnosis.findings[0]?.causes[0], 'secret-has-newline')
  assert.equal(diagnosis.findings[0]?.proof.level, 'signature')
})

test('shutting down finishes what has begun', async () => {
  let [begun, release] = [0, () => {}]
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const { send, close } = await door({
    credentials: async () => {
      begun++
      await held
      return { key: SECRET }
    },
  })
  const pending = Promise.all(Array.from({ length: 20 }, (_, i) => send('PUT', `/b/${i}`, 'x'.repeat(1000))))
  while (begun < 20) await new Promise((resolve) => setTimeout(resolve, 5))
  const closed = close()
  release()
  for (const { status } of await pending) assert.equal(status, 200)
  await closed
})

test('what a form may hold and no header can does not stand in the way of its object', async () => {
  const { send, close, url } = await door()
  const own = [
    { name: 'key', value: 'k' },
    { name: 'x-amz-meta-a', value: 'x\r\nSet-Cookie: y' },
    { name: 'x-amz-meta-b c', value: 'x' },
    { name: 'x-amz-meta-d', value: 'kept' },
  ]
  const conditions = [{ bucket: 'bucket' }, ...own.map(({ name }) => ['starts-with', `$${name}`, ''])]
  const policy = signPostPolicy({ expiration: NOW + 60_000, conditions }, CREDENTIALS, { now: NOW, region: 'eu-west-1' })
  const parts = [...own, ...policy].map(({ name, value }) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
  const file = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\nContent-Type: te\0xt\r\n\r\nbody\r\n--b--\r\n'
  const headers = { 'content-type': 'multipart/form-data; boundary=b' }
  assert.equal((await fetch(`${url}/bucket`, { method: 'POST', headers, body: parts.join('') + file })).status, 204)
  const got = await send('GET', '/bucket/k')
  assert.equal(got.text, 'body')
  assert.deepEqual(
    [...got.headers.keys()].filter((name) => name.startsWith('x-amz-meta-') || name.startsWith('content-type')),
    ['x-amz-meta-d'],
  )
  await close()
})

test('an answer that cannot be sent is a failure of the stand-in, told to both sides', async () => {
  const errors: unknown[] = []
  const { send, close } = await door({ onError: (error) => errors.push(error) })
  assert.equal((await send('PUT', '/a%0Ab')).status, 500)
  assert.match(String(errors[0]), /Invalid character in header content/)
  await close()
})
