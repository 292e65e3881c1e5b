/** Requests with a right signature that the next reader would take for others. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queryParameters } from '../../src/sigv4/canonical-query-string.ts'
import { calculateSignature, type HttpRequest, presign, SecretAccessKey, signingInputsOf } from '../../src/sigv4/index.ts'
import { createVerifier, credentialsOf, fetchHandler, replayGuard, type VerifierOptions } from '../../src/verifier/index.ts'
import { KEY_ID, NOW, plain, presigned, SECRET, signed } from '../support/signed.ts'

const PRESIGNING = { now: NOW, region: 'eu-west-1', service: 's3', expiresSeconds: 300 }

const verifier = (options: Partial<VerifierOptions> = {}) =>
  createVerifier({ credentials: credentialsOf({ [KEY_ID]: { key: SECRET } }), clock: () => NOW, ...options })

async function code(request: HttpRequest, options?: Partial<VerifierOptions>): Promise<string> {
  const outcome = await verifier(options).judge(request)
  return outcome.ok ? 'accepted' : `${outcome.refused.answer.status} ${outcome.refused.error.code}`
}

const SERVICES = ['s3', 'execute-api']

test('a second Authorization header is refused, the same one too', async () => {
  for (const service of SERVICES) {
    const request = signed(plain('GET', '/b/k'), service)
    assert.equal(await code(request), 'accepted')
    const own = request.headers.find(([name]) => name === 'Authorization')!
    for (const value of ['Basic QUJD', own[1]])
      assert.match(
        await code({ ...request, headers: [...request.headers, ['authorization', value]] }),
        /^(?:501 NotImplemented|403 Sig)/,
        service,
      )
  }
})

test('a parameter X-Amz-Signature that nothing signs is refused, however it is spelled', async () => {
  for (const service of SERVICES) {
    const request = signed(plain('GET', '/b/k'), service)
    for (const name of ['X-Amz-Signature', 'X%2DAmz-Signature', 'X-Amz-%53ignature'])
      assert.match(await code({ ...request, target: `/b/k?${name}=x` }), /^40[03] (Inv|Sig)/, `${service} ${name}`)
  }
  const url = presigned(plain('GET', '/b/k'))
  assert.equal(queryParameters(url.target.split('?')[1]!).length, 6)
  assert.equal(await code({ ...url, target: `${url.target}&X-Amz-Signature=x` }), '400 InvalidArgument')
})

test('a target with a fragment is refused: it is signed as an escape, and read as nothing', async () => {
  const request = signed(plain('GET', '/b/a%23b'), 's3')
  assert.equal(await code(request), 'accepted')
  assert.equal(await code({ ...request, target: '/b/a#b' }), '400 InvalidURI')
  assert.equal(await code({ ...signed(plain('GET', '/a'), 'execute-api'), target: '/a#b' }), '400 ')
})

test('a target that names another host than the one signed is refused', async () => {
  for (const service of SERVICES) {
    const request = signed(plain('GET', '/b/k'), service)
    assert.equal(await code({ ...request, target: 'http://SERVICE.example.com/b/k' }), 'accepted')
    for (const target of ['http://other.example.com/b/k', 'http://u@service.example.com/b/k', 'https:///b/k'])
      assert.match(await code({ ...request, target }), /^400 /, target)
  }
})

test('a region without a name is none of every region', async () => {
  // A signer of our own refuses it; this one was signed by hand.
  const request: HttpRequest = {
    method: 'GET',
    target: '/',
    headers: [
      ['host', 'a.example.com'],
      ['x-amz-date', '20260303T081531Z'],
      [
        'authorization',
        `AWS4-HMAC-SHA256 Credential=${KEY_ID}/20260303//execute-api/aws4_request,SignedHeaders=host;x-amz-date,Signature=${'0'.repeat(64)}`,
      ],
    ],
    body: undefined,
  }
  const outcome = await verifier().judge(request)
  assert.equal(outcome.ok, false)
  assert.match(outcome.ok ? '' : outcome.refused.error.message, /scoped to a valid region, not ''/)
})

test('a replayed S3 signature is refused before the handler runs, whether it reads the body or not', async () => {
  const guarded = verifier({ replay: replayGuard({ signatures: 10 }) })
  const request = signed(plain('GET', '/b'), 's3')
  assert.ok((await guarded.open(request)).ok)
  assert.equal((await guarded.open(request)).ok, false)
  let calls = 0
  const handler = fetchHandler(guarded, () => {
    calls++
    return new Response('given')
  })
  const { headers } = signed(plain('GET', '/c'), 's3')
  const asked = () =>
    new Request('http://service.example.com/c', { headers: headers.filter(([name]) => name !== 'Host') as [string, string][] })
  assert.equal((await handler(asked())).status, 200)
  assert.equal((await handler(asked())).status, 403)
  assert.equal(calls, 1)
})

test('a signature is remembered as long as the window of the verifier lasts', async () => {
  for (const skew of [3600, { 'execute-api': 3600 }]) {
    let now = NOW
    const guarded = verifier({ clock: () => now, maxClockSkewSeconds: skew, replay: replayGuard({ signatures: 1 }) })
    const request = signed(plain('GET', '/a'), 'execute-api')
    assert.ok((await guarded.judge(request)).ok)
    now += 3_000_000
    const again = await guarded.judge(request)
    assert.equal(again.ok ? 'accepted' : again.refused.error.check, 'replay')
  }
})

test('a handler that does not look at the body, or not at all of it, is not taken at its word', async () => {
  const codes: string[] = []
  const early = fetchHandler(verifier(), async (_request: Request, { body }) => {
    for await (const piece of body) return new Response(`stored ${piece.length}`)
    return new Response('nothing')
  })
  const handler = fetchHandler(verifier({ onEvent: ({ code }) => codes.push(code) }), () => new Response('stored'))
  const { headers, body } = signed(plain('PUT', '/b/k', 'good'), 's3')
  const asked = (bytes: string | Uint8Array<ArrayBuffer>) =>
    new Request('http://service.example.com/b/k', {
      method: 'PUT',
      headers: headers.filter(([name]) => name !== 'Host') as [string, string][],
      body: bytes,
    })
  assert.equal((await handler(asked(new Uint8Array(body!)))).status, 200)
  assert.equal((await handler(asked('evil'))).status, 400)
  assert.equal(await (await early(asked('good'))).text(), 'stored 4')
  assert.equal((await early(asked('evil'))).status, 400)
  assert.deepEqual(codes, ['accepted', 'refused'])
})

test('a second credential that is spelled plainly does not lend its key to the first', async () => {
  const [own, other] = ['AKIDEXAMPLE', new SecretAccessKey('another secret, of who sends this')]
  const url = presign(plain('GET', '/b/k'), { accessKeyId: own, secretAccessKey: other }, PRESIGNING)
  const place = (id: string) => `-Amz-Credential=${id}%2F20260303%2Feu-west-1%2Fs3%2Faws4_request`
  assert.ok(url.target.includes(`X${place(own)}`))
  for (const name of ['%58', '%78', 'X']) {
    const query = `${name}${place(KEY_ID)}&${url.target.split('?')[1]!.replace(/&X-Amz-Signature=.*/, '')}`
    const unsigned = { ...url, target: `/b/k?${query}` }
    const signature = calculateSignature({ ...signingInputsOf(unsigned)!, key: other })!.dangerText()
    const credentials = credentialsOf({ [KEY_ID]: { key: SECRET }, [own]: { key: other } })
    const request = { ...unsigned, target: `${unsigned.target}&X-Amz-Signature=${signature}` }
    const outcome = await createVerifier({ credentials, clock: () => NOW }).judge(request)
    assert.notEqual(outcome.ok && outcome.caller.accessKeyId, KEY_ID, name)
  }
})
