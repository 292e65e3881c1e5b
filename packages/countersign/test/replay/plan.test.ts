/** Replays of requests with one fault: what is signed is what was meant, and a right verifier takes it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CAUSES } from '../../src/causes/index.ts'
import { investigate } from '../../src/diagnosis/index.ts'
import { recordingLine } from '../../src/evidence/index.ts'
import { readEvidence } from '../../src/intake/index.ts'
import { type PlanOptions, planReplay, type ReplayPlan } from '../../src/replay/index.ts'
import { sha256 } from '../../src/sha256/node.ts'
import { type Header, type HttpRequest, presign, SecretAccessKey, sign, signStreaming, verify } from '../../src/sigv4/index.ts'

const AT = Date.UTC(2026, 2, 3, 8, 15)
const NOW = AT + 86_400_000
const SECRET = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
const KEY = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: SECRET }
const S3 = { now: AT, region: 'eu-west-1', service: 's3' }
const HOST = 'b.s3.eu-west-1.amazonaws.com'

const plain = (method: string, target: string, headers: readonly Header[] = [], body = ''): HttpRequest => ({
  method,
  target,
  headers: [['Host', HOST], ...headers],
  body: new TextEncoder().encode(body),
})

const TEXT = 'The request signature we calculated does not match the signature you provided. Check your key and signing method.'
const MISMATCH = 'SignatureDoesNotMatch'
const answerOf = (code: string, message = '') =>
  `<Error><Code>${code}</Code><Message>${message}</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>`

/** The evidence of a relay in front of the service, or of a hop that received and sent. */
function recorded(
  received: HttpRequest | undefined,
  sent: HttpRequest,
  body = answerOf(MISMATCH),
  detail: 'all' | 'redacted' = 'all',
): string {
  const response = { status: 403, headers: [], body }
  return recordingLine({ hop: 'relay', at: AT, ...(received === undefined ? {} : { received }), sent, response }, detail, sha256)
}

function replayOf(texts: readonly string[], options: Partial<PlanOptions> = {}) {
  const facts = { secrets: [{ label: 'the secret', secretAccessKey: SECRET, accessKeyId: KEY.accessKeyId }], ...options.facts }
  const observations = readEvidence(texts.map((text, i) => ({ name: `evidence ${i}`, text })))
  const diagnosis = investigate(observations, facts, { causes: CAUSES })
  return planReplay(observations, diagnosis, { credentials: KEY, now: NOW, ...options, facts })
}

function plan(...given: Parameters<typeof replayOf>): ReplayPlan {
  const found = replayOf(...given)
  assert.ok(!('why' in found), 'why' in found ? found.why : '')
  return found
}

function accepted({ request }: ReplayPlan): void {
  const verdict = verify(request, SECRET, { now: NOW })
  assert.ok(verdict.ok, verdict.ok ? '' : verdict.error.message)
}

const changes = ({ lines }: ReplayPlan) =>
  lines
    .filter(({ same, signer, verifier }) => !same && !`${signer}${verifier}`.includes('x-amz-date'))
    .map(({ signer, verifier }) => [signer, verifier])

/** Signed by the rules of other services, sent as S3 wants it. */
const encodedTwice = (): HttpRequest => ({ ...sign(plain('GET', '/a%2520b'), KEY, S3), target: '/a%20b' })

test('what was signed differently is signed as it is sent', () => {
  const found = plan([recorded(undefined, encodedTwice())])
  accepted(found)
  assert.equal(found.request.target, '/a%20b')
  assert.deepEqual(changes(found), [['/a%2520b', '/a%20b']])
  assert.deepEqual(found.finding?.causes, ['path-encoded-twice'])
})

test('what a hop changed is sent as the client meant it, from a recording of the hop', () => {
  const meant = sign(plain('GET', '/k?list-type=2', [['X-Amz-Meta-A', 'one  two']]), KEY, S3)
  const rewritten = { ...meant, headers: meant.headers.map(([name, value]): Header => (name === 'Host' ? [name, 'store'] : [name, value])) }
  const found = plan([recorded(meant, rewritten)])
  accepted(found)
  assert.deepEqual(found.finding?.causes, ['host-rewritten'])
  assert.equal(found.request.headers.find(([name]) => name === 'Host')![1], HOST)
  assert.deepEqual(changes(found), [])
})

test('the same without the client: what is proven to have been signed is put back', () => {
  const meant = sign(plain('GET', '/k?list-type=2'), KEY, S3)
  const added = { ...meant, target: `${meant.target}&utm_source=mail` }
  const found = plan([recorded(undefined, added)])
  accepted(found)
  assert.deepEqual(found.finding?.causes, ['query-parameter-added'])
  assert.equal(found.request.target, '/k?list-type=2')
})

test('straight to the service goes the path that arrives there', () => {
  const meant = sign(plain('GET', '/stage/k'), KEY, { ...S3, service: 'execute-api' })
  const stripped = { ...meant, target: '/k' }
  const through = plan([recorded(meant, stripped)])
  assert.equal(through.request.target, '/stage/k')
  const straight = plan([recorded(meant, stripped)], { to: { host: HOST } })
  assert.equal(straight.request.target, '/k')
  accepted(straight)
})

test('a region, and a service, that the service names are signed for', () => {
  const wrong = sign(plain('GET', '/k'), KEY, { ...S3, region: 'us-east-1' })
  const message = "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-central-1'"
  const unnamed = { ...wrong, headers: wrong.headers.map(([name, value]): Header => [name, name === 'Host' ? 'files.example.com' : value]) }
  const found = plan([recorded(undefined, unnamed, answerOf('AuthorizationHeaderMalformed', message))])
  assert.deepEqual(found.scope, { region: 'eu-central-1', service: 's3' })
  assert.equal(found.scopeBefore?.region, 'us-east-1')
  accepted(found)
  assert.deepEqual(plan([recorded(undefined, unnamed)], { facts: { region: 'sa-east-1', service: 's3' } }).scope, {
    region: 'sa-east-1',
    service: 's3',
  })
})

test('a presigned URL stays one, with its own time to live', () => {
  const url = presign({ ...plain('GET', '/a%2520b'), body: undefined }, KEY, { ...S3, expiresSeconds: 300 })
  const found = plan([recorded(undefined, { ...url, target: url.target.replace('/a%2520b', '/a%20b') })])
  assert.equal(found.carrier, 'query')
  assert.match(found.request.target, /^\/a%20b\?X-Amz-Algorithm=.*X-Amz-Expires=300/)
  accepted(found)
})

test('nothing of the refused signature, nor of one connection, is in the request', () => {
  const headers: readonly Header[] = [
    ['X-Forwarded-For', '192.0.2.1'],
    ['User-Agent', 'client/1'],
    ['Content-Type', 'text/plain'],
  ]
  const before = encodedTwice()
  const signature = /Signature=([0-9a-f]{64})/.exec(JSON.stringify(before))![1]!
  const found = plan([recorded(undefined, { ...before, headers: [...headers, ['Connection', 'keep-alive'], ...before.headers] })])
  assert.ok(!JSON.stringify(found).includes(signature))
  assert.deepEqual(
    found.request.headers.map(([name]) => name),
    ['User-Agent', 'Content-Type', 'Host', 'X-Amz-Date', 'X-Amz-Content-Sha256', 'Authorization'],
  )
  // What the client left unsigned stays so.
  assert.match(found.request.headers.at(-1)![1], /SignedHeaders=host;x-amz-content-sha256;x-amz-date,/)
})

test('a body that is not in the evidence is asked for, and held against the hash that was signed', () => {
  const upload = { ...sign(plain('PUT', '/a%2520b', [], 'hello'), KEY, S3), target: '/a%20b' }
  const text = recorded(undefined, upload, undefined, 'redacted')
  assert.match((replayOf([text]) as { why: string }).why, /--body FILE/)
  const right = plan([text], { body: new TextEncoder().encode('hello') })
  assert.deepEqual(right.notes, [])
  accepted(right)
  assert.match(plan([text], { body: new TextEncoder().encode('other') }).notes.join(), /not the one that was signed/)
})

test('a payload in chunks is signed in one piece', () => {
  const payload = new TextEncoder().encode('hello')
  const { head } = signStreaming(plain('PUT', '/k'), KEY, { ...S3, decodedLength: payload.length })
  const found = plan([recorded(undefined, head, undefined, 'redacted')], { body: payload })
  accepted(found)
  assert.ok(!found.request.headers.some(([name]) => /decoded|content-encoding/i.test(name)))
  assert.match(found.notes.join(), /in one piece/)
})

test('where nothing can be mended it says why', () => {
  const right = sign(plain('GET', '/k'), KEY, S3)
  const canonical = `GET\n/k\n\nhost:${HOST}\nx-amz-content-sha256:${'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'}\nx-amz-date:20260303T081500Z\n\nhost;x-amz-content-sha256;x-amz-date\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855`
  const echoed = `<Error><Code>SignatureDoesNotMatch</Code><Message>${TEXT}</Message><CanonicalRequest>${canonical}</CanonicalRequest></Error>`
  assert.match((replayOf([recorded(undefined, right, echoed)]) as { why: string }).why, /the service holds another one/)
  assert.match((replayOf([answerOf(MISMATCH)]) as { why: string }).why, /does not show the request/)
})

test('of several refused requests it is said which one it is', () => {
  const other = { ...sign(plain('GET', '/z%2520z'), KEY, { ...S3, now: AT - 60_000 }), target: '/z%20z' }
  const found = plan([recorded(undefined, other) + recorded(undefined, encodedTwice())])
  assert.equal(found.request.target, '/a%20b')
  assert.match(found.notes.join(), /shows 2 refused requests/)
})

test("a bucket's policy is no form", () => {
  const found = plan([recorded(undefined, { ...sign(plain('GET', '/a%2520b?policy='), KEY, S3), target: '/a%20b?policy=' })])
  assert.equal(found.request.target, '/a%20b?policy=')
  accepted(found)
})

test('without a proof the request is a control: signed as it stands', () => {
  const found = plan([recorded(undefined, sign(plain('GET', '/k'), { ...KEY, secretAccessKey: new SecretAccessKey('x'.repeat(40)) }, S3))])
  assert.equal(found.finding, undefined)
  accepted(found)
})
