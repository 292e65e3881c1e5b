/**
 * Signed headers of certain names that arrived with another value, for the causes that are about those headers alone.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalHeaders"
 */

import { type CaseFile, cluesFor } from '../../case/index.js'
import type { CauseId } from '../../catalog/index.js'
import { headerLines, type SigningInputs, signedHeaderValue, withSignedHeaders } from '../../sigv4/index.js'
import type { Suspicion } from './cause.js'
import { WEIGHT_OF } from './clue-weight.js'
import { headerDifferences } from './header-differences.js'
import { type Candidate, NARROW_FIT, SEARCH_ONLY } from './suspicion.js'
import { valuesByName } from './values-by-name.js'

/** Headers (lower case) and the values that were signed. */
export interface HeaderValues {
  readonly values: readonly (readonly [name: string, value: string])[]
  /** Headers of which only the name is known to have been signed. */
  readonly names?: readonly string[]
}

/** What a cause knows of the headers it is about. */
export interface NamedHeaders {
  readonly cause: CauseId
  /** Whether this is its matter: the name, what was signed and what arrived. */
  readonly owns: (name: string, signed: string, calculated: string) => boolean
  /** What may have been signed where `now` arrived; the likeliest first. */
  readonly guesses: (name: string, now: string) => readonly string[]
  /** What the bare sight of such a header among the signed ones says. */
  readonly seen: { readonly weight: number; readonly ground: (name: string, now: string) => string | undefined }
}

/** The inputs with these values signed; headers that are not signed, or did not arrive, are another cause's. */
export function withHeaderValues(inputs: SigningInputs, { values }: HeaderValues): SigningInputs {
  return withSignedHeaders(inputs, values, (name, now) => name !== 'host' && now !== '')
}

/** From both sides' texts, from hints that name such a header with a value, and from what is usual. */
export function* namedCandidates(file: CaseFile, about: NamedHeaders): Iterable<Candidate<HeaderValues>> {
  const changed = (headerDifferences(file) ?? []).filter(
    ({ fault, name, signed, calculated }) => fault === 'header-changed-in-transit' && about.owns(name, signed, calculated),
  )
  if (changed.length > 0)
    yield {
      params: { values: changed.map(({ name, signed }) => [name, signed] as const) },
      weight: NARROW_FIT,
      grounds: changed.map(({ name }) => `The two sides have different values of ${name}.`),
    }
  const inputs = file.inputsSeen
  if (inputs === undefined) {
    // Nobody shows a request: what the text says of such a header is all there is.
    const told = cluesFor(file, about.cause)
    const names = [...new Set(told.flatMap(({ values }) => values['header']?.toLowerCase() ?? []))]
    if (told.length > 0) yield { params: { values: [], ...(names.length > 0 && { names }) } }
    return
  }
  for (const hint of [...cluesFor(file, 'header-changed-in-transit'), ...cluesFor(file, 'header.changed')]) {
    const [name, value] = [hint.values['header']?.toLowerCase(), hint.values['value'] ?? hint.values['signed']]
    const now = name === undefined ? undefined : signedHeaderValue(inputs, name)
    if (name === undefined || value === undefined || now === undefined || !about.owns(name, value, now)) continue
    yield { params: { values: [[name, value]] }, weight: Math.min(NARROW_FIT, WEIGHT_OF[hint.strength] + 0.02), grounds: [hint.message] }
  }
  for (const [name, now] of headerLines(inputs)) {
    if (name === 'host' || now === '') continue
    const ground = about.seen.ground(name, now)
    const guessed = about.guesses(name, now).filter((value) => value !== now && about.owns(name, value, now))
    for (const value of valuesSeen(file, name))
      if (value !== now && about.owns(name, value, now))
        yield { params: { values: [[name, value]] }, weight: 0.46, grounds: [`Elsewhere in the evidence ${name} has another value.`] }
    for (const [i, value] of guessed.entries())
      yield {
        params: { values: [[name, value]] },
        ...(i === 0 && ground !== undefined && { weight: about.seen.weight, grounds: [ground] }),
      }
  }
}

/** Both texts known and nothing of this among their differences: what is suspected all the same is tested only. */
export function* narrowedTo<Params>(
  file: CaseFile,
  owns: NamedHeaders['owns'],
  suspicions: Iterable<Suspicion<Params>>,
): Iterable<Suspicion<Params>> {
  const differences = headerDifferences(file) ?? []
  const other = differences.length > 0 && !differences.some(({ name, signed, calculated }) => owns(name, signed, calculated))
  for (const suspicion of suspicions) yield other ? { ...suspicion, weight: Math.min(suspicion.weight, SEARCH_ONLY) } : suspicion
}

/** Values of a header in any request of the evidence. */
export function valuesSeen(file: CaseFile, name: string): string[] {
  const values = file.observations.flatMap((seen) =>
    seen.kind === 'request' ? (valuesByName(seen.request).get(name) ?? []).map((value) => value.trim()) : [],
  )
  return [...new Set(values)].slice(0, 4)
}
