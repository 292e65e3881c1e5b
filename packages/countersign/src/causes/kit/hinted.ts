/**
 * Suspicions about the key, the string to sign and the signature: candidates told apart by what they sign with.
 * @see ./suspicion.ts for the parts of the canonical request
 */
import type { CaseFile } from '../../case/index.js'
import { SecretAccessKey, type SigningInputs } from '../../sigv4/index.js'
import type { Cause, Suspicion } from './cause.js'
import { type Candidate, cluesWeigh, SEARCH_ONLY } from './suspicion.js'

/** A candidate, and what makes it more than a guess. */
export interface HintedCandidate<Params> extends Candidate<Params> {
  readonly stated?: NonNullable<Suspicion<Params>['stated']>
  readonly unedited?: true
}

/** What identifies a cause to {@link hintedSuspicions}. */
export type HintedHead<Params> = Pick<Cause<Params>, 'id' | 'class' | 'undo' | 'narrow'>

/**
 * Candidates as suspicions. What is tested only must change something, and each change is tested once; what the evidence
 * points to is kept even where nothing can be edited. Hints strengthen the first of these, or make `plain` one.
 */
export function* hintedSuspicions<Params>(
  file: CaseFile,
  cause: HintedHead<Params>,
  plain: Params,
  candidates: Iterable<HintedCandidate<Params>>,
): Iterable<Suspicion<Params>> {
  const hinted = cluesWeigh(file, cause)
  const all = [...candidates]
  const pointed = all.filter(pointedTo)
  if (pointed.length === 0 && hinted.weight >= WORTH_REPORTING) pointed.push({ params: plain, weight: hinted.weight })
  let count = 0
  for (const [i, one] of pointed.entries()) {
    const weight = Math.max(one.weight ?? 0, i === 0 ? hinted.weight : 0)
    const grounds = [...(one.grounds ?? []), ...(i === 0 ? hinted.grounds : [])]
    const { stated, unedited } = one
    yield { params: one.params, weight, grounds, ...(stated !== undefined && { stated }), ...(unedited !== undefined && { unedited }) }
    count++
  }
  const { inputs } = file
  if (inputs === undefined) return
  const made = new Set([signingText(inputs), ...pointed.map(({ params }) => signingText(cause.undo(inputs, params)))])
  for (const { params, grounds = [] } of all) {
    if (count >= MOST_CANDIDATES) return
    const text = signingText(cause.undo(inputs, params))
    if (made.has(text)) continue
    made.add(text)
    count++
    yield { params, weight: SEARCH_ONLY, grounds }
  }
}

/** The secret of some inputs; `undefined` where there is none, or only a signing key. For edits of it, never for output. */
export function dangerSecretOf(inputs: SigningInputs): string | undefined {
  return inputs.key instanceof SecretAccessKey ? inputs.key.dangerValue() : undefined
}

function pointedTo({ weight = 0, stated, unedited }: HintedCandidate<unknown>): boolean {
  return weight >= WORTH_REPORTING || stated !== undefined || unedited === true
}

/** Everything about some inputs that the causes here edit. */
function signingText(inputs: SigningInputs): string {
  const { derivation, signatureEncoding, stringToSignEnd, lineBreak, algorithm } = inputs
  return JSON.stringify([dangerSecretOf(inputs), derivation, signatureEncoding, stringToSignEnd, lineBreak, algorithm])
}

const WORTH_REPORTING = 0.2
const MOST_CANDIDATES = 60
