/** What each side had: the attempt that belongs to the signature provided is chosen out of logs that hold several. */
import { authorizationOf, parseCanonicalRequest, parseStringToSign, requestDateOf } from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import type { SideView } from './case-file.js'
import type { Observation, ObservationOf, Side } from './observation.js'

export interface Sides {
  readonly signer: SideView
  readonly wire: SideView
  readonly verifier: SideView
  /** Every request shown on the wire that carries the signature provided: at the client, at hops, at the service. */
  readonly sent: readonly ObservationOf<'request'>[]
}

/** The three sides, each with the one attempt that fits the signature provided best, or else the last. */
export function sideViews(seen: readonly Observation[], provided: string | undefined): Sides {
  const verifier = view('verifier', chosen(attempts(seen, 'verifier'), undefined, undefined))
  const date = verifier.read?.requestDate ?? dateOfCanonical(verifier.canonicalRequest?.text)
  const signer = view('signer', chosen(attempts(seen, 'signer'), provided, date))
  const sent = seen.filter(
    (one): one is ObservationOf<'request'> =>
      one.kind === 'request' && one.side === 'wire' && provided !== undefined && authorizationOf(one.request)?.signature === provided,
  )
  return { signer, wire: wireView(seen, provided, date ?? signer.read?.requestDate), verifier, sent }
}

/** What a log says of one signing: its texts stand together, in this order. */
interface Attempt {
  canonicalRequest?: ObservationOf<'canonical-request'>
  stringToSign?: ObservationOf<'string-to-sign'>
  signature?: ObservationOf<'signature'>
  request?: ObservationOf<'request'>
}

/** The signings one side shows. A second text of a kind within one source begins another; separate sources join. */
function attempts(seen: readonly Observation[], side: Side): Attempt[] {
  const all: Attempt[] = []
  let current: Attempt = {}
  for (const one of seen) {
    const slot = SLOTS[one.kind]
    if (slot === undefined || !('side' in one) || one.side !== side || isBeginning(one)) continue
    // Two readers may see one text, and logs repeat themselves.
    if (current[slot] !== undefined && sameText(current[slot], one)) continue
    if (current[slot] !== undefined) {
      all.push(current)
      current = {}
    }
    Object.assign(current, { [slot]: one })
  }
  return [...all, current]
}

/** A canonical request of which only the beginning was posted: too little to be laid beside another. */
function isBeginning(one: Observation): boolean {
  if (one.kind !== 'canonical-request' || !one.text.endsWith('\n***')) return false
  return /^[A-Za-z]+\n\//.test(one.text) && parseCanonicalRequest(one.text) === undefined
}

function sameText(a: Observation, b: Observation): boolean {
  if ('text' in a && 'text' in b) return a.text === b.text
  return 'value' in a && 'value' in b && a.value === b.value
}

function chosen(all: readonly Attempt[], provided: string | undefined, date: string | undefined): Attempt {
  const latest = [...all].reverse()
  const bySignature = latest.find((attempt) => provided !== undefined && signatureOf(attempt) === provided)
  const byDate = latest.find((attempt) => date !== undefined && dateOfAttempt(attempt) === date)
  return bySignature ?? byDate ?? latest[0] ?? {}
}

function signatureOf(attempt: Attempt): string | undefined {
  return attempt.signature?.value ?? (attempt.request === undefined ? undefined : authorizationOf(attempt.request.request)?.signature)
}

function dateOfAttempt(attempt: Attempt): string | undefined {
  const text = attempt.stringToSign?.text
  return (text === undefined ? undefined : parseStringToSign(text)?.requestDate) ?? dateOfCanonical(attempt.canonicalRequest?.text)
}

/** The request date inside a canonical request: its x-amz-date header or X-Amz-Date parameter. */
export function dateOfCanonical(text: string | undefined): string | undefined {
  return text === undefined
    ? undefined
    : /(?:^|\n)x-amz-date:(\S+)|[\n&]X-Amz-Date=(\w+)/
        .exec(text)
        ?.slice(1)
        .find((date) => date !== undefined)
}

function view(side: Side, attempt: Attempt): SideView {
  const parts = attempt.canonicalRequest === undefined ? undefined : parseCanonicalRequest(attempt.canonicalRequest.text)
  const read = attempt.stringToSign === undefined ? undefined : parseStringToSign(attempt.stringToSign.text)
  const signature = attempt.signature?.value
  return {
    side,
    ...(attempt.request !== undefined && { request: attempt.request }),
    ...(attempt.canonicalRequest !== undefined && { canonicalRequest: attempt.canonicalRequest }),
    ...(parts !== undefined && { parts }),
    ...(attempt.stringToSign !== undefined && { stringToSign: attempt.stringToSign }),
    ...(read !== undefined && { read }),
    ...(signature !== undefined && !isMasked(signature) && { signature }),
  }
}

/**
 * The request on the wire: the one that carries the signature provided, or its date, or any authorization; else the first.
 * Of two that are as good, the one that a hop sent on is nearer to the verifier.
 */
function wireView(seen: readonly Observation[], provided: string | undefined, date: string | undefined): SideView {
  const requests = seen.filter(
    (one): one is ObservationOf<'request'> => one.kind === 'request' && one.side === 'wire' && one.hop !== 'received',
  )
  const worth = ({ request }: ObservationOf<'request'>): number => {
    const authorization = authorizationOf(request)
    if (authorization === undefined) return request.headers.length > 0 ? 1 : 0
    if (provided !== undefined && authorization.signature === provided) return 4
    return date !== undefined && requestDateOf(request, authorization.by) === date ? 3 : 2
  }
  let best: ObservationOf<'request'> | undefined
  const nearer = (one: ObservationOf<'request'>): number => 2 * worth(one) + (one.hop === 'sent' ? 1 : 0)
  for (const one of requests) if (best === undefined || nearer(one) > nearer(best)) best = one
  return best === undefined ? { side: 'wire' } : { side: 'wire', request: best }
}

const SLOTS: Partial<Record<Observation['kind'], keyof Attempt>> = {
  'canonical-request': 'canonicalRequest',
  'string-to-sign': 'stringToSign',
  signature: 'signature',
  request: 'request',
}
