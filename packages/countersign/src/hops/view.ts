/** What one vantage point shows of one request. */
import type { Exchange, Observation, ObservationOf } from '../case/index.js'
import { sealIn } from '../credentials/index.js'
import { authorizationOf, bytesOf, type HttpRequest, payloadHashOf } from '../sigv4/index.js'
import { isMasked, type Location } from '../text/index.js'

/** The parts of a request that one view may show and another not. */
export type Shown = 'line' | 'host' | 'headers' | 'body'

export interface View {
  /** The vantage point, from 0 for the one nearest to the client. */
  readonly point: number
  /** Of a hop that shows both: as it came, or as it was sent on. "calculated": what the service made of it. */
  readonly seen: 'received' | 'sent' | 'calculated' | undefined
  readonly shows: ReadonlySet<Shown>
  readonly request: HttpRequest
  /** Of a body that is not kept. Without the sizes of its chunks. */
  readonly body: { readonly sha256: string; readonly length: number } | undefined
  readonly location: Location
  /** The texts of the signer, or those that the service quotes, which belong to this view. */
  readonly texts: readonly Observation[]
}

/** One request at one point: its views, in the direction to the service. */
export interface Sighting {
  readonly point: number
  readonly views: readonly View[]
  /** The answer passes every point on its way back. */
  readonly calculated: View | undefined
  readonly keys: SightingKeys
}

/** By what a request is known again. */
export interface SightingKeys {
  /** SHA-256 of the signature that it carries, 64 lower-case hex digits. */
  readonly signature: string | undefined
  readonly requestId: string | undefined
  readonly date: string | undefined
  readonly method: string | undefined
  readonly path: string | undefined
}

/** The views of an exchange at a point. */
export function viewsOf({ observations, request }: Exchange, point: number): readonly View[] {
  const requests = observations.filter((one): one is ObservationOf<'request'> => one.kind === 'request')
  const hops = requests.filter(({ hop }) => hop !== undefined)
  const chosen = hops.length > 0 ? hops : requests.filter((one) => one.request === request)
  const own = observations.filter((one) => isText(one) && one.side === 'signer')
  // A hop that shows one of the two changed nothing: it is simply what passed there.
  const both = chosen.some(({ hop }) => hop === 'received') && chosen.some(({ hop }) => hop === 'sent')
  const views = [...chosen].sort(receivedFirst).map((one, i) => viewOf(both ? one : plain(one), point, i === 0 ? own : []))
  // Texts alone: what the signer wrote down, without the request.
  const signed = own.find(({ kind }) => kind === 'canonical-request')
  if (views.length === 0 && signed !== undefined) views.push(textView(signed, point, undefined, own))
  return views
}

/** What the service made of the request, where its answer quotes that. */
export function calculatedView({ observations }: Exchange, point: number): View | undefined {
  const quoted = observations.filter((one) => isText(one) && one.side === 'verifier')
  const calculated = quoted.find(({ kind }) => kind === 'canonical-request')
  return calculated === undefined ? undefined : textView(calculated, point, 'calculated', quoted)
}

/** The view of a line of a log. */
export function lineView({ line, location }: ObservationOf<'request-line'>, point: number): View {
  const { method, target, host } = line
  return {
    point,
    seen: undefined,
    shows: new Set<Shown>(host === undefined ? ['line'] : ['line', 'host']),
    request: { method, target, headers: host === undefined ? [] : [['Host', host]], body: undefined },
    body: undefined,
    location,
    texts: [],
  }
}

/** SHA-256 of the signature that a request carries; of one that is hidden nothing is known. */
export function signatureDigest(request: HttpRequest): string | undefined {
  const signature = authorizationOf(request)?.signature
  if (signature === undefined) return undefined
  return sealIn(signature) ?? (isMasked(signature) || signature.length < SHORTEST ? undefined : payloadHashOf(bytesOf(signature)))
}

function viewOf({ request, hop, bodySeen, location }: ObservationOf<'request'>, point: number, texts: readonly Observation[]): View {
  // Bytes of a dump still have the sizes of chunks between them; a body that was hashed while it passed has not.
  const body = isChunked(request) ? undefined : request.body
  const hashed = body === undefined ? bodySeen : { sha256: payloadHashOf(body), length: body.length }
  const shows: readonly Shown[] = ['line', 'host', 'headers', ...(hashed === undefined ? [] : (['body'] as const))]
  return { point, seen: hop, shows: new Set(shows), request, body: hashed, location, texts }
}

function isChunked({ headers }: HttpRequest): boolean {
  return headers.some(([name]) => name.toLowerCase() === 'transfer-encoding')
}

/** A view of which only the canonical request is known. */
function textView(one: Observation, point: number, seen: View['seen'], texts: readonly Observation[]): View {
  return { point, seen, shows: NOTHING, request: NO_REQUEST, body: undefined, location: one.location, texts }
}

function plain({ hop: _, ...one }: ObservationOf<'request'>): ObservationOf<'request'> {
  return one
}

function receivedFirst(a: ObservationOf<'request'>, b: ObservationOf<'request'>): number {
  return (a.hop === 'sent' ? 1 : 0) - (b.hop === 'sent' ? 1 : 0)
}

type Text = ObservationOf<'canonical-request'> | ObservationOf<'string-to-sign'> | ObservationOf<'signature'>

function isText(one: Observation): one is Text {
  return one.kind === 'canonical-request' || one.kind === 'string-to-sign' || one.kind === 'signature'
}

const NOTHING: ReadonlySet<Shown> = new Set()
const NO_REQUEST: HttpRequest = { method: '', target: '', headers: [], body: undefined }
const SHORTEST = 40
