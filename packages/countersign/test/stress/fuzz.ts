/**
 * Bytes in, verdict out: requests by the hundred thousand into a verifier, and what must hold of every one of them.
 *
 * It answers, soon; it accepts what is rightly signed; and what it accepts, the second law accepts as well. Where one byte of
 * something signed was changed, that is possible only where the canonical request stayed the same: asserted, not assumed.
 */
import assert from 'node:assert/strict'
import type { HttpRequest } from '../../src/sigv4/http-request.ts'
import { createVerifier, type Outcome, type Verifier } from '../../src/verifier/index.ts'
import { Chance } from '../fast/odd-requests.ts'
import { type Changed, withByteChanged } from './changed-bytes.ts'
import { hostileRequest } from './hostile-requests.ts'
import { canonicalAgain, claimOf, isRight, signatureAgain } from './second-law.ts'
import { NOW, SECRETS, STORE, type ValidRequest, validRequest } from './valid-requests.ts'

export interface FuzzFigures {
  requests: number
  /** Rightly signed: all accepted, or the run would have ended. */
  valid: number
  changed: number
  hostile: number
  /** Changed in a byte that the canonical form does not hold, by place. */
  readonly acceptedChanged: Map<string, number>
  acceptedHostile: number
  readonly refused: Map<string, number>
  /** The slowest requests, the longest first. */
  readonly slowest: { milliseconds: number; request: HttpRequest }[]
}

/** How many changes are made to a valid request, and how many hostile requests follow it. */
const CHANGES = 12
const HOSTILE = 7

/** @throws AssertionError naming the seed and the request, where something does not hold. */
export async function fuzz(seed: number, requests: number, told: (figures: FuzzFigures) => void = () => {}): Promise<FuzzFigures> {
  const chance = new Chance(seed)
  const verifier = createVerifier({ credentials: STORE, clock: () => NOW })
  const figures: FuzzFigures = {
    requests: 0,
    valid: 0,
    changed: 0,
    hostile: 0,
    acceptedChanged: new Map(),
    acceptedHostile: 0,
    refused: new Map(),
    slowest: [],
  }
  const judged = async (request: HttpRequest): Promise<Outcome> => {
    const start = performance.now()
    const outcome = await (chance.in(3) ? judgedInPieces(verifier, request, chance) : verifier.judge(request))
    noteTime(figures, request, performance.now() - start)
    figures.requests++
    if (!outcome.ok) {
      const { code, check } = outcome.refused.error
      count(figures.refused, code === '' ? `(no code: ${check})` : code)
      assertDiscreet(outcome, request, chance)
    }
    return outcome
  }
  while (figures.requests < requests) {
    const valid = validRequest(chance)
    const fail = (what: string, request: HttpRequest): never =>
      assert.fail(`SEED=${seed}: ${what} ${shown(request)}\nof the valid ${valid.kind} ${shown(valid.request)}`)
    const first = await judged(valid.request)
    figures.valid++
    if (!first.ok) fail(`${first.refused.error.code} to`, valid.request)
    for (let i = 0; i < CHANGES; i++) {
      const changed = withByteChanged(valid, chance)
      const outcome = await judged(changed.request)
      figures.changed++
      if (!outcome.ok) continue
      if (!isTheSame(valid, changed)) fail(`accepted with another ${changed.place}`, changed.request)
      count(figures.acceptedChanged, changed.place)
    }
    for (let i = 0; i < HOSTILE; i++) {
      const request = hostileRequest(chance)
      const outcome = await judged(request)
      figures.hostile++
      if (!outcome.ok) continue
      figures.acceptedHostile++
      if (!isAcceptable(request, outcome.caller.accessKeyId)) fail('accepted the hostile', request)
    }
    if (figures.valid % 500 === 0) told(figures)
  }
  return figures
}

/** The body as a network brings it: in pieces cut anywhere. */
async function judgedInPieces(verifier: Verifier, request: HttpRequest, chance: Chance): Promise<Outcome> {
  const door = await verifier.open(request)
  if (!door.ok) return door
  const pieces: Uint8Array[] = []
  const body = request.body ?? new Uint8Array(0)
  for (let at = 0; at < body.length; ) {
    const end = Math.min(body.length, at + 1 + chance.below(chance.of([2, 20, 400, 9000])))
    pieces.push(...door.body.push(body.subarray(at, end)))
    at = end
  }
  const outcome = await door.body.end()
  return outcome.ok ? { ...outcome, pieces: [...pieces, ...outcome.pieces] } : outcome
}

/** Whether a changed request says, in canonical form, what the one it was made of says. */
function isTheSame(valid: ValidRequest, { request }: Changed): boolean {
  const [claim, before] = [claimOf(request), claimOf(valid.request)]
  if (claim === undefined || before === undefined || claim.accessKeyId !== before.accessKeyId) return false
  return (
    canonicalAgain(request, claim) === canonicalAgain(valid.request, before) &&
    claim.signature === before.signature &&
    isAcceptable(request, claim.accessKeyId)
  )
}

/** Whether the second law accepts a request: signature, payload and day; the clock of NOW; nobody else's key. */
function isAcceptable(request: HttpRequest, accessKeyId: string): boolean {
  const secret = SECRETS.get(accessKeyId)
  const claim = claimOf(request)
  if (secret === undefined || claim === undefined || claim.accessKeyId !== accessKeyId || !isRight(request, secret)) return false
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(claim.requestDate) ?? []
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return time - NOW <= 900_000 && NOW - time <= (claim.by === 'query' ? 604_800_000 : 900_000)
}

/** A refusal is a status and AWS's words; it tells neither a secret nor the signature that would have been right. */
function assertDiscreet(outcome: Outcome & { ok: false }, request: HttpRequest, chance: Chance): void {
  const { status, body } = outcome.refused.answer
  if (status < 400 || status >= 600) assert.fail(`${status} for ${shown(request)}`)
  if (!chance.in(8)) return
  for (const secret of SECRETS.values()) if (body.includes(secret)) assert.fail(`a secret in the answer to ${shown(request)}`)
  const claim = claimOf(request)
  const secret = claim === undefined ? undefined : SECRETS.get(claim.accessKeyId)
  const canonical = claim === undefined ? undefined : canonicalAgain(request, claim)
  if (secret === undefined || canonical === undefined || claim!.algorithm !== 'AWS4-HMAC-SHA256') return
  const signature = signatureAgain(secret, claim!, canonical)
  // An echo of what was provided, which may be two values in one header, leaves out what XML cannot hold.
  const sent = [claim!.signature, request.target, ...request.headers.map(([, value]) => value)]
  const given = sent.some((text) => text.replace(/[^0-9a-zA-Z=&]/g, '').includes(signature))
  if (body.includes(signature) && !given) assert.fail(`the calculated signature in the answer to ${shown(request)}`)
}

function noteTime({ slowest }: FuzzFigures, request: HttpRequest, milliseconds: number): void {
  if (slowest.length >= SLOWEST_KEPT && milliseconds <= slowest.at(-1)!.milliseconds) return
  slowest.push({ milliseconds, request })
  slowest.sort((a, b) => b.milliseconds - a.milliseconds)
  slowest.length = Math.min(slowest.length, SLOWEST_KEPT)
}

/** The time that the slowest requests really take: on a busy machine, the least of several tries. */
export async function timedAgain({ slowest }: FuzzFigures): Promise<{ milliseconds: number; request: HttpRequest }[]> {
  const verifier = createVerifier({ credentials: STORE, clock: () => NOW })
  const again: { milliseconds: number; request: HttpRequest }[] = []
  for (const { request } of slowest) {
    let milliseconds = Number.POSITIVE_INFINITY
    for (let i = 0; i < 7; i++) {
      const start = performance.now()
      await verifier.judge(request)
      milliseconds = Math.min(milliseconds, performance.now() - start)
    }
    again.push({ milliseconds, request })
  }
  return again.sort((a, b) => b.milliseconds - a.milliseconds)
}

/** A request on one line, cut where it is long. */
export function shown({ method, target, headers, body }: HttpRequest): string {
  const text = JSON.stringify({ method, target, headers, body: body === undefined ? undefined : Buffer.from(body).toString('latin1') })
  return text.length > 3000 ? `${text.slice(0, 3000)}...` : text
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1)
}

const SLOWEST_KEPT = 20
