/**
 * What surely belongs together within one source: a signing (the signer's texts), a sending (a request), an answer (a response, the
 * error in it, and the texts it quotes). Exchanges are joined of these; see join.ts.
 */

import { version2RequestOf } from '../sigv2/index.js'
import {
  authorizationOf,
  canonicalRequestHash,
  type HttpRequest,
  parseAuthorization,
  parseStringToSign,
  requestDateOf,
  splitTarget,
} from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import type { Fact, Observation, ObservationOf } from './observation.js'
import { plainSignature } from './same-signature.js'
import { differ } from './same-target.js'
import { dateOfCanonical } from './side-views.js'

export interface Piece {
  readonly kind: 'signing' | 'sending' | 'answer'
  readonly observations: readonly Fact[]
  readonly source: string
  readonly start: number
  readonly keys: PieceKeys
}

/** What a piece shows of its exchange. Masked and cut values are absent. */
export interface PieceKeys {
  /** Carried by the request, in one spelling; never one that a service calculated. */
  readonly signature?: string
  readonly date?: string
  readonly method?: string
  /** Without its query, as written. */
  readonly path?: string
  /** SHA-256 of the canonical request, of the signer's side. */
  readonly hash?: string
  readonly requestId?: string
  readonly exchange?: string
  readonly lane?: string
  readonly status?: number
  readonly code?: string
}

/** The pieces of one source in the order of their places, and what belongs to none of them. */
export function piecesOf(observations: readonly Observation[]): {
  readonly pieces: readonly Piece[]
  readonly others: readonly Observation[]
} {
  const others: Observation[] = []
  const drafts: Draft[] = []
  const byAuthorization = new Map<string, Draft>()
  let lane: string | undefined
  for (const one of observations) if (one.kind === 'clue') others.push(one)
  const facts = observations.filter((one): one is Fact => one.kind !== 'clue')
  for (const bundle of bundles(facts)) {
    const [first] = bundle
    const belonging = bundle.filter((one) => kindOf(one) !== undefined)
    for (const one of bundle) if (kindOf(one) === undefined) others.push(one)
    if (first === undefined || belonging.length === 0) continue
    lane = belonging.find((one) => one.lane !== undefined)?.lane ?? lane
    for (const kind of ['signing', 'sending', 'answer'] as const) {
      const own = belonging.filter((one) => kindOf(one) === kind)
      if (own.length === 0) continue
      const known =
        kind === 'sending' ? own.map(authorizationText).find((text) => text !== undefined && byAuthorization.has(text)) : undefined
      const onlyText = own.every((one) => one.kind === 'authorization' || one.kind === 'access-key-id')
      const draft = known !== undefined && onlyText ? byAuthorization.get(known)! : continued(drafts, kind, own, lane)
      if (draft === undefined) drafts.push({ kind, observations: own, lane })
      else for (const one of own) draft.observations.push(one)
      for (const one of own) {
        const text = authorizationText(one)
        if (text !== undefined) byAuthorization.set(text, draft ?? drafts.at(-1)!)
      }
    }
  }
  return { pieces: drafts.map(pieceOf), others }
}

interface Draft {
  readonly kind: Piece['kind']
  readonly observations: Fact[]
  readonly lane: string | undefined
}

/** Observations of one place are of one thing, also where only one of their readers tells which. */
function* bundles(observations: readonly Fact[]): Iterable<readonly Fact[]> {
  const told = new Map<string, string>()
  for (const { location, exchange } of observations) if (exchange !== undefined) told.set(placeKey(location), exchange)
  const exchangeOf = (one: Fact): string | undefined => one.exchange ?? told.get(placeKey(one.location))
  let bundle: Fact[] = []
  for (const one of observations) {
    const [before] = bundle
    const same =
      before !== undefined &&
      before.location.start === one.location.start &&
      before.location.end === one.location.end &&
      exchangeOf(before) === exchangeOf(one) &&
      !(one.kind === 'request' && bundle.some(({ kind }) => kind === 'request'))
    if (!same && bundle.length > 0) {
      yield bundle
      bundle = []
    }
    bundle.push(one)
  }
  if (bundle.length > 0) yield bundle
}

function placeKey({ start, end }: Fact['location']): string {
  return `${start} ${end}`
}

function kindOf(one: Fact): Piece['kind'] | undefined {
  switch (one.kind) {
    case 'request':
    case 'authorization':
      return 'sending'
    case 'canonical-request':
    case 'string-to-sign':
      return one.side === 'verifier' ? 'answer' : 'signing'
    case 'signature':
      return one.side === 'signer' ? 'signing' : 'answer'
    case 'response':
    case 'error':
    case 'stated':
    case 'access-key-id':
      return 'answer'
    default:
      return undefined
  }
}

/** The piece before it that these go on with. */
function continued(drafts: readonly Draft[], kind: Piece['kind'], own: readonly Fact[], lane: string | undefined): Draft | undefined {
  const last = drafts.at(-1)
  if (kind === 'sending') return undefined
  if (kind === 'signing') return signingBefore(drafts, own, lane)
  // The key that a command line names stands with the command.
  if (last?.kind === 'sending' && own.every((one) => one.kind === 'access-key-id') && samePlace(last.observations[0]!, own[0]!)) return last
  if (last?.kind !== 'answer' || last.lane !== lane || last.observations[0]!.exchange !== own[0]!.exchange) return undefined
  return goesOn(last.observations, own) ? last : undefined
}

/** Whether an answer goes on: a body after its status line, a text after its error, the same code said once more. */
function goesOn(answer: readonly Fact[], own: readonly Fact[]): boolean {
  const [before, now] = [answerKeys(answer), answerKeys(own)]
  if (differ(before.requestId, now.requestId) || differ(before.signature, now.signature)) return false
  if (own.some(({ kind }) => kind === 'response') && answer.some(({ kind }) => kind === 'error' || kind === 'stated')) {
    // A status line printed again, with the headers of the answer.
    return before.status !== undefined && before.status === now.status && now.code === undefined && before.requestId !== undefined
  }
  if (before.status !== undefined && now.status !== undefined && before.status !== now.status) return before.status < 200
  if (before.status !== undefined && now.status !== undefined && before.code === undefined && now.code === undefined)
    return before.requestId !== undefined && before.requestId === now.requestId
  return before.code === undefined || now.code === undefined || before.code === now.code
}

/** A signing goes on until one of its texts comes a second time. A string to sign goes to the canonical request whose hash it holds. */
function signingBefore(drafts: readonly Draft[], own: readonly Fact[], lane: string | undefined): Draft | undefined {
  const recent = drafts.slice(-RECENT).filter((draft) => draft.kind === 'signing' && (draft.lane === lane || lane === undefined))
  const last = recent.at(-1)
  const free = (draft: Draft): boolean =>
    own.every((one) => !draft.observations.some((other) => other.kind === one.kind && !sameText(other, one)))
  const hash = own.map(hashOf).find((found) => found !== undefined)
  if (hash !== undefined) {
    const byHash = recent.filter((draft) => draft.observations.some((one) => hashOf(one) === hash)).at(-1)
    if (byHash !== undefined && free(byHash)) return byHash
  }
  // Between a signer's texts nothing is sent.
  if (last === undefined || drafts.at(-1) !== last) return undefined
  return free(last) ? last : undefined
}

function sameText(a: Fact, b: Fact): boolean {
  if ('text' in a && 'text' in b) return a.text === b.text
  return 'value' in a && 'value' in b && a.value === b.value
}

function samePlace(a: Fact, b: Fact): boolean {
  return a.location.start === b.location.start && a.location.end === b.location.end
}

function authorizationText(one: Fact): string | undefined {
  if (one.kind === 'authorization') return one.value.trim()
  if (one.kind !== 'request') return undefined
  return one.request.headers.find(([name]) => /^authorization$/i.test(name))?.[1].trim()
}

function pieceOf({ kind, observations, lane }: Draft): Piece {
  const [first] = observations
  const keys = kind === 'answer' ? answerKeys(observations) : kind === 'sending' ? sendingKeys(observations) : signingKeys(observations)
  const exchange = observations.find((one) => one.exchange !== undefined)?.exchange
  return {
    kind,
    observations,
    source: first!.location.source,
    start: first!.location.start,
    keys: { ...keys, ...(exchange !== undefined && { exchange }), ...(lane !== undefined && { lane }) },
  }
}

function sendingKeys(observations: readonly Fact[]): PieceKeys {
  const request = observations.find((one): one is ObservationOf<'request'> => one.kind === 'request')?.request
  if (request !== undefined) return requestKeys(request)
  const text = observations.find((one): one is ObservationOf<'authorization'> => one.kind === 'authorization')?.value
  return defined({ signature: text === undefined ? undefined : plainSignature(parseAuthorization(text).signature) })
}

/** What a request shows of its exchange. */
export function requestKeys(request: HttpRequest): PieceKeys {
  const authorization = authorizationOf(request)
  const date = requestDateOf(request, authorization?.by ?? 'header')
  const { path } = splitTarget(request.target)
  return defined({
    signature: plainSignature(authorization?.signature ?? olderSignature(request)),
    date: whole(date),
    method: whole(request.method),
    path: whole(path),
  })
}

/** The signature of a request of Version 2, in its URL or its header. */
function olderSignature(request: HttpRequest): string | undefined {
  return /[?&]Signature=([^&]{1,200})/.exec(request.target)?.[1] ?? version2RequestOf(request)?.signature
}

function signingKeys(observations: readonly Fact[]): PieceKeys {
  const keys: { -readonly [Key in keyof PieceKeys]?: PieceKeys[Key] | undefined } = {}
  for (const one of observations) {
    if (one.kind === 'signature') keys.signature ??= plainSignature(one.value)
    else if (one.kind === 'string-to-sign') keys.date ??= whole(parseStringToSign(one.text)?.requestDate)
    else if (one.kind === 'canonical-request') {
      const [method, path] = one.text.split('\n', 2)
      keys.method ??= whole(method)
      keys.path ??= whole(path)
      keys.date ??= whole(dateOfCanonical(one.text))
    }
    keys.hash ??= hashOf(one)
  }
  return defined(keys)
}

/** The hash that ties a canonical request to its string to sign. */
function hashOf(one: Fact): string | undefined {
  if (one.kind === 'canonical-request') return isMasked(one.text) ? undefined : canonicalRequestHash(one.text)
  if (one.kind !== 'string-to-sign') return undefined
  const hash = parseStringToSign(one.text)?.canonicalRequestHash
  return hash !== undefined && /^[0-9a-f]{64}$/.test(hash) ? hash : undefined
}

function answerKeys(observations: readonly Fact[]): PieceKeys {
  const keys: { -readonly [Key in keyof PieceKeys]?: PieceKeys[Key] | undefined } = {}
  for (const one of observations) {
    if (one.kind === 'signature' && one.side === 'wire') keys.signature ??= plainSignature(one.value)
    else if (one.kind === 'string-to-sign') keys.date = whole(parseStringToSign(one.text)?.requestDate) ?? keys.date
    else if (one.kind === 'canonical-request') {
      const [method] = one.text.split('\n', 1)
      keys.date ??= whole(dateOfCanonical(one.text)?.split(',')[0])
      keys.method ??= whole(method)
    } else if (one.kind === 'response') {
      if (keys.status === undefined || keys.status < 200) keys.status = one.status
      keys.requestId ??= whole(one.headers.find(([name]) => REQUEST_ID.test(name))?.[1])
    } else if (one.kind === 'error') {
      if (one.code !== '') keys.code ??= one.code
      keys.status ??= one.status
      keys.requestId ??= whole(one.elements.find(([name]) => /^request-?id$/i.test(name))?.[1])
    }
  }
  return defined(keys)
}

function whole(value: string | undefined): string | undefined {
  const text = value?.trim()
  return text === undefined || text === '' || isMasked(text) || PLACEHOLDER.test(text) ? undefined : text
}

function defined(keys: { readonly [Key in keyof PieceKeys]?: PieceKeys[Key] | undefined }): PieceKeys {
  return Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined))
}

const RECENT = 40
const REQUEST_ID = /^x-amzn?-request-?id$/i
const PLACEHOLDER = /[<>${}]|\.\.\./
