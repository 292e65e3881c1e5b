/** What a verifier accepts at once it would have accepted check by check; and it does accept at once what most requests are. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type HttpRequest, S3_PROFILE, signingProfileOf } from '../../src/sigv4/index.ts'
import {
  type CredentialQuery,
  createVerifier,
  DEFAULT_LIMITS,
  type KnownCredential,
  type Outcome,
  type VerifierOptions,
} from '../../src/verifier/index.ts'
import { acceptedAtOnce } from '../../src/verifier/plain-request.ts'
import { Chance, KEYS, NOW, oddRequest, withOneByteChanged } from '../fast/odd-requests.ts'

const SEED = Number(process.env['SEED'] ?? 16)
const RUNS = process.env['THOROUGH'] === undefined ? 12_000 : 600_000
const requestId = () => ({ short: 'A', extended: 'B', uuid: 'C' })
/** What the default is, said: then nothing is accepted at once. */
const slowly = { profile: (service: string) => (service === '' ? S3_PROFILE : signingProfileOf(service)) }

/** The options of some verifier. */
function optionsOf(chance: Chance, known: KnownCredential): VerifierOptions {
  const some = <T>(value: T): T | undefined => (chance.in(5) ? value : undefined)
  const all = {
    services: some(['s3', 'sts']),
    regions: some([chance.of(['us-east-1', 'eu-west-3'])]),
    unsignedPayload: some(['sts']),
    maxClockSkewSeconds: some(chance.of<number | Record<string, number>>([60, { s3: 1 }])),
    limits: some({ wholeBodyBytes: 3, headerCount: 5, targetBytes: 60, headerBytes: 400, queryParameterCount: 2, signedHeaderCount: 3 }),
  }
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
  return { credentials: () => known, clock: () => NOW, requestId, ...given }
}

test('the same outcome, event and number of questions to the store as by all checks in turn', async () => {
  const chance = new Chance(SEED)
  const counts = { accepted: 0, refused: 0 }
  for (let run = 0; run < RUNS; run++) {
    const asked = oddRequest(chance, run & 1)
    const whole: HttpRequest = chance.in(3) ? { ...asked.request, body: undefined } : asked.request
    const request = chance.in(3) && whole.headers.length > 0 && whole.target !== '' ? withOneByteChanged(whole, chance) : whole
    const token = typeof asked.options.sessionToken === 'string' ? { sessionToken: asked.options.sessionToken } : {}
    const ends = chance.in(20) ? { expiresAt: NOW - 1 } : {}
    const key = chance.in(9) ? KEYS[0]! : asked.key
    const options = optionsOf(chance, { key, principal: 'p', ...token, ...ends })
    const seen = async (more: Partial<VerifierOptions>) => {
      const told: unknown[] = []
      const questions: CredentialQuery[] = []
      const credentials: VerifierOptions['credentials'] = (query) => {
        questions.push(query)
        return chanceOfNone(run) ? undefined : options.credentials(query)
      }
      const outcome = await createVerifier({ ...options, ...more, credentials, onEvent: (event) => told.push(event) }).judge(request)
      return { outcome: shown(outcome), told, questions }
    }
    const [now, then] = [await seen({}), await seen(slowly)]
    assert.deepEqual(now, then, JSON.stringify({ request, options }))
    counts[now.outcome.ok ? 'accepted' : 'refused']++
  }
  assert.ok(counts.accepted > RUNS / 10 && counts.refused > RUNS / 10, JSON.stringify(counts))
})

/** Now and then the signer is unknown, to both alike. */
const chanceOfNone = (run: number): boolean => run % 11 === 0

function shown(outcome: Outcome) {
  if (outcome.ok) return { ok: true, caller: outcome.caller, pieces: outcome.pieces }
  const { error, answer, accessKeyId, service, key } = outcome.refused
  return { ok: false, error, answer, accessKeyId, service, key: key !== undefined }
}

test('plain requests are accepted at once', () => {
  const chance = new Chance(SEED)
  let accepted = 0
  for (let run = 0; run < 2000; run++) {
    const { request, key, options } = oddRequest(chance, 0)
    if (request.body === undefined) continue
    const token = typeof options.sessionToken === 'string' ? { sessionToken: options.sessionToken } : {}
    const known: VerifierOptions = { credentials: () => ({ key, ...token }), clock: () => NOW }
    const outcome = acceptedAtOnce(known, DEFAULT_LIMITS, { ...request, body: request.body })
    if (outcome !== undefined && 'ok' in outcome) accepted++
  }
  assert.ok(accepted > 200, `${accepted}`)
})

test('a store that verifies another request while it is asked changes nothing of the first', async () => {
  const chance = new Chance(SEED)
  const plain = () => {
    for (;;) {
      const asked = oddRequest(chance, 0)
      if (asked.request.body?.length === 0 && asked.options.sessionToken === undefined) return asked
    }
  }
  let right = 0
  for (let run = 0; run < 200; run++) {
    const [one, other] = [plain(), plain()]
    const inner = createVerifier({ credentials: () => ({ key: other.key }), clock: () => NOW })
    const judged = (key: KnownCredential['key']) => {
      const credentials = () => {
        inner.judge(other.request)
        return { key }
      }
      return createVerifier({ credentials, clock: () => NOW }).judge(one.request)
    }
    if ((await judged(one.key)).ok) right++
    assert.equal((await judged(KEYS[one.key === KEYS[0] ? 1 : 0]!)).ok, false)
  }
  assert.ok(right > 100, `${right}`)
})
