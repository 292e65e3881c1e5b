/** Lays the signer's canonical request beside the verifier's, part by part. Masked or cut text never counts as different. */
import {
  authorizationOf,
  CANONICAL_REQUEST_PARTS,
  type CanonicalRequestParts,
  canonicalHeadersText,
  canonicalRequestPart,
  headerLines,
  headerValues,
  requestDateOf,
  type SigningInputs,
  signingInputsOf,
} from '../sigv4/index.js'
import { sameUnlessMasked } from '../text/index.js'
import type { CaseFile, Disagreement, SideView } from './case-file.js'
import type { ObservationOf, Side } from './observation.js'
import { differentSignings, plainSignature } from './same-signature.js'
import { dateOfCanonical, type Sides } from './side-views.js'
import { withBodySeen } from './verifier-inputs.js'

/** The sides with the signer's parts filled in where a request stands for them, and what the sides disagree on. */
export function compareSides(
  sides: Sides,
  inputs: SigningInputs | undefined,
  from: Side | undefined,
  provided: string | undefined,
): Pick<CaseFile, 'signer' | 'wire' | 'verifier' | 'disagreements' | 'sameAttempt'> {
  const signer = withRequestParts(sides, inputs, from)
  const verifier = sides.verifier
  const plain = { signer, wire: sides.wire, verifier, disagreements: [], sameAttempt: true }
  if (signer.parts === undefined || inputs === undefined || from === 'signer') return plain
  const disagreements: Disagreement[] = []
  for (const part of CANONICAL_REQUEST_PARTS) {
    const calculated = canonicalRequestPart(inputs, part)
    if (part === 'payload-hash' && inputs.payloadHash === undefined) continue
    if (!sameUnlessMasked(signer.parts[part], calculated)) {
      disagreements.push({
        part,
        signer: signer.parts[part],
        verifier: calculated,
        signerLocation: (signer.canonicalRequest ?? signer.request)?.location,
        verifierLocation: (verifier.canonicalRequest ?? sides.wire.request)?.location,
      })
    }
  }
  const sameAttempt = !anotherSigning(signer, provided) && (sameSignature(signer, provided) || sameDate(signer, inputs))
  return { ...plain, disagreements, sameAttempt }
}

/**
 * A signer's request dump, or the wire's where the verifier quotes its own text, stands in for a canonical request. Of several
 * views on the wire it is one that makes another text than the verifier's: that one was not yet changed.
 */
function withRequestParts({ signer, wire, sent }: Sides, inputs: SigningInputs | undefined, from: Side | undefined): SideView {
  if (signer.parts !== undefined || inputs === undefined) return signer
  const shown = signer.request ?? (from === 'verifier' ? wire.request : undefined)
  const views = signer.request === undefined && from === 'verifier' && sent.length > 1 ? [...sent, shown] : [shown]
  const made = views.flatMap((request) => {
    const asSent = request === undefined ? undefined : inputsAsSent(request, inputs, from)
    return request === undefined || asSent === undefined ? [] : [{ request, parts: partsOfRequest(request, asSent) }]
  })
  const chosen = made.find(({ parts }) => differsFrom(inputs, parts)) ?? made.at(-1)
  return chosen === undefined ? signer : { ...signer, ...chosen }
}

function differsFrom(inputs: SigningInputs, parts: CanonicalRequestParts): boolean {
  return CANONICAL_REQUEST_PARTS.some((part) => {
    const unknown = part === 'payload-hash' && inputs.payloadHash === undefined
    return !unknown && !sameUnlessMasked(parts[part], canonicalRequestPart(inputs, part))
  })
}

/** What a request makes by its own list of signed headers; where its log hides that, by the list the service read. */
function inputsAsSent(seen: ObservationOf<'request'>, inputs: SigningInputs, from: Side | undefined): SigningInputs | undefined {
  const { request } = seen
  const signs = authorizationOf(request) === undefined ? undefined : signingInputsOf(request, { profile: inputs.profile })
  const own = signs && withBodySeen(signs, seen)
  if (own !== undefined || from !== 'verifier') return own
  const [hidden] = headerValues(request, 'authorization')
  return hidden !== undefined && PAINTED_OVER.test(hidden.trim()) ? { ...inputs, request, verbatim: {} } : undefined
}

function partsOfRequest(seen: ObservationOf<'request'>, asSent: SigningInputs): CanonicalRequestParts {
  const claimed = headerValues(seen.request, 'x-amz-content-sha256')
  const headers = headerLines(asSent).map(([name, value]) => [name, headerValues(seen.request, name).length === 0 ? MASK : value] as const)
  return {
    // A bare URL has none: what was guessed is not what was signed.
    method: seen.methodGuessed === true ? MASK : canonicalRequestPart(asSent, 'method'),
    'canonical-uri': canonicalRequestPart(asSent, 'canonical-uri'),
    'canonical-query-string': canonicalRequestPart(asSent, 'canonical-query-string'),
    'canonical-headers': canonicalHeadersText(headers),
    'signed-headers': canonicalRequestPart(asSent, 'signed-headers'),
    // What the signer wrote down is what it signed, whatever the body makes: a logger may have cut it.
    'payload-hash':
      claimed.length === 0 ? MASK : /^[0-9a-f]{64}$/.test(claimed[0]!.trim()) ? claimed[0]!.trim() : (asSent.payloadHash ?? MASK),
  }
}

/** The very signature provided was logged by the signer: then it is the same attempt, whatever the dates. */
function sameSignature(signer: SideView, provided: string | undefined): boolean {
  return provided !== undefined && ownSignature(signer) === provided
}

/** The signer's request, or its log, carries another signature than the one provided: no date makes these one signing. */
function anotherSigning(signer: SideView, provided: string | undefined): boolean {
  return differentSignings(plainSignature(ownSignature(signer)), plainSignature(provided))
}

function ownSignature({ signature, request }: SideView): string | undefined {
  return signature ?? (request === undefined ? undefined : authorizationOf(request.request)?.signature)
}

/** Two texts with two dates are two attempts: what else differs between them may differ by right. */
function sameDate(signer: SideView, inputs: SigningInputs): boolean {
  const request = signer.request?.request
  const carried = request === undefined ? undefined : requestDateOf(request, authorizationOf(request)?.by ?? 'header')
  const date = signer.read?.requestDate ?? dateOfCanonical(signer.canonicalRequest?.text) ?? carried
  return date === undefined || inputs.requestDate === '' || date === inputs.requestDate
}

const MASK = '***'
/** Nothing is left of the value: rclone writes XXXX. */
const PAINTED_OVER = /^([X*x.#\u2022])\1{2,}$/
