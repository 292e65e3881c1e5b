/** The stand-in of AWS's front door: what right requests get, and what the operator hears of wrong ones. */
import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'
import { test } from 'node:test'
import type { Diagnosis } from '../../src/diagnosis/finding.ts'
import type { HttpRequest } from '../../src/sigv4/http-request.ts'
import { signPostPolicy } from '../../src/sigv4/post-policy.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import type { RefusedRequest } from '../../src/verifier/index.ts'
import { openedDoor } from '../support/opened-door.ts'
import { rawExchange } from '../support/raw-exchange.ts'
import { CREDENTIALS, NOW, plain, SECRET, signed, wireBytes } from '../support/signed.ts'

test('STS tells who it is; other services get an echo', async () => {
  const { send, close } = await openedDoor()
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
  const { send, close } = await openedDoor({ onDiagnosis: (...one) => diagnosed.push(one), patience: { closingSeconds: 60 } })
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
  const { send, close } = await openedDoor({
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
  const { send, close, url } = await openedDoor()
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
  assert.equal(got.headers.get('content-type'), 'binary/octet-stream')
  assert.deepEqual(
    [...got.headers.keys()].filter((name) => name.startsWith('x-amz-meta-') || name.startsWith('content-type')),
    ['content-type', 'x-amz-meta-d'],
  )
  await close()
})

test('an answer that cannot be made is a failure of the stand-in, told to both sides', async () => {
  const errors: unknown[] = []
  let stopped = false
  const { send, close } = await openedDoor({
    onError: (error) => errors.push(error),
    clock: () => {
      if (stopped) throw new Error('the clock has stopped')
      return NOW
    },
    // The verifier looks at the clock before it asks for the key, the stand-in after that.
    credentials: () => {
      stopped = true
      return { key: SECRET }
    },
  })
  assert.equal((await send('PUT', '/b/k', 'body')).status, 500)
  assert.match(String(errors[0]), /the clock has stopped/)
  await close()
})

/** Sends a request, and resolves to the status of its answer. */
function statusOf(url: string, agent: Agent, { method, target, headers }: HttpRequest): Promise<number> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(url)
    const sent = request({ host: '127.0.0.1', port, agent, method, path: target, headers: Object.fromEntries(headers) }, (answer) => {
      answer.resume()
      answer.once('end', () => resolve(answer.statusCode!))
    })
    sent.once('error', reject)
    sent.end()
  })
}

test('a key with which requests passed on the same connection is not what is wrong with the next; on another, it may be', async () => {
  for (const same of [true, false]) {
    const diagnosed: Diagnosis[] = []
    const { url, close } = await openedDoor({ onDiagnosis: (_, one) => diagnosed.push(one), patience: { closingSeconds: 60 } })
    const agents = [new Agent({ keepAlive: true, maxSockets: 1 }), new Agent({ keepAlive: true, maxSockets: 1 })] as const
    const of = (target: string) => signed(plain('GET', target, '', [], url.slice('http://'.length)), 's3')
    assert.equal(await statusOf(url, agents[0], of('/')), 200)
    // A signature that nobody can make: as if the client had signed a text that cannot be guessed.
    const other = of('/bucket/other')
    const headers = other.headers.map(([name, value]) => [name, value.replace(/(Signature=)[0-9a-f]+/, `$1${'5e'.repeat(32)}`)] as const)
    assert.equal(await statusOf(url, agents[same ? 0 : 1], { ...other, headers }), 403)
    for (const agent of agents) agent.destroy()
    await close()
    const causes = diagnosed.flatMap(({ findings }) => findings.flatMap((one) => one.causes))
    assert.equal(causes.includes('secret-mismatch'), !same, causes.join())
  }
})

test('what nobody signed is answered as AWS does and not diagnosed; what lost its signature is', async () => {
  const told: string[] = []
  const { url, close } = await openedDoor({
    onDiagnosis: ({ request }) => told.push(`diagnosed ${request.target}`),
    onUndiagnosed: ({ request }, why) => told.push(`${why} ${request.target}`),
    patience: { closingSeconds: 60 },
  })
  const answer = await fetch(`${url}/bucket/k`)
  assert.equal(answer.status, 403)
  assert.match(await answer.text(), /<Code>AccessDenied<\/Code>/)
  await fetch(`${url}/lost`, { headers: { 'x-amz-date': '20260303T081531Z', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } })
  await fetch(`${url}/cut?X-Amz-Algorithm=AWS4-HMAC-SHA256`)
  await close()
  assert.deepEqual(told.sort(), ['diagnosed /cut?X-Amz-Algorithm=AWS4-HMAC-SHA256', 'diagnosed /lost', 'unsigned /bucket/k'])
})

test('what says that a proxy passed a request on is a fact of its case, and is told at once', async () => {
  const facts: (string | undefined)[] = []
  const signs: (readonly string[])[] = []
  const { url, close } = await openedDoor({
    onRefused: ({ proxySigns }) => signs.push(proxySigns),
    onDiagnosis: (_, diagnosis) => facts.push(diagnosis.facts?.find(({ name }) => name === 'proxy seen by')?.value),
    patience: { closingSeconds: 60 },
  })
  const of = (host: string) => signed(plain('GET', '/b/k', '', [], host), 's3')
  const { headers } = of('files.example.com')
  const passedOn = headers.map(([name, value]) => [name, name === 'Host' ? 'backend:8080' : value] as const)
  const own = [
    ['Via', '1.1 edge'],
    ['X-Forwarded-For', '192.0.2.1'],
  ] as const
  const port = Number(new URL(url).port)
  const bytes = wireBytes({ ...of('files.example.com'), headers: [...passedOn, ...own] })
  await rawExchange(port, Buffer.from(bytes.toString('latin1').replace('HTTP/1.1', 'HTTP/1.0'), 'latin1'))
  await rawExchange(port, wireBytes({ ...of(`127.0.0.1:${port}`), target: '/b/other' }))
  await close()
  const expected = ['HTTP/1.0', 'a Host with another port', 'a Host without a dot', 'Via: 1.1 edge', 'X-Forwarded-For']
  assert.deepEqual(signs, [expected, []])
  assert.deepEqual(facts, [expected.join(', '), undefined])
})
