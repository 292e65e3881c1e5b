/** One request on both sides of a hop, out of the hop's own log: as it came, as it was sent on, and what was answered. */

import { type About, clue, type EvidenceSource, type Fidelity, type Observation, type Side, type Strength } from '../../case/index.js'
import { authorizationOf, type Header, type HttpRequest, headerValues, splitTarget } from '../../sigv4/index.js'
import { isMasked, type Location } from '../../text/index.js'
import { clientObservations, responseObservations } from '../clients/http-observations.js'

/** A request or an answer, and where the log has it. */
export interface Logged<What> {
  readonly what: What
  readonly location: Location
  readonly fidelity: Fidelity
  /** Of a request whose body was hashed while it passed. */
  readonly bodySeen?: { readonly sha256: string; readonly length: number }
}

/** What a hop's log shows of one request. */
export interface HopFlow {
  /** How to call the hop at the beginning of a sentence. */
  readonly hop: string
  readonly came?: Logged<HttpRequest> | undefined
  readonly sent?: Logged<HttpRequest> | undefined
  readonly answer?: Logged<{ readonly status: number; readonly headers: readonly Header[] }> | undefined
}

/** The requests of a log that are kept: those that were refused or have no answer, and beside them those that passed, the last ones. */
export function keptFlows<Flow extends { readonly status: number | undefined }>(flows: readonly Flow[]): readonly Flow[] {
  const open = new Set(
    flows.filter(({ status }) => status === undefined || status === 400 || status === 401 || status === 403).slice(-MOST_KEPT),
  )
  const passed = new Set(flows.filter((flow) => !open.has(flow) && (flow.status ?? 0) < 400).slice(-MOST_KEPT))
  return flows.filter((flow) => open.has(flow) || passed.has(flow))
}

/** The observations of one request at a hop: what was sent on is nearest to the service. */
export function hopObservations(source: EvidenceSource, { hop, came, sent, answer }: HopFlow): readonly Observation[] {
  const seen: Observation[] = []
  const side = source.side ?? 'wire'
  if (came !== undefined) {
    const { what: request, bodySeen, ...place } = came
    // What came to a hop is not what the service saw: it must not be verified as if it were.
    if (sent === undefined) for (const one of lineSeen(request, side, place)) seen.push(one)
    else seen.push({ ...place, ...(bodySeen && { bodySeen }), kind: 'request', side, request, hop: 'received' })
    for (const one of clientObservations(place, request.headers)) seen.push(one)
  }
  if (sent !== undefined) {
    const { what: request, bodySeen, ...place } = sent
    seen.push({ ...place, ...(bodySeen && { bodySeen }), kind: 'request', side, request, hop: 'sent' })
    if (came !== undefined) for (const one of hopHints({ came: came.what, sent: request, hop }, place)) seen.push(one)
  }
  if (answer !== undefined) {
    const { what, ...place } = answer
    for (const one of responseObservations(place, what.status, what.headers)) seen.push(one)
  }
  return seen
}

/** A request of which only what came to the hop is known, as a line of an access log would show it, with its Authorization. */
function lineSeen(request: HttpRequest, side: Side, place: Pick<Observation, 'location' | 'fidelity'>): readonly Observation[] {
  const [host, authorization] = [headerText(request, 'host'), headerText(request, 'authorization')]
  const line = { method: request.method, target: request.target, ...(host !== undefined && { host }) }
  const whole = authorization !== undefined && /^AWS4-/.test(authorization) && !isMasked(authorization)
  return [
    { ...place, kind: 'request-line', side, line },
    ...(whole ? [{ ...place, kind: 'authorization', side, value: authorization } as const] : []),
  ]
}

/** A body is known to be empty where the method has none and no header announces one. */
export function bodyOf(method: string, headers: readonly Header[]): Uint8Array | undefined {
  const announced = headers.some(([name, value]) => /^(?:content-length|transfer-encoding)$/i.test(name) && value.trim() !== '0')
  return /^(?:GET|HEAD|DELETE)$/.test(method) && !announced ? new Uint8Array() : undefined
}

/** One request on both sides of a hop. */
export interface HopRequests {
  readonly came: HttpRequest
  readonly sent: HttpRequest
  /** How to call the hop at the beginning of a sentence. */
  readonly hop: string
}

/**
 * A hint for each difference that a signature can notice. They are no more than hints: a signer in front of a hop may
 * have signed what the hop makes of the request.
 */
export function hopHints({ came, sent, hop }: HopRequests, place: Pick<Observation, 'location'>): readonly Observation[] {
  const hints: Observation[] = []
  const add = (about: About, message: string, values: Readonly<Record<string, string>>, strength: Strength = 'strong'): void => {
    hints.push(clue({ rule: `hop-${about}`, about, strength, message, values }, place.location))
  }
  const [hostIn, hostOut] = [headerText(came, 'host'), headerText(sent, 'host')]
  if (hostIn !== undefined && hostOut !== undefined && hostIn !== hostOut) {
    const port = bare(hostIn) === bare(hostOut)
    const message = `${hop} received the request with Host ${hostIn} and sent it on with Host ${hostOut}.`
    add(port ? 'host-port-changed' : 'host-rewritten', message, { host: hostIn })
  }
  const [pathIn, pathOut] = [splitTarget(came.target), splitTarget(sent.target)]
  if (pathIn.path !== pathOut.path) {
    const message = `${hop} received the path ${pathIn.path} and sent ${pathOut.path} on.`
    add(kindOfPathChange(pathIn.path, pathOut.path), message, { path: pathIn.path })
  }
  if (came.method !== sent.method)
    add('method-changed', `${hop} received a ${came.method} and sent a ${sent.method} on.`, { signed: came.method })
  if ((pathIn.query ?? '') !== (pathOut.query ?? '') && !secret(pathIn.query ?? ''))
    add('query-changed-in-transit', `${hop} received the query "${pathIn.query ?? ''}" and sent "${pathOut.query ?? ''}" on.`, {})
  const list = (authorizationOf(came) ?? authorizationOf(sent))?.signedHeaders
  const names = list === undefined ? USUALLY_SIGNED : list.toLowerCase().split(';').slice(0, 100)
  const [which, strength] = list === undefined ? (['which most clients sign', 'fair'] as const) : (['which is signed', 'strong'] as const)
  for (const name of names) {
    const [before, after] = [headerText(came, name), headerText(sent, name)]
    if (before === undefined || before === after || name === 'host') continue
    if (after === undefined)
      add('header-removed-in-transit', `${hop} received ${name}, ${which}, and did not send it on.`, { header: name }, strength)
    else add('header-changed-in-transit', `${hop} changed ${name}, ${which}.`, { header: name, value: before }, strength)
  }
  return hints
}

function kindOfPathChange(came: string, sent: string): About {
  const squeezed = (path: string): string => path.replace(/\/{2,}/g, '/')
  if (squeezed(came) === squeezed(sent)) return 'path-normalized'
  return unescaped(came) === unescaped(sent) ? 'path-encoded-differently' : 'path-rewritten'
}

function unescaped(path: string): string {
  return path.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** A query with a signature or a token in it is not repeated. */
function secret(query: string): boolean {
  return /X-Amz-|Signature=/i.test(query)
}

function headerText(request: HttpRequest, name: string): string | undefined {
  const values = headerValues(request, name)
  return values.length === 0 ? undefined : values.map((value) => value.trim()).join(',')
}

function bare(host: string): string {
  return host.replace(/:\d{1,5}$/, '').toLowerCase()
}

/** What is compared where the list of signed headers is hidden. */
const USUALLY_SIGNED = ['x-amz-date', 'x-amz-content-sha256', 'x-amz-security-token', 'content-type', 'content-md5']
const MOST_KEPT = 20
