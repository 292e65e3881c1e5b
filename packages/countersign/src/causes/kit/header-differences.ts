/**
 * What the header lines of both sides differ in: one narrow fault per line, so that the causes about headers do not all claim it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalHeaders"
 */

import type { CaseFile } from '../../case/index.js'
import { canonicalHeaderValue, parseCanonicalHeaders } from '../../sigv4/index.js'
import { isMasked } from '../../text/index.js'
import { disagreementOn } from './case-views.js'
import type { Suspicion } from './cause.js'
import { SEARCH_ONLY } from './suspicion.js'
import { groupedByName } from './values-by-name.js'

/** The causes that differ in the canonical headers. */
export type HeaderFault =
  | 'host-rewritten'
  | 'host-port-changed'
  | 'header-changed-in-transit'
  | 'header-removed-in-transit'
  | 'header-not-signed'
  | 'headers-not-sorted'
  | 'header-value-not-trimmed'
  | 'header-name-not-lower-case'
  | 'header-repeated-wrongly'
  | 'headers-block-malformed'

/** A header that both sides have differently. */
export interface HeaderDifference {
  readonly fault: HeaderFault
  /** Lower case; empty where the fault is about the block as a whole. */
  readonly name: string
  readonly signed: string
  readonly calculated: string
}

/** How much the one fault that fits weighs. */
export const FITS = 0.9

/** Every difference of the two texts; `undefined` where one of them is not known, empty where they agree. */
export function headerDifferences(file: CaseFile): readonly HeaderDifference[] | undefined {
  const texts = headerTexts(file)
  if (texts === undefined) return undefined
  const known = FOUND.get(file) ?? differencesOf(texts.signer, texts.verifier)
  FOUND.set(file, known)
  return known
}

/** Every cause about headers asks for them. */
const FOUND = new WeakMap<CaseFile, readonly HeaderDifference[]>()

/** The differences of one fault. */
export function differencesOfFault(file: CaseFile, fault: HeaderFault): readonly HeaderDifference[] {
  return (headerDifferences(file) ?? []).filter((one) => one.fault === fault)
}

/** Both texts known and this fault not among their differences: what is suspected all the same is tested only. */
export function* narrowed<Params>(
  file: CaseFile,
  fault: HeaderFault,
  suspicions: Iterable<Suspicion<Params>>,
): Iterable<Suspicion<Params>> {
  const differences = headerDifferences(file)
  const other = differences !== undefined && differences.length > 0 && differences.every((one) => one.fault !== fault)
  for (const suspicion of suspicions)
    yield other && suspicion.stated === undefined ? { ...suspicion, weight: Math.min(suspicion.weight, SEARCH_ONLY) } : suspicion
}

/** What is wrong with a block of canonical headers for every verifier. */
export function faultsOfBlock(text: string): readonly HeaderFault[] {
  const lines = parseCanonicalHeaders(text).filter(([name]) => name !== '')
  const names = lines.map(([name]) => name)
  const faults: HeaderFault[] = []
  if (new Set(names).size < names.length) faults.push('header-repeated-wrongly')
  if (names.some((name) => name !== name.toLowerCase())) faults.push('header-name-not-lower-case')
  else if (new Set(names).size === names.length && names.join('\n') !== [...names].sort().join('\n')) faults.push('headers-not-sorted')
  if (lines.some(([, value]) => !isMasked(value) && value !== canonicalHeaderValue(value))) faults.push('header-value-not-trimmed')
  return faults
}

/**
 * A fault that the signer's text alone shows, where nothing of the verifier is known: there is nothing to test
 * it on, and it is wrong whatever the verifier has.
 */
export function* shownBySigner<Params>(file: CaseFile, fault: HeaderFault, params: Params, ground: string): Iterable<Suspicion<Params>> {
  const block = file.inputsFrom === 'signer' ? signerBlock(file) : undefined
  if (block !== undefined && faultsOfBlock(block).includes(fault)) yield { params, weight: 0.85, grounds: [ground] }
}

/** The header lines of the signer's own canonical request, where the evidence shows them. */
export function signerBlock(file: CaseFile): string | undefined {
  // Parts put together from a request are right already; only what the signer wrote can be wrong without a change.
  if (file.signer.canonicalRequest === undefined) return undefined
  return file.signer.parts?.['canonical-headers'] ?? bareBlock(file.signer.canonicalRequest.text)
}

/** The values of header lines as a report may show them. */
export function shownLine(name: string, value: string): string {
  return /^(?:x-amz-security-token|authorization)$/i.test(name.trim()) ? `${name}:(not shown)` : `${name}:${value}`
}

/** A block of header lines as a report may show it. */
export function shownBlock(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const colon = line.indexOf(':')
      return colon < 0 ? line : shownLine(line.slice(0, colon), line.slice(colon + 1))
    })
    .join('\n')
}

function headerTexts(file: CaseFile): { readonly signer: string; readonly verifier: string } | undefined {
  const seen = disagreementOn(file, 'canonical-headers')
  if (seen !== undefined) return seen
  const [signer, verifier] = [file.signer.canonicalRequest?.text, file.verifier.canonicalRequest?.text]
  if (signer === undefined || verifier === undefined || file.signer.parts !== undefined) return undefined
  const [ours, theirs] = [bareBlock(signer), file.verifier.parts?.['canonical-headers'] ?? bareBlock(verifier)]
  return ours === undefined || theirs === undefined ? undefined : { signer: ours, verifier: theirs }
}

/** A text that holds header lines and nothing else. */
function bareBlock(text: string): string | undefined {
  const lines = text.replace(/(?<!\n)\n+$/, '').split('\n')
  return lines.every((line) => /^[A-Za-z0-9!#$%&'*+.^_`|~-]+:/.test(line)) ? `${lines.join('\n')}\n` : undefined
}

function differencesOf(signer: string, verifier: string): HeaderDifference[] {
  const whole = (fault: HeaderFault): HeaderDifference[] => [{ fault, name: '', signed: signer, calculated: verifier }]
  if (signer === verifier) return []
  const [bare, theirBare] = [bareLines(signer), bareLines(verifier)]
  if (bare === theirBare || (theirBare.startsWith(`${bare}\n`) && !signer.endsWith('\n'))) return whole('headers-block-malformed')
  const ours = parseCanonicalHeaders(signer)
  const theirs = parseCanonicalHeaders(verifier)
  const lower = ours.map(([name, value]) => [name.toLowerCase(), value] as const)
  const theirNames = new Set(theirs.map(([name]) => name))
  const inCase = ours.some(([name]) => name !== name.toLowerCase() && !theirNames.has(name))
  const found: HeaderDifference[] = inCase ? whole('header-name-not-lower-case') : []
  const [ofOurs, ofTheirs] = [groupedByName(lower), groupedByName(theirs)]
  for (const name of new Set([...ofOurs.keys(), ...ofTheirs.keys()])) {
    const [signed, calculated] = [ofOurs.get(name) ?? [], ofTheirs.get(name) ?? []]
    const fault = faultOfValues(name, signed, calculated)
    if (fault !== undefined) found.push({ fault, name, signed: signed.join(','), calculated: calculated.join(',') })
  }
  return found.length === 0 && signer !== verifier ? whole('headers-not-sorted') : found
}

function bareLines(text: string): string {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .join('\n')
}

function faultOfValues(name: string, signed: readonly string[], calculated: readonly string[]): HeaderFault | undefined {
  const [a, b] = [signed[0], calculated[0]]
  if (a === undefined && b !== undefined) return 'header-not-signed'
  if (a === undefined || b === undefined || (signed.length === 1 && calculated.length === 1 && a === b)) return undefined
  if ([...signed, ...calculated].some(isMasked)) return undefined
  if (signed.length > 1 && calculated.length === 1) return 'header-repeated-wrongly'
  if (canonicalHeaderValue(a) === canonicalHeaderValue(b)) return 'header-value-not-trimmed'
  if (name === 'host') return sameHostButPort(a, b) ? 'host-port-changed' : 'host-rewritten'
  if (b === '') return 'header-removed-in-transit'
  const pieces = b.split(/,(?! )/)
  const rejoined = (text: string): string =>
    text
      .split(',')
      .map((piece) => piece.trim())
      .sort()
      .join(',')
  if (pieces.length > 1 && (pieces.includes(a) || rejoined(a) === rejoined(b))) return 'header-repeated-wrongly'
  return 'header-changed-in-transit'
}

/** Whether two hosts name the same machine: equal without the port, the case and a final dot. */
export function sameHostButPort(a: string, b: string): boolean {
  return bareHost(a) === bareHost(b)
}

/** A host without port, case and final dot. */
export function bareHost(host: string): string {
  return host.trim().toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '')
}
