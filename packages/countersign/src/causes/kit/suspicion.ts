/**
 * Candidates made suspicions: what is worth testing of a case, with what the evidence says for it.
 * @see ./cause.ts for the contract
 */
import { type CaseFile, type Clue, cluesAgainst, cluesFor, ownCanonicalization, WORTH_REPORTING } from '../../case/index.js'
import { type CanonicalRequestPart, canonicalRequestPart, credentialScopeText, type SigningInputs } from '../../sigv4/index.js'
import { dangerSecretOf, signerPart } from './case-views.js'
import type { Cause, Suspicion } from './cause.js'
import { weightDenied, weightTogether } from './clue-weight.js'

/** Parameters worth testing, with what the evidence says for them. */
export interface Candidate<Params> {
  readonly params: Params
  /** 0 to 1; absent: tested only. */
  readonly weight?: number
  readonly grounds?: readonly string[]
  /** Of what stands outside the canonical request: the observation that says it in so many words. */
  readonly stated?: NonNullable<Suspicion<Params>['stated']>
  readonly unedited?: true
  readonly sameTexts?: true
  readonly alone?: true
}

type CauseHead<Params> = Pick<Cause<Params>, 'id' | 'class' | 'undo' | 'narrow'>

/** What identifies a cause about a part of the canonical request. */
export type CauseOfPart<Params> = CauseHead<Params> & {
  readonly part: CanonicalRequestPart
  /** What a clue alone says: parameters that claim no text. Absent: a clue strengthens the first candidate. */
  readonly plain?: Params
}

/**
 * Candidates as suspicions: those that change nothing, or make a text that an earlier one made, are left out. One that
 * makes the very text the signer's log shows is weighted up; where the log shows the verifier's text, all weigh little.
 */
export function* suspicionsOf<Params>(
  file: CaseFile,
  cause: CauseOfPart<Params>,
  candidates: Iterable<Candidate<Params>>,
): Iterable<Suspicion<Params>> {
  const inputs = file.inputsSeen
  // Where the client wrote its own, what we make of its request is not its text.
  const logged = ownCanonicalization(file).length > 0 ? undefined : signerPart(file, cause.part)
  const agreed = logged !== undefined && inputs !== undefined && canonicalRequestPart(inputs, cause.part) === logged
  const said = cluesWeigh(file, cause)
  const strengthened = cause.plain === undefined ? said : NOTHING_SAID
  if (cause.plain !== undefined && !agreed && said.weight >= WORTH_REPORTING) yield { params: cause.plain, ...said }
  const made = new Set<string>()
  let [count, written] = [0, 0]
  for (const candidate of candidates) {
    const text = inputs === undefined ? undefined : changedText(cause, inputs, candidate.params)
    if (inputs !== undefined && (text === undefined || made.has(text))) continue
    if (text !== undefined) made.add(text)
    written += text?.length ?? 0
    // A closed table that is tested alone has its own bound.
    const first = candidate.alone !== true && count++ === 0
    const grounds = [...(candidate.grounds ?? []), ...(first ? strengthened.grounds : [])]
    let weight = Math.max(candidate.weight ?? SEARCH_ONLY, first ? strengthened.weight : 0)
    if (agreed && !(first && saysWhatWasSigned(file, cause))) weight = Math.min(weight, SEARCH_ONLY)
    else if (logged !== undefined && text !== undefined && text.slice(0, text.indexOf(SEPARATOR)) === logged) {
      weight = Math.max(weight, cause.narrow === undefined ? 0.9 : NARROW_FIT)
      // A captured request stands for a text that nobody quoted.
      const whose = file.signer.canonicalRequest === undefined ? 'The request as it was sent' : "The signer's own canonical request"
      grounds.unshift(`${whose} has exactly this text.`)
    }
    // Without inputs nothing can be tested: what would not be reported either is no use.
    if (inputs === undefined && weight < WORTH_REPORTING) return
    yield { params: candidate.params, weight, grounds, ...(candidate.alone !== undefined && { alone: candidate.alone }) }
    if (count >= MOST_CANDIDATES || (count >= FEWEST_CANDIDATES && written > MOST_TEXT) || inputs === undefined) return
  }
}

/**
 * The same for what stands outside the canonical request: dates, scope and Authorization header, the key, the string to sign, the
 * signature. What is tested only must change something, and each change is tested once; what the evidence points to is kept even
 * where nothing can be edited. Clues strengthen the first of these, or make `plain` one.
 */
export function* suspicionsOutside<Params>(
  file: CaseFile,
  cause: CauseHead<Params>,
  plain: Params,
  candidates: Iterable<Candidate<Params>>,
): Iterable<Suspicion<Params>> {
  const clues = cluesWeigh(file, cause)
  const all = [...candidates]
  const pointed = all.filter(pointedTo)
  if (pointed.length === 0 && clues.weight >= WORTH_REPORTING) pointed.push({ params: plain })
  const seen = new Set<string>()
  for (const { params, weight = 0, grounds = [], stated, unedited, sameTexts } of pointed) {
    const first = seen.size === 0
    const key = JSON.stringify(params)
    if (seen.has(key)) continue
    seen.add(key)
    yield {
      params,
      weight: Math.max(weight, first ? clues.weight : 0),
      grounds: [...grounds, ...(first ? clues.grounds : [])],
      ...(stated !== undefined && { stated }),
      ...(unedited !== undefined && { unedited }),
      ...(sameTexts !== undefined && { sameTexts }),
    }
  }
  const inputs = file.inputs ?? file.inputsSeen
  if (inputs === undefined) return
  const made = new Set([signedText(inputs), ...pointed.map(({ params }) => signedText(cause.undo(inputs, params)))])
  let count = seen.size
  for (const { params, grounds = [], alone } of all) {
    if (count >= MOST_CANDIDATES) return
    const text = signedText(cause.undo(inputs, params))
    if (made.has(text)) continue
    made.add(text)
    count++
    yield { params, weight: SEARCH_ONLY, grounds, ...(alone !== undefined && { alone }) }
  }
}

/** Whether code shows what was signed: a request that was captured afterwards and agrees with the service's says nothing of that. */
function saysWhatWasSigned(file: CaseFile, { id }: Pick<Cause, 'id'>): boolean {
  return (
    file.signer.canonicalRequest === undefined &&
    cluesFor(file, id as Clue['about']).some(
      ({ strength, values }) => strength === 'strong' && values['signed'] !== undefined && values['sent'] !== undefined,
    )
  )
}

function pointedTo({ weight = 0, stated, unedited }: Candidate<unknown>): boolean {
  return weight >= WORTH_REPORTING || stated !== undefined || unedited === true
}

/** What prose, configuration and code say for a cause, by its id or by its class. */
export function cluesWeigh(
  file: CaseFile,
  cause: Pick<Cause, 'id' | 'class' | 'narrow'>,
): { readonly weight: number; readonly grounds: readonly string[] } {
  const byId = cluesFor(file, cause.id).map((clue) => ({ clue, share: 1 }))
  const byClass = cluesFor(file, cause.class).map((clue) => ({ clue, share: shareOf(clue, cause) }))
  const all = [...byId, ...byClass].filter(({ share }) => share > 0)
  const grounds = all.map(({ clue }) => clue.message)
  const against = all.length === 0 ? [] : cluesAgainst(file, cause)
  if (against.length === 0) return { weight: weightTogether(all), grounds }
  return { weight: weightDenied(all), grounds: [...grounds, ...against.map(({ message }) => message)] }
}

/** A clue about a class is shared by its causes; a narrow cause has its part only where the clue names it. */
function shareOf(clue: Clue, { id, narrow }: Pick<Cause, 'id' | 'narrow'>): number {
  if (narrow !== true) return 0.9
  return clue.tags.includes(id) ? 0.95 : 0
}

function changedText<Params>(cause: CauseOfPart<Params>, inputs: SigningInputs, params: Params): string | undefined {
  const undone = cause.undo(inputs, params)
  if (undone === inputs) return undefined
  // The part itself first; then what else the edit touched, so that two edits alike in this part stay apart.
  const { [cause.part]: written, ...others } = undone.verbatim
  return canonicalRequestPart(undone, cause.part) + SEPARATOR + JSON.stringify([written !== undefined, others, undone.lineBreak])
}

/** Everything outside the canonical request on which a signature depends, and what of the request somebody wrote himself. */
function signedText(inputs: SigningInputs): string {
  const { derivation, signatureEncoding, stringToSignEnd, lineBreak, algorithm, requestDate, scope, verbatim } = inputs
  return JSON.stringify([
    dangerSecretOf(inputs),
    derivation,
    signatureEncoding,
    stringToSignEnd,
    lineBreak,
    algorithm,
    requestDate,
    credentialScopeText(scope),
    verbatim,
  ])
}

/** Tested, never reported unproven. */
export const SEARCH_ONLY = 0.1
/** How much a narrow cause weighs that makes the signer's text: more than the broader one that makes it too. */
export const NARROW_FIT = 0.95
const NOTHING_SAID = { weight: 0, grounds: [] as readonly string[] }
const MOST_CANDIDATES = 60
/** Of texts far longer than any that is sent, fewer are made: sixty with 20,000 headers each would take gigabytes. */
const FEWEST_CANDIDATES = 8
const MOST_TEXT = 8_000_000
// Cannot occur in a canonical request.
const SEPARATOR = '\u0000'
