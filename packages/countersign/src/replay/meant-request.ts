/**
 * The request that somebody meant to send, put together of what the evidence shows: as the client sent it, else as it arrived, with what
 * a proven change on the way is undone for. What belongs to a signature or to one connection is not in it.
 */
import type { CaseFile, ObservationOf } from '../case/index.js'
import type { CauseClass } from '../catalog/index.js'
import type { ComparedLine, Diagnosis } from '../diagnosis/index.js'
import { VERDICTS } from '../report/index.js'
import {
  authorizationOf,
  CANONICAL_REQUEST_PARTS,
  canonicalRequestPart,
  EMPTY_PAYLOAD_HASH,
  type Header,
  type HttpRequest,
  headerValue,
  isFormUpload,
  parseCanonicalHeaders,
  type SigningInputs,
  signingProfileOf,
  splitTarget,
  streamingModeOf,
  UNSIGNED_PAYLOAD,
  uriDecode,
} from '../sigv4/index.js'
import { isMasked } from '../text/index.js'

/** Why there is no such request, in a sentence. */
export interface NotMeant {
  readonly why: string
}

export interface MeantRequest {
  /** `body: undefined`: the evidence does not show it. */
  readonly request: HttpRequest
  readonly scheme: 'http' | 'https' | undefined
  /** What the client signed with, as far as it is seen. */
  readonly carrier: 'header' | 'query'
  readonly expiresSeconds: number | undefined
  /** Lower-case names that the client signed; `undefined` where that is not seen. */
  readonly signedNames: readonly string[] | undefined
  readonly unsignedPayload: boolean
  readonly methodGuessed: boolean
  /** Sentences about what could not be kept. */
  readonly notes: readonly string[]
}

/**
 * @param straight It goes straight to the service: then its path is the one that arrived, where a hop has one for the client and
 * another for the service.
 */
export function meantRequest(file: CaseFile, diagnosis: Diagnosis, straight: boolean): MeantRequest | NotMeant {
  const seen = file.observations.filter((one): one is ObservationOf<'request'> => one.kind === 'request')
  const client = seen.find(isOfClient)
  const arrived = seen.filter((one) => one !== client).at(-1)
  const shown = client ?? file.wire.request ?? arrived
  const base = shown?.request ?? ofCanonical(file.inputs ?? file.inputsSeen)
  if (base === undefined) return { why: 'the evidence does not show the request itself: add it as it was sent' }
  if (isFormUpload(base)) return { why: 'a POST form is signed by its policy; make another form' }
  const finding = diagnosis.outcome === 'proven' ? diagnosis.findings[0] : undefined
  const lines = finding !== undefined && isChangedOnTheWay(finding.class) ? differing(diagnosis) : []
  const authorization = authorizationOf(base)
  const signedNames = authorization?.signedHeaders?.toLowerCase().split(';').filter(Boolean) ?? file.inputsSeen?.signedHeaders
  const path =
    straight && client?.hop === 'received' && finding?.class.startsWith('path.') === true && file.wire.request !== undefined
      ? splitTarget(file.wire.request.request.target).path
      : undefined
  const changed = withLines(path === undefined ? base : withTarget(base, path, splitTarget(base.target).query), lines)
  const streaming = streamingModeOf(headerValue(base, CONTENT_SHA256)) !== undefined
  const kept = changed.headers.filter(([name]) => isKept(name.toLowerCase(), signedNames, streaming))
  const masked = kept.filter(([, value]) => isMasked(value))
  const target = withoutSignature(changed.target)
  if (isMasked(target)) return { why: 'a part of the path or the query is hidden in the evidence: give the request as it was sent' }
  return {
    request: {
      method: changed.method === '' ? 'GET' : changed.method,
      target,
      headers: kept
        .filter((header) => !masked.includes(header))
        .map(withoutAwsChunked)
        .filter(([, value]) => value !== ''),
      body: streaming ? undefined : bodyOf(base),
    },
    scheme: shown?.scheme,
    carrier: authorization?.by ?? (file.inputs?.authentication === 'query' ? 'query' : 'header'),
    expiresSeconds: expiresOf(base.target),
    signedNames,
    unsignedPayload: headerValue(base, CONTENT_SHA256) === UNSIGNED_PAYLOAD || authorization?.by === 'query',
    methodGuessed: shown?.methodGuessed === true && !lines.some(({ part }) => part === 'method'),
    notes: [
      ...(masked.length === 0 ? [] : [`Left out, because the evidence hides their values: ${masked.map(([name]) => name).join(', ')}.`]),
      ...(streaming ? ['The client signed its payload in chunks; here it is signed in one piece.'] : []),
    ],
  }
}

function isOfClient({ vantage, hop, side }: ObservationOf<'request'>): boolean {
  return vantage === 'client' || hop === 'received' || side === 'signer'
}

/** Where the client was right, its text is what has to arrive; everywhere else what arrived has to be signed. */
function isChangedOnTheWay(cause: CauseClass): boolean {
  return VERDICTS[cause] === 'request changed'
}

function differing({ comparison }: Diagnosis): readonly ComparedLine[] {
  return comparison === undefined ? [] : comparison.lines.filter(({ same, signer }) => !same && !isMasked(signer ?? ''))
}

function withLines(request: HttpRequest, lines: readonly ComparedLine[]): HttpRequest {
  return lines.reduce((one, line) => withLine(one, line), request)
}

/** The request with one line of the canonical request as the client signed it. */
function withLine(request: HttpRequest, { part, signer, verifier }: ComparedLine): HttpRequest {
  const { path, query } = splitTarget(request.target)
  if (part === 'method') return signer === undefined ? request : { ...request, method: signer }
  if (part === 'canonical-query-string') return withTarget(request, path, signer)
  if (part !== 'canonical-headers') return request
  const [name, value] = parseCanonicalHeaders(`${signer ?? verifier ?? ''}\n`)[0] ?? []
  if (name === undefined || value === undefined || OF_SIGNATURES.has(name)) return request
  const others = request.headers.filter(([given]) => given.toLowerCase() !== name)
  const at = request.headers.findIndex(([given]) => given.toLowerCase() === name)
  const spelled = request.headers[at]?.[0] ?? name
  if (signer === undefined) return { ...request, headers: others }
  const place = at < 0 ? others.length : request.headers.slice(0, at).filter(([given]) => given.toLowerCase() !== name).length
  const headers: Header[] = [...others.slice(0, place), [spelled, value], ...others.slice(place)]
  return withTarget({ ...request, headers }, path, query)
}

function withTarget(request: HttpRequest, path: string, query: string | undefined): HttpRequest {
  return { ...request, target: query === undefined || query === '' ? path : `${path}?${query}` }
}

/** Where only a canonical request is known: its lines are those of a request, once what the service encodes again is undone. */
function ofCanonical(inputs: SigningInputs | undefined): HttpRequest | undefined {
  if (inputs === undefined) return undefined
  const [method, uri, query, headers] = CANONICAL_REQUEST_PARTS.map((part) => canonicalRequestPart(inputs, part))
  const profile = inputs.profile ?? signingProfileOf(inputs.scope.service)
  const path = profile.pathEncoding === 'twice' ? uriDecode(uri!) : uri!
  if (!path.startsWith('/')) return undefined
  return {
    method: method!,
    target: query === '' ? path : `${path}?${query}`,
    headers: parseCanonicalHeaders(headers!),
    body: inputs.payloadHash === EMPTY_PAYLOAD_HASH ? new Uint8Array(0) : undefined,
  }
}

/** Without a body where nothing announces one. */
function bodyOf({ method, headers, body }: HttpRequest): Uint8Array | undefined {
  if (body !== undefined) return body
  const announced = headers.some(
    ([name, value]) => /^transfer-encoding$/i.test(name) || (/^content-length$/i.test(name) && value.trim() !== '0'),
  )
  const hash = headerValue({ method, target: '', headers, body }, CONTENT_SHA256)
  return !announced && (hash === EMPTY_PAYLOAD_HASH || /^(?:GET|HEAD|DELETE|OPTIONS)$/.test(method)) ? new Uint8Array(0) : undefined
}

function isKept(name: string, signedNames: readonly string[] | undefined, streaming: boolean): boolean {
  if (OF_SIGNATURES.has(name) || OF_CONNECTIONS.has(name)) return false
  if (streaming && OF_CHUNKS.has(name)) return false
  return signedNames?.includes(name) === true || !OF_HOPS.test(name)
}

function withoutAwsChunked([name, value]: Header): Header {
  if (!/^content-encoding$/i.test(name)) return [name, value]
  return [
    name,
    value
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== 'aws-chunked')
      .join(', '),
  ]
}

function withoutSignature(target: string): string {
  const { path, query } = splitTarget(target)
  const rest = (query ?? '').split('&').filter((pair) => pair !== '' && !OF_SIGNED_URLS.test(pair))
  return rest.length === 0 ? path : `${path}?${rest.join('&')}`
}

function expiresOf(target: string): number | undefined {
  const found = /[?&]X-Amz-Expires=(\d{1,6})(?:&|$)/i.exec(target)?.[1]
  return found === undefined ? undefined : Math.max(1, Math.min(Number(found), 604_800))
}

const CONTENT_SHA256 = 'x-amz-content-sha256'
const OF_SIGNATURES: ReadonlySet<string> = new Set([
  'authorization',
  'date',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-s3session-token',
  'x-amz-region-set',
  CONTENT_SHA256,
  // Of one attempt.
  'amz-sdk-invocation-id',
  'amz-sdk-request',
])
const OF_CONNECTIONS: ReadonlySet<string> = new Set(
  'connection content-length expect keep-alive proxy-authorization proxy-connection te trailer transfer-encoding upgrade'.split(' '),
)
const OF_CHUNKS: ReadonlySet<string> = new Set(['x-amz-decoded-content-length', 'x-amz-trailer'])
/** What hops add; kept where the client signed it. */
const OF_HOPS = /^(?:via|forwarded|x-forwarded-.*|x-real-ip|x-request-id|x-envoy-.*|x-amzn-trace-id|traceparent|tracestate|cf-.*)$/
const OF_SIGNED_URLS =
  /^(?:X-Amz-(?:Algorithm|Credential|Date|Expires|SignedHeaders|Signature|Security-Token|Region-Set)|AWSAccessKeyId|Signature|Expires|SignatureMethod|SignatureVersion|Timestamp)=/i
