/**
 * What the refused requests of a log say as observations.
 *
 * A line of a log shows a few things of a request and hides the rest. Only where it shows all that was signed (a presigned
 * URL, and its host) is it given as a request; else as a request line, from whose silence nothing follows.
 */

import { type About, clue, type EvidenceSource, type Observation, type Strength } from '../../case/index.js'
import { AUTH_CODES } from '../../catalog/index.js'
import { hostScope } from '../../endpoints/index.js'
import {
  type Header,
  type HttpRequest,
  parseLenientDate,
  QUERY,
  queryAuthorization,
  queryValue,
  requestDateOf,
  requestDateText,
  splitTarget,
} from '../../sigv4/index.js'
import { isMasked, type Location, presignedBy, urlParts } from '../../text/index.js'
import { clientOf } from '../clients/client-name.js'
import { statedIn } from '../refusals/stated-facts.js'

/** One request as a log shows it. */
export interface LoggedRequest {
  readonly start: number
  readonly end: number
  readonly method: string
  /** As logged; an absolute URL gives the host too. */
  readonly target: string
  readonly host?: string | undefined
  readonly status?: number | undefined
  readonly userAgent?: string | undefined
  /** Milliseconds since 1970. */
  readonly time?: number | undefined
  /** The error code and message of the service, where its log names them. */
  readonly code?: string | undefined
  readonly message?: string | undefined
  /** What else the log gives of the answer, under the names of an error body. */
  readonly elements?: readonly (readonly [string, string])[] | undefined
  /** Headers that are logged by name. */
  readonly headers?: readonly Header[] | undefined
  /** What a log alone can tell, for example that it names two hosts. */
  readonly hints?: readonly LogHint[] | undefined
}

/** A suspicion that the line itself raises. */
export interface LogHint {
  readonly about: About
  readonly strength: Strength
  readonly message: string
  readonly values?: Readonly<Record<string, string>>
}

/** Which log it is, and whose clock it shows. */
export interface LogKind {
  /** With its article: "an access log of nginx". */
  readonly name: string
  /** "service": a clock that AWS keeps. "hop": one that may itself be wrong. */
  readonly clock: 'service' | 'hop'
}

/** The observations of a log: of its refused requests, each kind once; a note where that is little. */
export function loggedObservations(source: EvidenceSource, kind: LogKind, all: readonly LoggedRequest[]): readonly Observation[] {
  if (all.length === 0) return []
  const refused = chosen(all.filter(isRefused))
  const whole = { source: source.name, start: all[0]!.start, end: all.at(-1)!.end }
  const note = (reason: string): Observation => ({ kind: 'unreadable', reason, location: whole, fidelity: 'exact' })
  if (refused.length === 0) return [note(`${count(all.length, 'request')} in ${kind.name}, none refused (status 400, 401 or 403)`)]
  const alone = refused.length === 1
  const seen = refused.flatMap((one) => requestSeen(source, kind, one, alone))
  if (seen.some((one) => one.kind === 'request' || one.kind === 'error')) return seen
  const last = refused.at(-1)!
  const named = `${last.method} ${splitTarget(last.target).path.slice(0, 120)}`
  const all403 = `${count(all.filter(isRefused).length, 'refused request')} in ${kind.name}, the last ${named} (${last.status})`
  return [...seen, note(`${all403}: it holds neither the headers nor the answer, so what was signed cannot be read from it`)]
}

/** Whether a request was refused in a way that a wrong signature can be; or is not shown to have passed, and is odd. */
export function isRefused({ status, code, hints = [] }: LoggedRequest): boolean {
  if (status === undefined && code === undefined) return hints.length > 0
  return status === 400 || status === 401 || status === 403 || (code !== undefined && AUTH_CODES.has(code))
}

/** The refused requests that say most, in the order of the log; what repeats is taken once. */
function chosen(refused: readonly LoggedRequest[]): readonly LoggedRequest[] {
  const distinct = new Map<string, LoggedRequest>()
  for (const one of refused) distinct.set([one.method, one.target, one.host, one.status, one.code].join('\n'), one)
  const all = [...distinct.values()]
  if (all.length <= MOST_KEPT) return all
  const worth = (one: LoggedRequest): number =>
    (one.code !== undefined && AUTH_CODES.has(one.code) ? 4 : 0) +
    (/X-Amz-|Signature=/i.test(one.target) ? 2 : 0) +
    (one.status === 403 ? 1 : 0)
  const best = all
    .map((one, i) => ({ one, i }))
    .sort((a, b) => worth(b.one) - worth(a.one) || b.i - a.i)
    .slice(0, MOST_KEPT)
  return best.sort((a, b) => a.i - b.i).map(({ one }) => one)
}

function requestSeen(source: EvidenceSource, kind: LogKind, one: LoggedRequest, alone: boolean): readonly Observation[] {
  const place = { location: { source: source.name, start: one.start, end: one.end } satisfies Location, fidelity: 'normalized' } as const
  const url = urlParts(one.target)
  const target = url?.target ?? one.target
  const host = one.host ?? url?.host
  const side = source.side ?? 'wire'
  const { status, code, message = '' } = one
  // What came to a hop need not be what the service saw, unless it was already addressed to the service itself.
  const seenByService = kind.clock === 'service' || (host !== undefined && hostScope(host) !== undefined)
  const request = seenByService ? signedWhole(one.method, target, host, one.headers ?? []) : undefined
  const client = one.userAgent === undefined ? undefined : clientOf(one.userAgent)
  const date = parseLenientDate(queryValue(splitTarget(target).query, QUERY.date) ?? '')
  const at = kind.clock === 'service' && alone && date !== undefined ? one.time : undefined
  const line = { method: one.method, target, ...(host !== undefined && { host }), ...(status !== undefined && { status }) }
  const seen: Observation[] = []
  if (request !== undefined) seen.push({ ...place, kind: 'request', side, request, ...(url !== undefined && { scheme: url.scheme }) })
  else if (one.method !== '') seen.push({ ...place, kind: 'request-line', side: kind.clock === 'service' ? 'verifier' : side, line })
  const authorization = (one.headers ?? []).find(([name]) => /^authorization$/i.test(name))?.[1]
  if (authorization !== undefined && /^AWS4-/.test(authorization) && !isMasked(authorization))
    seen.push({ ...place, kind: 'authorization', side, value: authorization })
  if (status !== undefined) seen.push({ ...place, kind: 'response', status, headers: [], ...(at !== undefined && { at }) })
  if (code !== undefined) {
    seen.push({ ...place, kind: 'error', code, message, ...(status !== undefined && { status }), elements: one.elements ?? [] })
    for (const one of statedIn(code, message).map((stated): Observation => ({ ...place, kind: 'stated', ...stated }))) seen.push(one)
  }
  if (client !== undefined) seen.push({ ...place, kind: 'client', name: client.name, version: client.version })
  const hints = [...(one.hints ?? []), ...ageHints(one, target, kind), ...olderSignature(target)]
  for (const one of hints) seen.push(clue({ rule: `logged-${one.about}`, ...one }, place.location))
  return seen
}

/** A presigned request of which everything that was signed is logged. */
function signedWhole(method: string, target: string, host: string | undefined, headers: readonly Header[]): HttpRequest | undefined {
  const authorization = queryAuthorization(splitTarget(target).query)
  if (authorization?.signature === undefined || host === undefined || isMasked(target)) return undefined
  const given = headers.filter(([name]) => !/^(?:host|authorization)$/i.test(name))
  const shown = new Set(['host', ...given.map(([name]) => name.toLowerCase())])
  const signed = (authorization.signedHeaders ?? '').split(';')
  if (!signed.every((name) => shown.has(name))) return undefined
  const body = method === 'GET' || method === 'HEAD' ? new Uint8Array() : undefined
  return { method, target, headers: [['Host', host], ...given.filter(([name]) => signed.includes(name.toLowerCase()))], body }
}

/** When a request came, beside when it says it was signed. Services that compared signatures had found the time right. */
function* ageHints(one: LoggedRequest, target: string, kind: LogKind): Iterable<LogHint> {
  if (one.time === undefined || (one.code !== undefined && /^(?:SignatureDoesNotMatch|InvalidSignature)/.test(one.code))) return
  const { query } = splitTarget(target)
  const signed = { method: one.method, target, headers: one.headers ?? [], body: undefined }
  const presigned = queryAuthorization(query) !== undefined
  const date = parseLenientDate(requestDateOf(signed, presigned ? 'query' : 'header') ?? '')
  if (date === undefined) return
  const [came, whose] = [requestDateText(one.time), kind.clock === 'service' ? 'its' : "the hop's"]
  const expires = Number(queryValue(query, QUERY.expires) ?? Number.NaN)
  if (presigned && one.time > date + expires * 1000) {
    const until = requestDateText(date + expires * 1000)
    const message = `The log has the presigned request at ${came}; the URL was good until ${until}.`
    yield { about: 'presigned-url-expired', strength: 'fair', message, values: { now: came, expires: until } }
  } else if (date - one.time > SKEW || (!presigned && one.time - date > SKEW)) {
    const message = `The log has the request at ${came} by ${whose} clock; its request date is ${requestDateText(date)}.`
    yield { about: 'clock-skewed', strength: 'fair', message, values: { now: came, requestDate: requestDateText(date) } }
  }
}

function olderSignature(target: string): readonly LogHint[] {
  const message = 'The logged URL has Signature, Expires and AWSAccessKeyId: it is signed with signature version 2.'
  return presignedBy(target) === 'v2' ? [{ about: 'algorithm.version', strength: 'fair', message }] : []
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}

const MOST_KEPT = 20
const SKEW = 15 * 60_000
