/**
 * One request as one piece of evidence shows it, for the checks: what is masked, cut or left to be filled in is absent, and so is
 * what the piece does not show.
 */
import { SCHEMES } from '../../catalog/index.js'
import {
  type Authorization,
  authorizationOf,
  credentialParts,
  type HttpRequest,
  headerValue,
  parseAuthorization,
  parseCanonicalHeaders,
  parseCanonicalRequest,
  queryValue,
  requestDateOf,
  splitTarget,
} from '../../sigv4/index.js'
import { isMasked } from '../../text/index.js'
import type { ObservationOf } from '../observation.js'
import { dateOfCanonical } from '../side-views.js'
import type { ViewSource } from './deviation.js'

/** Version 4 and what is built like it: Google's names differ, its rules do not. Of Version 2 the query is checked as text. */
export interface Family {
  readonly prefix: 'X-Amz-' | 'X-Goog-' | 'x-oss-' | ''
  readonly terminator: string
  readonly algorithms: readonly string[]
}

export interface RequestView {
  readonly seen: ViewSource
  /** Absent where only an Authorization header is shown. */
  readonly request: HttpRequest | undefined
  /** All headers are shown, so that one that is not there was not sent. */
  readonly whole: boolean
  readonly by: 'header' | 'query'
  readonly family: Family
  readonly algorithm: string | undefined
  /** As written; its access key ID may be masked. */
  readonly credential: string | undefined
  readonly accessKeyId: string | undefined
  readonly scope: ScopeSeen | undefined
  /** As written, in lower case. */
  readonly signedHeaders: readonly string[] | undefined
  readonly signature: string | undefined
  readonly requestDate: string | undefined
  readonly host: string | undefined
  /** The raw query. */
  readonly query: string | undefined
}

/** A credential scope with a place for each part; a masked one is absent. */
export interface ScopeSeen {
  readonly date: string | undefined
  readonly region: string | undefined
  readonly service: string | undefined
  readonly terminator: string | undefined
}

/** The view of a request or an Authorization header; `undefined` where it is signed with neither version, or not at all. */
export function requestViewOf(seen: ObservationOf<'request'> | ObservationOf<'authorization'>): RequestView | undefined {
  const request = seen.kind === 'request' ? seen.request : undefined
  const query = request === undefined ? undefined : splitTarget(request.target).query
  const found = seen.kind === 'authorization' ? ofHeader(parseAuthorization(seen.value)) : signedBy(seen.request, query)
  if (found === undefined) return undefined
  const { authorization, family } = found
  const { by } = authorization
  const credential = authorization.credential
  return {
    seen,
    request,
    whole: seen.kind === 'request' && shownWhole(seen),
    by,
    family,
    algorithm: written(authorization.algorithm),
    credential,
    accessKeyId: written(
      credential
        ?.split('/')
        .slice(0, -(credentialParts(authorization.algorithm) - 1))
        .join('/'),
    ),
    scope: credential === undefined ? undefined : scopeSeen(credential, credentialParts(authorization.algorithm)),
    signedHeaders: written(authorization.signedHeaders)?.toLowerCase().split(';'),
    signature: written(authorization.signature),
    requestDate: request === undefined ? undefined : written(dateOf(request, by, family)?.trim()),
    host: request === undefined ? undefined : written(headerValue(request, 'host')?.trim()),
    query,
  }
}

/** What a canonical request shows of its request, on either side: the names it signs, its host and its date. */
export function canonicalViewOf(seen: ObservationOf<'canonical-request'>): RequestView | undefined {
  const parts = parseCanonicalRequest(seen.text)
  if (parts === undefined) return undefined
  const query = parts['canonical-query-string']
  const algorithm = queryValue(query, 'X-Amz-Algorithm')
  const host = parseCanonicalHeaders(parts['canonical-headers']).find(([name]) => name === 'host')?.[1]
  return {
    seen,
    request: undefined,
    whole: false,
    by: algorithm === undefined ? 'header' : 'query',
    family: AMZ,
    algorithm: written(algorithm),
    credential: undefined,
    accessKeyId: undefined,
    scope: undefined,
    signedHeaders: written(parts['signed-headers'])?.toLowerCase().split(';'),
    signature: undefined,
    requestDate: written(dateOfCanonical(seen.text)),
    host: written(host),
    query: undefined,
  }
}

/** A text as it was written; `undefined` where it was painted over, cut, or is for a program or reader to fill in. */
export function written(text: string | undefined): string | undefined {
  return text === undefined || isMasked(text) || FILLED_IN.test(text) ? undefined : text
}

interface Signed {
  readonly authorization: Authorization
  readonly family: Family
}

function signedBy(request: HttpRequest, query: string | undefined): Signed | undefined {
  const authorization = authorizationOf(request)
  if (authorization !== undefined) return authorization.by === 'header' ? ofHeader(authorization) : { authorization, family: AMZ }
  if (query !== undefined && /(?:^|&)AWSAccessKeyId=/.test(query) && /(?:^|&)Signature=/.test(query)) return VERSION_2
  for (const { family, names } of PARAMETERS) {
    const [algorithm, credential, signedHeaders, signature] = names.map((name) => queryValue(query, family.prefix + name))
    if (algorithm !== undefined)
      return { authorization: { by: 'query', algorithm, credential, signedHeaders, signature, malformed: undefined }, family }
  }
  return undefined
}

/** A header of Version 4, though it be misspelled; another scheme's (Bearer, Basic, AWS, OSS4) is none. */
function ofHeader(authorization: Authorization): Signed | undefined {
  if (/^GOOG4-/.test(authorization.algorithm)) return { authorization, family: GOOG }
  if (/^OSS4-/.test(authorization.algorithm)) return { authorization, family: OSS }
  const named = authorization.credential !== undefined && authorization.signedHeaders !== undefined
  return /^AWS4/i.test(authorization.algorithm) || (named && /^(?:AWS|HMAC)/i.test(authorization.algorithm))
    ? { authorization, family: AMZ }
    : undefined
}

function dateOf(request: HttpRequest, by: 'header' | 'query', { prefix }: Family): string | undefined {
  if (prefix === 'X-Amz-') return requestDateOf(request, by)
  if (prefix === '') return undefined
  return by === 'query'
    ? queryValue(splitTarget(request.target).query, prefix === 'x-oss-' ? 'x-oss-date' : `${prefix}Date`)
    : headerValue(request, `${prefix.toLowerCase()}date`)
}

function scopeSeen(credential: string, parts: 4 | 5): ScopeSeen | undefined {
  const pieces = credential.split('/')
  if (pieces.length < parts) return undefined
  const [terminator, service, region, date] = [...pieces].reverse().map(written)
  return parts === 5 ? { date, region, service, terminator } : { date: region, region: undefined, service, terminator }
}

/** A bare URL shows no headers, a browser and a log not all; a request with its Host and as it was shows them. */
function shownWhole({ request, fidelity, methodGuessed }: ObservationOf<'request'>): boolean {
  return (
    fidelity === 'exact' &&
    methodGuessed === undefined &&
    request.headers.some(([name]) => /^(?:host|:authority)$/i.test(name)) &&
    !request.headers.some(([name, value]) => isMasked(name) || /^\.{3}/.test(value))
  )
}

const AMZ: Family = { prefix: 'X-Amz-', terminator: 'aws4_request', algorithms: ['AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256'] }
const GOOG: Family = { prefix: 'X-Goog-', terminator: 'goog4_request', algorithms: ['GOOG4-HMAC-SHA256', 'GOOG4-RSA-SHA256'] }
const OSS: Family = { prefix: 'x-oss-', terminator: SCHEMES.oss4.words.terminator, algorithms: ['OSS4-HMAC-SHA256'] }
/** What each calls its algorithm, credential, signed headers and signature in a URL. */
const PARAMETERS = [
  { family: GOOG, names: ['Algorithm', 'Credential', 'SignedHeaders', 'Signature'] },
  { family: OSS, names: ['signature-version', 'credential', 'additional-headers', 'signature'] },
] as const
const VERSION_2: Signed = {
  authorization: {
    by: 'query',
    algorithm: '',
    credential: undefined,
    signedHeaders: undefined,
    signature: undefined,
    malformed: undefined,
  },
  family: { prefix: '', terminator: '', algorithms: [''] },
}
const FILLED_IN = /[<>${}]|\.\.\.|\[[a-z ]+\]|%[sdv@](?![0-9A-Fa-f])|\bYOUR/i
