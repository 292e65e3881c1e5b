/**
 * Bodies as they were when they were hashed, for the causes that are about one way in which a body changes.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "HashedPayload"
 */

import type { CaseFile } from '../../case/index.js'
import { byteString, bytesOf, canonicalRequestPart, payloadHashOf, type SigningInputs, withPart } from '../../sigv4/index.js'
import { labelOf, sidesOf } from './case-views.js'
import type { Match } from './cause.js'
import type { Label } from './explanation.js'

/** The inputs with the hash of the body that this change makes of the one that arrived. */
export function withBodyHashed(inputs: SigningInputs, change: (text: string) => string): SigningInputs {
  const body = inputs.request?.body
  // A word in place of a hash is another cause's.
  if (body === undefined || !isHash(canonicalRequestPart(inputs, 'payload-hash'))) return inputs
  const hash = hashAfter(body, change, inputs)
  return hash === undefined ? inputs : withPart(inputs, 'payload-hash', hash)
}

/** The hash of a changed body; `undefined` where the change changes nothing. Each is made once: pairs of edits ask again and again. */
function hashAfter(body: Uint8Array, change: (text: string) => string, inputs: SigningInputs): string | undefined {
  const known = HASHES.get(body) ?? new Map<(text: string) => string, string | undefined>()
  HASHES.set(body, known)
  if (known.has(change)) return known.get(change)
  const text = bodyText(inputs)
  const other = text === '' ? text : change(text)
  const hash = other === text ? undefined : payloadHashOf(bytesOf(other))
  known.set(change, hash)
  return hash
}

/** The body that arrived, as far as it is known and short enough to be hashed many times. */
export function bodyText(inputs: SigningInputs | undefined): string {
  const body = inputs?.request?.body
  return body === undefined || body.length > LONGEST_BODY ? '' : byteString(body)
}

/** The body that arrived in this case. */
export function bodySeen(file: CaseFile): string {
  return bodyText(file.inputsSeen)
}

/** Both sides' payload hashes, where they are known and differ. */
export function payloadHashLabels<Params>(
  match: Match<Params>,
  undo: (inputs: SigningInputs, params: Params) => SigningInputs,
  note: string,
): Label[] {
  const sides = sidesOf(match, undo)
  if (sides === undefined) return []
  const [calculated, signed] = [canonicalRequestPart(sides.verifier, 'payload-hash'), canonicalRequestPart(sides.signer, 'payload-hash')]
  return calculated === signed ? [] : [labelOf(match.file, 'payload-hash', calculated, signed, note)]
}

/** Whether a payload hash is one, and no word in its place. */
export function isHash(value: string): boolean {
  return /^[0-9a-f]{64}$/.test(value)
}

const LONGEST_BODY = 1_000_000
const HASHES = new WeakMap<Uint8Array, Map<(text: string) => string, string | undefined>>()
