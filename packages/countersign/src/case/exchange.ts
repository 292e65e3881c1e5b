/** Exchanges: each request that the evidence shows, as it was sent once, with its answer, its outcome, and what is said about it. */
import { CODES_AFTER_SIGNATURE, CODES_SILENT_OF_SIGNATURE, PERMISSION_CODES } from '../catalog/index.js'
import {
  authorizationOf,
  type Credential,
  credentialOf,
  type HttpRequest,
  headerValue,
  parseAuthorization,
  parseLenientDate,
} from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import { type Joined, joined, observationsOf } from './join.js'
import type { Observation, ObservationOf } from './observation.js'
import { type Piece, type PieceKeys, piecesOf } from './piece.js'
import { byPlace } from './place-order.js'

/** accepted: the signature was, whatever the service answered next. unknown: nothing in the evidence says. */
export type ExchangeOutcome = 'accepted' | 'refused' | 'unknown'

export interface Exchange {
  /** Its own observations, and what is said where it stands. */
  readonly observations: readonly Observation[]
  readonly outcome: ExchangeOutcome
  /** The client repaired it itself: a later request of the same kind passed the check that refused this one. */
  readonly overcome: boolean
  /** Whether the request itself, or what its signer wrote, is in the evidence. */
  readonly sent: boolean
  /** Another attempt that is shown in its place, where its own is not: to lay beside it, never to prove by. */
  readonly otherAttempt: PieceKeys | undefined
  /** Whether an answer is in the evidence at all. */
  readonly answered: boolean
  /** Whether the answer has a body that names a code. */
  readonly explained: boolean
  /** Milliseconds since 1970 of the request date. */
  readonly when: number | undefined
  readonly request: HttpRequest | undefined
  readonly credential: Credential | undefined
  readonly keys: PieceKeys
  /** Where it begins, for the order of exchanges of one second. */
  readonly start: { readonly source: string; readonly offset: number }
  /** Whether its source shows several exchanges: then it is a log. */
  readonly inLog: boolean
}

/** The exchanges of all evidence, oldest first, and the observations that are about all of them. */
export interface Exchanges {
  readonly exchanges: readonly Exchange[]
  readonly shared: readonly Observation[]
}

/** Takes the observations of all evidence, in any order, apart into exchanges. */
export function exchangesOf(observations: readonly Observation[]): Exchanges {
  const bySource = new Map<string, Observation[]>()
  for (const one of [...observations].sort(byPlace)) {
    const list = bySource.get(one.location.source)
    if (list === undefined) bySource.set(one.location.source, [one])
    else list.push(one)
  }
  const sources = [...bySource.values()].map(piecesOf)
  const all = joined(sources.map(({ pieces }) => pieces))
  const stretches = stretchesOf(all)
  const shared: Observation[] = []
  const said = new Map<Joined, Observation[]>()
  for (const one of sources.flatMap(({ others }) => others)) {
    const owner = SCOPED.has(one.kind) ? ownerAt(stretches.get(one.location.source) ?? [], one.location.start) : undefined
    if (owner === undefined) shared.push(one)
    else if (said.has(owner)) said.get(owner)!.push(one)
    else said.set(owner, [one])
  }
  const drafts = all.map((one) => exchangeOf(one, said.get(one) ?? [], inLogOf(one, stretches)))
  const ordered = [...drafts].sort(oldestFirst)
  return { exchanges: withOvercome(withPermissions(ordered)), shared }
}

/** What stands inside a log is about the request beside it. */
const SCOPED: ReadonlySet<Observation['kind']> = new Set(['clue', 'request-line'])

type Stretch = readonly [start: number, of: Joined]

/** Where the exchanges of each source begin. */
function stretchesOf(all: readonly Joined[]): ReadonlyMap<string, readonly Stretch[]> {
  const found = new Map<string, Stretch[]>()
  for (const one of all)
    for (const { source, start } of one.pieces) {
      const list = found.get(source)
      if (list === undefined) found.set(source, [[start, one]])
      else list.push([start, one])
    }
  for (const list of found.values()) list.sort(([a], [b]) => a - b)
  return found
}

/** The exchange in whose stretch an offset lies, where the source has several; before the first everything is about all. */
function ownerAt(stretches: readonly Stretch[], at: number): Joined | undefined {
  if (!hasSeveral(stretches)) return undefined
  let [low, high] = [0, stretches.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (stretches[middle]![0] <= at) low = middle + 1
    else high = middle
  }
  return stretches[low - 1]?.[1]
}

function hasSeveral(stretches: readonly Stretch[]): boolean {
  return stretches.some(([, of]) => of !== stretches[0]![1])
}

function inLogOf({ pieces }: Joined, stretches: ReadonlyMap<string, readonly Stretch[]>): boolean {
  return pieces.some(({ source }) => hasSeveral(stretches.get(source) ?? []))
}

function exchangeOf(one: Joined, said: readonly Observation[], inLog: boolean): Exchange {
  const observations = observationsOf(one)
  const request = requestOf(one.pieces)
  const [first] = one.pieces
  const answered = one.pieces.some(({ kind }) => kind === 'answer')
  return {
    observations: [...observations, ...said],
    outcome: answered ? outcomeOf(one.pieces, one.keys) : 'unknown',
    overcome: false,
    sent: one.pieces.some(({ kind }) => kind !== 'answer'),
    otherAttempt: one.otherAttempt.length === 0 ? undefined : Object.assign({}, ...one.otherAttempt.map(({ keys }) => keys)),
    answered,
    explained: observations.some((seen) => seen.kind === 'error'),
    when: one.keys.date === undefined ? undefined : parseLenientDate(one.keys.date),
    request,
    credential: credentialIn(observations, request),
    keys: one.keys,
    start: { source: first?.source ?? '', offset: first?.start ?? 0 },
    inLog,
  }
}

/** The request that shows most: signed before unsigned. */
function requestOf(pieces: readonly Piece[]): HttpRequest | undefined {
  const requests = pieces.flatMap(({ observations }) =>
    observations.filter((one): one is ObservationOf<'request'> => one.kind === 'request').map(({ request }) => request),
  )
  return requests.find((request) => authorizationOf(request) !== undefined && request.method !== '') ?? requests[0]
}

function credentialIn(observations: readonly Observation[], request: HttpRequest | undefined): Credential | undefined {
  const carried = request === undefined ? undefined : credentialOf(authorizationOf(request))
  if (carried !== undefined) return carried
  const text = observations.find((one): one is ObservationOf<'authorization'> => one.kind === 'authorization')?.value
  return text === undefined || isMasked(text) ? undefined : credentialOf(parseAuthorization(text))
}

/** What the answer says of the signature. */
function outcomeOf(pieces: readonly Piece[], { code, status }: PieceKeys): ExchangeOutcome {
  const seen = pieces.flatMap(({ kind, observations }) => (kind === 'answer' ? observations : []))
  if (seen.some((one) => one.kind === 'stated' && one.fact !== 'redirected')) return 'refused'
  const errors = seen.filter((one): one is ObservationOf<'error'> => one.kind === 'error')
  if (code !== undefined && errors.length > 0) {
    if (CODES_AFTER_SIGNATURE.has(code) || CODE_OF_ABSENCE.test(code)) return 'accepted'
    if (CODES_SILENT_OF_SIGNATURE.test(code)) return 'unknown'
    if (PERMISSION_CODES.has(code) && lostItsSignature(pieces)) return 'refused'
    if (PERMISSION_CODES.has(code)) return errors.some(({ message }) => PRINCIPAL.test(message)) ? 'accepted' : 'unknown'
    return 'refused'
  }
  if (status === undefined) return errors.length > 0 ? 'refused' : 'unknown'
  if (status >= 200 && status < 300) return 'accepted'
  // Where a redirect was followed without the signature, nothing was found or not found by it.
  if (ACCEPTED_STATUSES.has(status)) return lostItsSignature(pieces) ? 'unknown' : 'accepted'
  if (status >= 300 && status < 400) return seen.some((one) => one.kind === 'stated') ? 'refused' : 'unknown'
  return REFUSING_STATUSES.has(status) ? 'refused' : 'unknown'
}

/** The last request of several that were sent carries no signature, and one before it did. */
function lostItsSignature(pieces: readonly Piece[]): boolean {
  const sent = pieces.filter(({ kind }) => kind === 'sending')
  return sent.length > 1 && sent.at(-1)?.keys.signature === undefined && sent.some(({ keys }) => keys.signature !== undefined)
}

/** A bare refusal of permission is one of a permission where the same key passed at the same host: then the signature was accepted. */
function withPermissions(exchanges: readonly Exchange[]): readonly Exchange[] {
  const passed = new Set(exchanges.filter(({ outcome }) => outcome === 'accepted').map(keyAndHost))
  return exchanges.map((one) =>
    one.outcome === 'unknown' &&
    one.keys.code !== undefined &&
    PERMISSION_CODES.has(one.keys.code) &&
    passed.has(keyAndHost(one)) &&
    keyAndHost(one) !== undefined
      ? { ...one, outcome: 'accepted' }
      : one,
  )
}

function keyAndHost({ credential, request }: Exchange): string | undefined {
  const host = request === undefined ? undefined : headerValue(request, 'host')
  return credential === undefined || host === undefined ? undefined : `${credential.accessKeyId} ${host.toLowerCase()}`
}

/** Marks the refusals that the client repaired: the region, the clock, a redirect. */
function withOvercome(exchanges: readonly Exchange[]): readonly Exchange[] {
  const later = new Map<string, { readonly exchange: Exchange; readonly at: number }[]>()
  for (const [at, exchange] of exchanges.entries()) {
    const kind = kindOf(exchange)
    if (kind !== undefined && exchange.outcome !== 'unknown')
      later.set(kind, [...(later.get(kind) ?? []), { exchange, at }].slice(-MOST_LATER))
  }
  return exchanges.map((one, at) => {
    if (one.outcome !== 'refused') return one
    const kind = kindOf(one)
    const repaired = kind === undefined ? [] : (later.get(kind) ?? []).filter((other) => other.at > at && repairs(one, other.exchange))
    return repaired.length === 0 ? one : { ...one, overcome: true }
  })
}

/** Same source, same method, same key path, whether the bucket stands in the host or in the path. */
function kindOf({ start, request }: Exchange): string | undefined {
  if (request === undefined || request.method === '') return undefined
  const path = request.target.split('?', 1)[0]!
  return `${start.source}\n${request.method}\n${path.slice(path.lastIndexOf('/') + 1)}`
}

/** Whether a later request is the same one with the region, the clock or the address repaired, and got past that check. */
function repairs(refused: Exchange, later: Exchange): boolean {
  const facts = refused.observations.flatMap((one) => (one.kind === 'stated' ? [one.fact] : []))
  const region = refused.credential?.scope.region !== later.credential?.scope.region
  const scope = facts.some(
    (fact) => fact === 'region-wrong' || fact === 'redirected' || fact === 'scope-date-wrong' || fact === 'service-wrong',
  )
  const clock = facts.some((fact) => CLOCK_FACTS.has(fact))
  const bare = !refused.explained && region
  if (!(clock || bare || scope || SCOPE_CODES.has(refused.keys.code ?? ''))) return false
  if (later.outcome === 'accepted') return clock || bare || region || scope
  // Refused for something else: what was repaired is repaired.
  return later.keys.code !== undefined && later.keys.code !== refused.keys.code && (region || clock)
}

/** By request date, then by place; the place of equal ones does not depend on the order in which sources were given. */
function oldestFirst(a: Exchange, b: Exchange): number {
  if (a.when !== undefined && b.when !== undefined && a.when !== b.when) return a.when - b.when
  if (a.start.source === b.start.source) return a.start.offset - b.start.offset
  const [one, other] = [a.keys.signature ?? '', b.keys.signature ?? '']
  if (one !== other) return one < other ? -1 : 1
  return a.start.source < b.start.source ? -1 : 1
}

/** The refusal that is asked about: the last that was not overcome, one with an answer body before a bare one. */
export function askedAbout(exchanges: readonly Exchange[]): Exchange | undefined {
  const refused = exchanges.filter(({ outcome, overcome }) => outcome === 'refused' && !overcome)
  return refused.filter(({ explained }) => explained).at(-1) ?? refused.at(-1)
}

const CODE_OF_ABSENCE = /^NoSuch|NotFound(?:Exception)?$/
const PRINCIPAL = /\barn:aws[\w-]{0,20}:(?:iam|sts):|\bUser: \S|\baccount (?:ID )?\d{12}\b|no identity-based policy|explicit deny/
const ACCEPTED_STATUSES: ReadonlySet<number> = new Set([304, 404, 409, 412, 416])
const REFUSING_STATUSES: ReadonlySet<number> = new Set([400, 401, 403])
const SCOPE_CODES: ReadonlySet<string> = new Set([
  'AuthorizationHeaderMalformed',
  'IllegalLocationConstraintException',
  'PermanentRedirect',
  'TemporaryRedirect',
  'InvalidRegion',
])
const CLOCK_FACTS: ReadonlySet<string> = new Set(['request-expired', 'request-in-future', 'time-skewed'])
const MOST_LATER = 20
