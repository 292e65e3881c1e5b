/** The fast path and the specification give the same verdict, on valid, odd and hostile requests; and the fast path is taken where it should be. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verify as fast } from '../../src/fast/verify.ts'
import { deriveEcdsaPrivateKey, type HttpRequest, SecretAccessKey, verify as spec } from '../../src/sigv4/index.ts'
import { type Asked, Chance, KEYS, NOW, oddRequest, signed, withOneByteChanged } from './odd-requests.ts'

/** Fixed, so that a run can be repeated; SEED=<number> tries others, THOROUGH=1 millions. */
const SEED = Number(process.env['SEED'] ?? 4)
const RUNS = process.env['THOROUGH'] === undefined ? 45_000 : 3_000_000

function assertSame({ request, key, options }: Asked): boolean {
  const verdict = spec(request, key, options)
  const found = fast(request, key, options)
  const same = verdict.ok && found.ok && verdict.accessKeyId === found.accessKeyId && verdict.passed === found.passed
  if (!same || verdict.scope !== found.scope) assert.deepEqual(found, verdict, JSON.stringify({ request, options }))
  return verdict.ok
}

test('the same verdict as the specification, whatever the request, and whichever one byte of it is changed', () => {
  const chance = new Chance(SEED)
  const counts = { right: 0, wrong: 0, changedRight: 0, changedWrong: 0 }
  for (let run = 0; run < RUNS; run++) {
    const asked = oddRequest(chance, run & 1)
    counts[assertSame(asked) ? 'right' : 'wrong']++
    const changed = { ...asked, request: withOneByteChanged(asked.request, chance) }
    counts[assertSame(changed) ? 'changedRight' : 'changedWrong']++
    if (chance.in(8)) assertSame({ ...asked, key: KEYS[0] === asked.key ? KEYS[1]! : KEYS[0]! })
  }
  for (const [what, count] of Object.entries(counts)) assert.ok(count > RUNS / 50, `${what}: ${count}`)
})

/** The specification goes through the headers with an iterator, the fast path by their places: so it can be told which of them was asked. */
function askedTheSpec({ request, key, options }: Asked): boolean {
  let iterated = false
  const headers = [...request.headers]
  Object.defineProperty(headers, Symbol.iterator, {
    value: () => {
      iterated = true
      return request.headers[Symbol.iterator]()
    },
  })
  fast({ ...request, headers }, key, options)
  return iterated
}

test('plain requests are accepted without the specification', () => {
  const chance = new Chance(SEED)
  for (let run = 0; run < 3000; run++) {
    const asked = oddRequest(chance, 0)
    if (spec(asked.request, asked.key, asked.options).ok) assert.equal(askedTheSpec(asked), false, JSON.stringify(asked))
  }
})

test('a secret that replaces another counts at once, also under an access key ID that is known', () => {
  const chance = new Chance(SEED)
  for (let run = 0; run < 200; run++) {
    const { request, key, options } = oddRequest(chance, 0)
    const right = spec(request, key, options).ok
    assert.equal(fast(request, key, options).ok, right)
    assert.equal(fast(request, new SecretAccessKey(`${key.dangerValue()}X`), options).ok, false)
    assert.equal(fast(request, new SecretAccessKey(key.dangerValue()), options).ok, right)
  }
})

test("headers that are no text are the specification's", () => {
  // Always the same: it is signed in a header.
  const chance = new Chance(4)
  const { request, key, options } = oddRequest(chance, 0)
  const broken = { ...request, headers: request.headers.map(([name]) => [name, 1]) } as unknown as HttpRequest
  assert.throws(() => spec(broken, key, options))
  assert.throws(() => fast(broken, key, options))
})

test("a key of the other algorithm is the specification's", () => {
  const { request, key, options } = oddRequest(new Chance(SEED), 0)
  const pair = deriveEcdsaPrivateKey(key, 'AKIDEXAMPLE')
  assert.deepEqual(fast(request, pair, options), spec(request, pair, options))
  assert.equal(fast(request, pair, options).ok, false)
})

/** Presigned URLs that are not canonical, each signed as it stands, as a signer would that does not canonicalize. */
const HASTY: readonly (readonly [what: string, change: (target: string) => string])[] = [
  ['slashes of the credential', (target) => target.replaceAll('%2F', '/')],
  ['a semicolon', (target) => target.replace('%3B', ';')],
  ['lower-case escapes', (target) => target.replaceAll('%2F', '%2f')],
  ['an escape that need not be', (target) => target.replace('AKID', '%41KID')],
  ['a parameter out of order', (target) => `${target}&A=1`],
  ['a parameter out of order, escaped', (target) => `${target}&%41=1`],
  ['a second signature', (target) => `${target}&X-Amz-Signature=1`],
  [
    'the signature first and another in its place',
    (target) => target.replace(/\?(.*)&(X-Amz-SignedHeaders=[^&]*)&(X-Amz-Signature=.*)/, '?$3&$1&X-Amz-Signature=1&$2'),
  ],
  ['a parameter without a value', (target) => `${target}&acl`],
  ['a second date', (target) => `${target}&X-Amz-Date=20150830T123601Z`],
  ['no "&" after the signature', (target) => `${target};a=1`],
  ['a plus', (target) => `${target}&a=b+c`],
]

for (const [what, change] of HASTY) {
  test(`a presigned URL with ${what}, signed as it stands, is judged as the specification does`, () => {
    const zeros = '0'.repeat(64)
    const own = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20150830T123600Z`
    const target = `/a?${own}&X-Amz-Expires=600&X-Amz-SignedHeaders=host%3Bx-amz-acl&X-Amz-Signature=${zeros}`
    const headers = [
      ['Host', 's3.us-east-1.amazonaws.com'],
      ['x-amz-acl', 'private'],
    ] as const
    const [key] = KEYS as [SecretAccessKey]
    const how = { key, profile: undefined, placeholder: zeros, names: ['host', 'x-amz-acl'], inUtf8: false }
    const plain = signed({ method: 'GET', target, headers, body: undefined }, { ...how, asItStands: false })
    // The claim is known, so that nothing of the URL is looked at that need not be.
    assert.equal(fast(plain, key, { now: NOW }).ok, true)
    const hasty = { method: 'GET', target: change(target), headers, body: undefined }
    for (const asItStands of [true, false]) {
      assertSame({ request: signed(hasty, { ...how, asItStands }), key, options: { now: NOW } })
      assertSame({ request: { ...plain, target: change(plain.target) }, key, options: { now: NOW } })
    }
  })
}
