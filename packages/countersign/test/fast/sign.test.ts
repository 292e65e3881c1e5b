/** The fast signer and the specification make the same request, or the same complaint; and the fast one is not asked in vain. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { presign as fastPresign } from '../../src/fast/presign.ts'
import { sign as fast } from '../../src/fast/sign.ts'
import {
  type Credentials,
  deriveSigningKey,
  type HttpRequest,
  type PresignOptions,
  S3_PROFILE,
  type SignOptions,
  STANDARD_PROFILE,
  sign as spec,
  presign as specPresign,
  UsageError,
  verify,
} from '../../src/sigv4/index.ts'
import { Chance, KEYS, NOW, oddRequest } from './odd-requests.ts'

/** Fixed, so that a run can be repeated; SEED=<number> tries others, THOROUGH=1 a million. */
const SEED = Number(process.env['SEED'] ?? 5)
const RUNS = process.env['THOROUGH'] === undefined ? 20_000 : 1_000_000
const SCOPE = { date: '20150830', region: 'us-east-1', service: 's3', terminator: 'aws4_request' }
const SIGNING_KEY = deriveSigningKey(KEYS[0]!, SCOPE)

interface Task {
  readonly request: HttpRequest
  readonly credentials: Credentials
  readonly options: SignOptions
}

/** A request to sign: mostly as a client has it, sometimes with what a signature would add there already. */
function task(chance: Chance, oddness: number): Task {
  const odd = (times: number): boolean => oddness > 0 && chance.in(times)
  const { request, key } = oddRequest(chance, oddness)
  const target = odd(9) ? request.target : request.target.replace(/[?&]X-Amz-.*/, '')
  const headers = request.headers.filter(([name]) => (odd(9) ? true : !/^(?:authorization|x-amz-date|x-amz-security-token)$/i.test(name)))
  const service = request.headers.find(([name]) => /^host$/i.test(name))?.[1].split('.')[0] ?? 's3'
  const token = chance.in(3) ? { sessionToken: odd(5) ? 'EXAMPLE  \u00fc\u0161' : `EXAMPLEtoken${chance.below(3)}` } : {}
  return {
    request: { ...request, target, headers: headers.filter(([name]) => !/^x-amz-content-sha256$/i.test(name) || odd(2)) },
    credentials: {
      accessKeyId: odd(30) ? chance.of(['', 'a b']) : chance.of(['AKIDEXAMPLE', 'AKIAIOSFODNN7EXAMPLE']),
      secretAccessKey: odd(9) ? SIGNING_KEY : key,
      ...token,
    },
    options: {
      now: NOW + (odd(20) ? chance.of([Number.NaN, -1e15, 86_400_000, 1e15]) : chance.below(3) * 500),
      service: odd(30) ? chance.of(['', 'a/b']) : service,
      ...(odd(40) ? { regionSet: ['us-east-1'] } : { region: odd(9) ? chance.of(['eu-west-1', '']) : 'us-east-1' }),
      ...(odd(5) && { unsignedPayload: chance.in(2) }),
      ...(odd(5) && { contentSha256: chance.in(2) }),
      ...(odd(9) && { profile: chance.of([S3_PROFILE, STANDARD_PROFILE, { ...S3_PROFILE, formBody: 'query' as const }]) }),
      ...(odd(20) && { unsignedHeaders: chance.of([[], ['x-amz-meta-a'], ['host']]) }),
    },
  }
}

/** What comes of it: the signed request, or the complaint. A signature of a key pair differs each time. */
function outcome(signer: typeof spec, { request, credentials, options }: Task): unknown {
  try {
    const signed = signer(request, credentials, options)
    return options.regionSet === undefined ? signed : signed.headers.map(([name]) => name)
  } catch (error) {
    if (error instanceof UsageError) return [error.code, error.message]
    throw error
  }
}

test('the same signed request as the specification, whatever is to be signed', () => {
  const chance = new Chance(SEED)
  const counts = { signed: 0, refused: 0 }
  for (let run = 0; run < RUNS; run++) {
    const asked = task(chance, run & 1)
    const wanted = outcome(spec, asked)
    // Twice: the first time it may be learned, the second time it is known.
    for (const found of [outcome(fast, asked), outcome(fast, asked)]) assert.deepEqual(found, wanted, JSON.stringify(asked))
    counts[Array.isArray(wanted) ? 'refused' : 'signed']++
  }
  for (const [what, count] of Object.entries(counts)) assert.ok(count > RUNS / 20, `${what}: ${count}`)
})

/** A task for `presign`: targets with parameters of the user's, before and behind those of the signature in their order. */
function presigning(chance: Chance, oddness: number): Task & { readonly options: PresignOptions } {
  const odd = (times: number): boolean => oddness > 0 && chance.in(times)
  const { request, credentials, options } = task(chance, oddness)
  const more = chance.of(['', '?a=1', '?x-id=GetObject', '?prefix=p%2Fq&versionId=2', '?A=1', '?partNumber=1&', '?', '?b&c=d', '?x=%7E'])
  const target = request.target.includes('?') ? request.target : request.target + more
  const { contentSha256, unsignedPayload, ...rest } = options
  const expiresSeconds = odd(9) ? chance.of([0, -1, 1.5, 604_801, Number.NaN]) : chance.of([1, 60, 604_800])
  const headers = odd(3) ? request.headers : request.headers.filter(([name]) => !/^(?:x-amzn?-|date)/i.test(name))
  return { request: { ...request, target, headers }, credentials, options: { ...rest, expiresSeconds } as PresignOptions }
}

function presignOutcome(signer: typeof specPresign, { request, credentials, options }: ReturnType<typeof presigning>): unknown {
  try {
    const signed = signer(request, credentials, options)
    return options.regionSet === undefined ? signed : signed.target.length > request.target.length
  } catch (error) {
    if (error instanceof UsageError) return [error.code, error.message]
    throw error
  }
}

test('the same presigned request as the specification, whatever is to be presigned', () => {
  const chance = new Chance(SEED + 1)
  const counts = { signed: 0, refused: 0 }
  for (let run = 0; run < RUNS; run++) {
    const asked = presigning(chance, run & 1)
    const wanted = presignOutcome(specPresign, asked)
    for (const found of [presignOutcome(fastPresign, asked), presignOutcome(fastPresign, asked)])
      assert.deepEqual(found, wanted, JSON.stringify(asked))
    counts[Array.isArray(wanted) ? 'refused' : 'signed']++
  }
  for (const [what, count] of Object.entries(counts)) assert.ok(count > RUNS / 20, `${what}: ${count}`)
})

/** The specification goes through the headers with an iterator, the fast path by their places. */
function askedTheSpec({ request, credentials, options }: Task, signs: (asked: Task) => unknown = signsFast): boolean {
  let iterated = false
  const headers = [...request.headers]
  Object.defineProperty(headers, Symbol.iterator, {
    value: () => {
      iterated = true
      return request.headers[Symbol.iterator]()
    },
  })
  signs({ request: { ...request, headers }, credentials, options })
  return iterated
}

const signsFast = ({ request, credentials, options }: Task) => fast(request, credentials, options)

test('a plain URL is presigned without the specification once one like it was', () => {
  const chance = new Chance(6)
  for (let run = 0; run < 500; run++) {
    const drawn = presigning(chance, 0)
    const target = chance.of(['/key', '/key?x-id=GetObject', '/key?prefix=p%2Fq&versionId=2'])
    const { expiresSeconds } = drawn.options
    const request = { ...drawn.request, target, body: drawn.request.body ?? new Uint8Array() }
    const presigns = (asked: Task) => fastPresign(asked.request, asked.credentials, { ...asked.options, expiresSeconds } as PresignOptions)
    const asked = { ...drawn, request }
    presigns(asked)
    assert.equal(askedTheSpec(asked, presigns), false, JSON.stringify(asked))
    const later = { ...asked, request: { ...request, target: '/another/key' }, options: { ...asked.options, now: NOW + 60_000 } }
    assert.equal(askedTheSpec(later, presigns), false)
    const url = presigns(later)
    const key = KEYS.find((one) => one === later.credentials.secretAccessKey)!
    assert.equal(verify({ ...url, body: request.body }, key, { now: NOW + 60_000 }).ok, true)
  }
})

test('a plain request is signed without the specification once one like it was', () => {
  // Always the same: of others some have parameters that are sorted as they stand, but not by name.
  const chance = new Chance(5)
  for (let run = 0; run < 500; run++) {
    const drawn = task(chance, 0)
    const asked = { ...drawn, request: { ...drawn.request, body: drawn.request.body ?? new Uint8Array() } }
    fast(asked.request, asked.credentials, asked.options)
    assert.equal(askedTheSpec(asked), false, JSON.stringify(asked))
    const later = { ...asked, request: { ...asked.request, target: '/another/key' }, options: { ...asked.options, now: NOW + 60_000 } }
    assert.equal(askedTheSpec(later), false)
    const signed = fast(later.request, later.credentials, later.options)
    assert.equal(verify(signed, KEYS.find((key) => key === later.credentials.secretAccessKey)!, { now: NOW }).ok, true)
  }
})

test('the day, the secret and the token of a letterhead are not carried over', () => {
  const request = { method: 'GET', target: '/a', headers: [['Host', 's3.us-east-1.amazonaws.com']] as const, body: new Uint8Array() }
  for (const secretAccessKey of KEYS)
    for (const now of [NOW, NOW + 86_400_000, NOW + 1])
      for (const token of [{}, { sessionToken: 'EXAMPLEone' }, { sessionToken: 'EXAMPLEtwo' }])
        for (const region of ['us-east-1', 'eu-west-1']) {
          const asked = {
            request,
            credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey, ...token },
            options: { now, region, service: 's3' },
          }
          assert.deepEqual(outcome(fast, asked), outcome(spec, asked))
        }
})
