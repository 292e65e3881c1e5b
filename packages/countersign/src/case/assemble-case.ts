/** From observations to a case file: one refused request is chosen, its sides are laid side by side, disagreements kept. */

import { S3_ONLY_CODES } from '../catalog/index.js'
import { sealIn } from '../credentials/index.js'
import {
  type Authorization,
  authorizationOf,
  canonicalRequestHash,
  checkOfError,
  type HttpRequest,
  parseAuthorization,
  parseLenientDate,
} from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import type { CaseFile, KnownFacts, Refusal, SideView } from './case-file.js'
import { deviationsOf } from './check-view/index.js'
import { compareSides } from './compare-sides.js'
import { inputsSeenOf } from './inputs-seen.js'
import type { Observation, ObservationOf } from './observation.js'
import { byPlace } from './place-order.js'
import { familySeen, schemesSeen } from './scheme-seen.js'
import { sideViews } from './side-views.js'
import { verifierInputs } from './verifier-inputs.js'
import { version2Deviations } from './version-2/check-version-2.js'

/**
 * Merges observations, in any order, into the case file of one refused request.
 *
 * @param known What you know beyond them; `now` is in milliseconds since 1970.
 * @example
 * ```js
 * import { assembleCase, readEvidence } from 'countersign'
 *
 * const file = assembleCase(readEvidence([{ name: 'message.txt', text: 'Signature expired: 20260303T081531Z is now earlier than 20260303T111031Z (20260303T111531Z - 5 min.)' }]))
 * file.refusal.check.id // => 'not-expired'
 * new Date(file.now).toISOString() // => '2026-03-03T11:15:31.000Z'
 * ```
 * @public
 */
export function assembleCase(observations: readonly Observation[], known: KnownFacts = {}): CaseFile {
  const seen = [...observations].sort(byPlace)
  const refusal = refusalOf(seen)
  const { provided, seal } = providedSignature(seen)
  const sides = sideViews(seen, provided)
  const schemes = schemesSeen(seen)
  const { inputs, from } = verifierInputs(sides, known, accessKeyIdOf(seen))
  const file = {
    observations: seen,
    known,
    refusal,
    ...compareSides(sides, inputs, from, provided),
    deviations: [...deviationsOf(seen, sides), ...version2Deviations(seen, known.secrets ?? [])],
    provided,
    providedSeal: seal,
    now: known.now ?? nowOf(seen),
    inputs,
    inputsFrom: from,
    asSent: from === 'wire' && sides.wire.request?.vantage === 'client',
    methodGuessed: from === 'wire' && sides.wire.request?.methodGuessed === true,
    edited: isEdited(sides.verifier),
    schemes,
    family: familySeen(schemes),
    request: sides.wire.request?.request ?? sides.signer.request?.request,
  }
  return { ...file, inputsSeen: inputsSeenOf(file) }
}

/** The refusal that says most: one that names a specific fault before a bare mismatch, one with quoted texts before one without. */
function refusalOf(seen: readonly Observation[]): Refusal | undefined {
  let best: { refusal: Refusal; worth: number } | undefined
  for (const error of seen) {
    if (error.kind !== 'error') continue
    const dialect = dialectOf(error)
    const check = checkOfError(error.code, error.message, dialect)
    const specific = check === undefined ? 0 : check.group === 'signature' ? 1 : 2
    const worth = 4 * specific + (error.elements.some(([name]) => name === 'StringToSign') ? 2 : 0) + (error.message === '' ? 0 : 1)
    if (best === undefined || worth > best.worth) best = { refusal: { code: error.code, message: error.message, dialect, check }, worth }
  }
  return best?.refusal
}

/** S3 words its mismatch "Check your key and signing method."; its other codes and elements are its own. */
function dialectOf(error: ObservationOf<'error'>): 's3' | 'standard' {
  if (S3_ONLY_CODES.has(error.code) || /Check your key and signing method/.test(error.message)) return 's3'
  return error.elements.some(([name]) => name === 'HostId' || name === 'AWSAccessKeyId' || name === 'Resource') ? 's3' : 'standard'
}

/** The signature provided, whole or as its SHA-256. */
function providedSignature(seen: readonly Observation[]): { readonly provided: string | undefined; readonly seal: string | undefined } {
  const candidates: (string | undefined)[] = []
  for (const one of seen) if (one.kind === 'signature' && one.side === 'wire') candidates.push(one.value)
  for (const one of seen) if (one.kind === 'request' && one.side === 'wire') candidates.push(authorizationOf(one.request)?.signature)
  for (const one of seen) if (one.kind === 'authorization') candidates.push(authorizationIn(one)?.signature)
  for (const one of seen) if (one.kind === 'request' && one.side === 'signer') candidates.push(authorizationOf(one.request)?.signature)
  for (const one of seen) if (one.kind === 'signature' && one.side === 'signer') candidates.push(one.value)
  const provided = candidates.find((value) => value !== undefined && value.length >= 40 && !isMasked(value))
  const seals = provided === undefined ? candidates.map((value) => (value === undefined ? undefined : sealIn(value))) : []
  return { provided, seal: seals.find((seal) => seal !== undefined) }
}

/** Whether a service's two texts contradict each other, where both are whole. */
function isEdited({ canonicalRequest, read }: SideView): boolean {
  if (canonicalRequest === undefined || read === undefined || canonicalRequest.fidelity === 'inferred') return false
  if (isMasked(canonicalRequest.text) || !/^[0-9a-f]{64}$/.test(read.canonicalRequestHash)) return false
  return canonicalRequestHash(canonicalRequest.text) !== read.canonicalRequestHash
}

/** The access key ID that a service's answer names. */
function accessKeyIdOf(seen: readonly Observation[]): string | undefined {
  return seen.find((one): one is ObservationOf<'access-key-id'> => one.kind === 'access-key-id' && !isMasked(one.value))?.value
}

/** The Authorization header of an observation, read. */
function authorizationIn(one: ObservationOf<'authorization'>): Authorization | undefined {
  return isMasked(one.value) ? undefined : parseAuthorization(one.value)
}

/** The verifier's clock: what its message says, else its own log, or the Date of its response less its Age. */
function nowOf(seen: readonly Observation[]): number | undefined {
  for (const one of seen) {
    const text = one.kind === 'stated' ? one.values['now'] : undefined
    const time = text === undefined ? undefined : parseLenientDate(text)
    if (time !== undefined) return time
  }
  for (const one of seen) {
    if (one.kind !== 'response') continue
    if (one.at !== undefined) return one.at
    const at = (name: string): string | undefined => headerOf(one.headers, name)
    const time = parseLenientDate(at('date') ?? '')
    const age = Number(at('age') ?? '0')
    if (time !== undefined) return time - (Number.isFinite(age) ? age : 0) * 1000
  }
  return undefined
}

function headerOf(headers: HttpRequest['headers'], name: string): string | undefined {
  return headers.find(([given]) => given.toLowerCase() === name)?.[1].trim()
}
