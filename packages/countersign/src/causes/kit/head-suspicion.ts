/**
 * Suspicions about what stands outside the canonical request: dates, the credential scope, the Authorization header.
 * @see ./suspicion.ts for those about its parts
 */
import type { CaseFile, ObservationOf, StatedFact } from '../../case/index.js'
import { credentialScopeText, type SigningInputs } from '../../sigv4/index.js'
import type { Cause, Suspicion } from './cause.js'
import type { WrongFix } from './explanation.js'
import { type Candidate, cluesWeigh, inputsSeen, SEARCH_ONLY } from './suspicion.js'

/** A candidate, and the observation that says it in so many words. */
export interface HeadCandidate<Params> extends Candidate<Params> {
  readonly stated?: NonNullable<Suspicion<Params>['stated']>
}

/** What identifies a cause to {@link headSuspicions}. */
export type HeadOfCause<Params> = Pick<Cause<Params>, 'id' | 'class' | 'undo' | 'narrow'>

/**
 * Candidates as suspicions. What is tested only must change something, and each change is tested once; what the
 * evidence points to is kept even where there is nothing to edit. Hints strengthen the first of these, or make `plain` one.
 */
export function* headSuspicions<Params>(
  file: CaseFile,
  cause: HeadOfCause<Params>,
  plain: Params,
  candidates: Iterable<HeadCandidate<Params>>,
): Iterable<Suspicion<Params>> {
  const inputs = inputsSeen(file)
  const hinted = cluesWeigh(file, cause)
  const all = [...candidates]
  const pointed = all.filter((one) => (one.weight ?? 0) >= WORTH_REPORTING)
  const seen = new Set<string>()
  if (pointed.length === 0 && hinted.weight >= WORTH_REPORTING) yield { params: plain, weight: hinted.weight, grounds: hinted.grounds }
  for (const [i, one] of pointed.entries()) {
    const key = JSON.stringify(one.params)
    if (seen.has(key)) continue
    seen.add(key)
    const extra = i === 0 ? hinted : { weight: 0, grounds: [] }
    const weight = Math.max(one.weight ?? 0, extra.weight)
    const grounds = [...(one.grounds ?? []), ...extra.grounds]
    yield { params: one.params, weight, grounds, ...(one.stated !== undefined && { stated: one.stated }) }
  }
  if (inputs === undefined) return
  const made = new Set(pointed.map((one) => headText(cause.undo(inputs, one.params))))
  let count = seen.size
  for (const one of all) {
    const undone = cause.undo(inputs, one.params)
    const text = headText(undone)
    if (undone === inputs || made.has(text)) continue
    made.add(text)
    yield { params: one.params, weight: SEARCH_ONLY, grounds: one.grounds ?? [] }
    if (++count >= MOST_CANDIDATES) return
  }
}

/** The stated observations of some facts, in the order they stand in the evidence. */
export function factsStated(file: CaseFile, facts: readonly StatedFact[]): ObservationOf<'stated'>[] {
  return file.observations.filter((seen): seen is ObservationOf<'stated'> => seen.kind === 'stated' && facts.includes(seen.fact))
}

/** The requests that the evidence shows, those on the wire first. */
export function requestsSeen(file: CaseFile): ObservationOf<'request'>[] {
  const all = file.observations.filter((seen): seen is ObservationOf<'request'> => seen.kind === 'request')
  return [...all.filter(({ side }) => side === 'wire'), ...all.filter(({ side }) => side !== 'wire')]
}

/** Whether a text is written for a program or a reader to fill in ("${date}", "$AUTH", "%s"), so that its form says nothing. */
export function isTemplate(text: string): boolean {
  return /[$`{}]|%[sdv@]|\[[a-z ]+\]|["'] ?[+.]|\bYOUR/i.test(text)
}

/** Whether the next parameter, or a shell's backslash before "&", clings to a value: then the separator is at fault, not the value. */
export function clingsToTheNext(text: string): boolean {
  return text.endsWith('\\') || /X-Amz-/i.test(text)
}

/** Whether the service says that it compared signatures: on AWS, everything about date and scope had passed by then. */
export function comparedSignatures(file: CaseFile): boolean {
  return file.refusal?.check?.group === 'signature'
}

/** What a signer's string to sign says of itself, where it is of the very attempt that was refused. */
export function signerHead(file: CaseFile) {
  return file.sameAttempt ? file.signer.read : undefined
}

/** The scope or date is wrong, not the key. */
export const REPLACE_THE_SECRET: WrongFix = {
  title: 'create new access keys',
  why: 'this check comes before the secret access key is looked at; new keys meet the same refusal',
  whyAtSignature: 'the text that was signed is wrong, not the key it was signed with; new keys sign the same wrong text',
}

function headText(inputs: SigningInputs): string {
  return JSON.stringify([inputs.requestDate, credentialScopeText(inputs.scope), inputs.verbatim])
}

const WORTH_REPORTING = 0.2
const MOST_CANDIDATES = 60
