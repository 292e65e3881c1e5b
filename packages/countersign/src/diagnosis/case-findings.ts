/** What one case comes to: findings that are stated, shown by a match, or likely. */

import { type CaseFile, type Told, WORTH_REPORTING } from '../case/index.js'
import type { CauseClass } from '../catalog/index.js'
import type { Cause, Explanation, Match } from '../causes/index.js'
import { SigningKey } from '../sigv4/index.js'
import { eliminated } from './eliminate.js'
import type { Finding } from './finding.js'
import { fittingFixes } from './fitting-fixes.js'
import type { Oracle, SignatureAnswer } from './oracle.js'
import type { Pace, Searching } from './pace.js'
import { brokenChain } from './printed-keys.js'
import { notProven, proofOf, sameTextsProof, shownProof, statedProof, uneditedProof } from './prove.js'
import type { Ranked } from './rank.js'
import { recomputedPayload } from './recomputed-payload.js'
import type { Hit } from './search.js'
import { drawnByShape } from './shape-alone.js'
import { placeOfPart, type Trial } from './suspicions.js'
import { wasRead } from './values-read.js'
import { fittingWrongFixes } from './wrong-fixes.js'

/** What the evidence shows by itself: values that come out of each other, or what the service, a client or the request says in so many words. */
export function* statedFindings(file: CaseFile, trials: readonly Trial[], pace: Pace): Searching<Ranked[]> {
  const found = new Map<string, Ranked>()
  for (const trial of trials) {
    const { cause, suspicion, undone } = trial
    const { shown, stated } = suspicion
    const proof = shown !== undefined ? shownProof(shown) : stated === undefined ? undefined : statedProof(stated)
    if (proof === undefined || found.has(cause.id)) continue
    const finding = findingOf(file, [trial], proof, undone)
    found.set(cause.id, { finding, place: placeOfPart(cause), atTheCheck: atTheCheck(file, cause) })
    yield* pace.after(pace.unit)
  }
  return [...found.values()]
}

/** The payload hash that the sender wrote comes out of the body, changed. */
export function recomputedFindings(given: CaseFile, causes: readonly Cause[]): Ranked[] {
  const found = recomputedPayload(given, causes)
  if (found === undefined) return []
  const { trial, shown, file } = found
  const finding = findingOf(file, [trial], shownProof(shown), trial.undone)
  return [{ finding, place: placeOfPart(trial.cause), atTheCheck: atTheCheck(given, trial.cause) }]
}

/** A key that the signer's program printed comes out of the one before it in a mistaken way. */
export function brokenChainFindings(file: CaseFile, causes: readonly Cause[]): Ranked[] {
  const found = brokenChain(file, causes)
  if (found === undefined) return []
  const finding = findingOf(file, [found.trial], shownProof(found.shown), found.trial.undone)
  return [{ finding, place: placeOfPart(found.trial.cause), atTheCheck: true }]
}

/** The text as it stands gives the signature provided: no edit is needed to explain the signature, only the refusal. */
export function uneditedFindings(file: CaseFile, trials: readonly Trial[], holds: SignatureAnswer | undefined): Ranked[] {
  // Under a key that the signer printed its own text holds whatever the service has: that says nothing of the service.
  if (holds === undefined || file.inputs?.key instanceof SigningKey) return []
  const unedited = trials
    .filter(({ suspicion }) => suspicion.unedited === true)
    .sort((a, b) => b.suspicion.weight - a.suspicion.weight || (a.cause.id < b.cause.id ? -1 : 1))
  const [trial, ...others] = unedited.filter(({ cause }) => cause.adds !== true)
  if (trial === undefined) return []
  const added = unedited.filter(({ cause }) => cause.adds === true).map((one) => ({ trials: [one], undone: file.inputs }))
  const finding = withAdded(file, findingOf(file, [trial], uneditedProof(file, holds), file.inputs), added)
  // Nothing was edited for any of them: what the text shows for one it shows for the others.
  const alike = [...others.map(({ cause }) => cause.id), ...added.map(({ trials: [one] }) => one!.cause.id)]
  const alternatives = [...new Set(alike)].filter((id) => id !== trial.cause.id).sort()
  return [{ finding: { ...finding, alternatives }, place: placeOfPart(trial.cause), atTheCheck: true }]
}

/** Both sides signed one text: the key is wrong; of a signer that is no known client, its derivation may be as well. */
export function sameTextsFindings(file: CaseFile, trials: readonly Trial[], causes: readonly Cause[]): Ranked[] {
  const trial = trials.find(({ suspicion }) => suspicion.sameTexts === true)
  const proof = trial === undefined ? undefined : sameTextsProof(file)
  if (trial === undefined || proof === undefined) return []
  // Every fault of the key, and of what is made of the text after it was written, leaves both texts as they are.
  const faults = causes
    .filter((cause) => (cause.part === 'signing-key' || cause.part === 'string-to-sign') && cause !== trial.cause)
    .filter(({ refusedAt }) => refusedAt.includes('signature'))
    .sort((a, b) => COMMONEST.indexOf(b.class) - COMMONEST.indexOf(a.class) || (a.id < b.id ? -1 : 1))
  const finding = { ...findingOf(file, [trial], proof, file.inputs), alternatives: faults.map(({ id }) => id) }
  return [{ finding, place: placeOfPart(trial.cause), atTheCheck: true }]
}

/** Where the method was a guess, to have found another is to have learned it: it is no fault. */
export function withoutMethod(hits: readonly Hit[]): readonly Hit[] {
  return hits.flatMap((hit) => {
    const trials = hit.trials.filter(({ cause }) => cause.part !== 'method')
    return trials.length === 0 ? [] : [{ ...hit, trials }]
  })
}

/** Of the hits that make the very same bytes the narrowest, and of those the likeliest. */
export function bestHit(hits: readonly Hit[]): Hit | undefined {
  const broad = ({ trials: [first] }: Hit): number => (first!.cause.adds === true ? 2 : Number(first!.cause.narrow === undefined))
  return [...hits].sort(
    (a, b) =>
      broad(a) - broad(b) ||
      b.trials[0]!.suspicion.weight - a.trials[0]!.suspicion.weight ||
      placeOfPart(a.trials[0]!.cause) - placeOfPart(b.trials[0]!.cause),
  )[0]
}

/** The search's hits. Single edits that make the very same bytes are one finding with alternatives. */
export function provenFindings(file: CaseFile, best: Hit | undefined, hits: readonly Hit[]): Ranked[] {
  if (best === undefined) return []
  const own = new Set(best.trials.map(({ cause }) => cause.id))
  const others = hits.flatMap(({ trials }) => trials.map(({ cause }) => cause.id)).filter((id) => !own.has(id))
  const proof = proofOf(
    file,
    best.answer,
    best.trials.map(({ cause }) => cause),
  )
  const added = hits.filter((hit) => hit !== best && hit.trials.length === 1 && hit.trials[0]!.cause.adds === true)
  const finding = {
    ...withAdded(file, findingOf(file, best.trials, proof, best.undone), added),
    alternatives: [...new Set(others)].sort(),
  }
  return [{ finding, place: placeOfPart(best.trials[0]!.cause), atTheCheck: best.trials.some(({ cause }) => atTheCheck(file, cause)) }]
}

/** A trial of a cause that only adds to another. */
interface Added extends Pick<Hit, 'trials'> {
  readonly undone: Match<unknown>['signer']
}

/** A finding with what the causes that only add to another know of it: who made the mistake, and which version mends it. */
function withAdded(file: CaseFile, finding: Finding, added: readonly Added[]): Finding {
  const said = added.flatMap(({ trials, undone }) => trials.map((trial) => findingOf(file, [trial], finding.proof, undone)))
  return {
    ...finding,
    grounds: [...new Set([...finding.grounds, ...said.flatMap(({ grounds }) => grounds)])],
    fixes: [...said.flatMap(({ fixes }) => fixes), ...finding.fixes],
  }
}

/** The suspicions worth saying though nothing was shown, one per cause. What was tested and failed is not among them. */
export function* likelyFindings(
  file: CaseFile,
  trials: readonly Trial[],
  proven: ReadonlySet<string>,
  oracle: Oracle,
  pace: Pace,
): Searching<Ranked[]> {
  const found = new Map<string, Ranked>()
  const byShape = drawnByShape(file)
  for (const trial of trials) {
    const { cause, suspicion, undone } = trial
    if (suspicion.weight < WORTH_REPORTING || suspicion.unedited === true || proven.has(cause.id) || found.has(cause.id)) continue
    if (eliminated(file, cause) !== undefined || cause.refutes?.(file) !== undefined || byShape(trial)) continue
    if (oracle.levels.includes('signature') && undone !== undefined && file.inputsFrom !== 'signer') continue
    const finding = findingOf(file, [trial], notProven('this fits the evidence; nothing was matched'), undone)
    found.set(cause.id, { finding, place: placeOfPart(cause), atTheCheck: atTheCheck(file, cause) })
    yield* pace.after(pace.unit)
  }
  return [...found.values()]
}

function findingOf(file: CaseFile, trials: readonly Trial[], proof: Finding['proof'], undone: Match<unknown>['signer']): Finding {
  const said = trials.map(({ cause, suspicion }) =>
    inItsWords(cause.explain({ params: suspicion.params, file, verifier: file.inputs, signer: undone ?? file.inputs }), suspicion.told),
  )
  const [first] = trials
  const shown = said.map((one, i) => (proof.level === 'none' && !one.labels.every(wasRead(file)) ? withoutValues(one, trials[i]!) : one))
  const joined = (texts: readonly string[]): string => [...new Set(texts)].join('; and ')
  return {
    causes: trials.map(({ cause }) => cause.id),
    class: first!.cause.class,
    summary: joined(trials.map(({ cause }) => cause.summary)),
    proof,
    what: joined(shown.map(({ what }) => what)),
    why: joined(said.map(({ why }) => why)),
    labels: shown.flatMap(({ labels }) => labels),
    fixes: fittingFixes(
      file,
      said.map(({ fixes }) => fixes),
      trials.map(({ cause }) => cause.id),
    ),
    wrongFixes: fittingWrongFixes(
      file,
      proof,
      trials.map(({ cause }, i) => ({ cause, wrongFixes: said[i]!.wrongFixes })),
    ),
    check: joined(said.map(({ check }) => check)),
    grounds: [...new Set(trials.flatMap(({ suspicion }) => suspicion.grounds))],
    alternatives: [],
    weight: trials.reduce((most, { suspicion }) => Math.max(most, suspicion.weight), 0),
  }
}

/** What a cause says, in the words of the scheme that the request is of. */
function inItsWords(said: Explanation, told: Told | undefined): Explanation {
  if (told === undefined) return said
  const labels = told.labels.map((label) => ({ part: 'string-to-sign' as const, ...label }))
  return { ...said, what: told.what, why: told.why, labels }
}

/** Without the values of a trial: nobody sent them, so far as the evidence shows. */
function withoutValues(said: Explanation, { cause }: Trial): Explanation {
  return { ...said, what: cause.summary, labels: [] }
}

function atTheCheck(file: CaseFile, cause: Cause): boolean {
  const group = file.refusal?.check?.group
  return group !== undefined && group !== 'signature' && cause.refusedAt.some((at) => at === group)
}

/** Faults of the key by how often they happen, the commonest last. */
const COMMONEST: readonly CauseClass[] = ['key.derivation', 'secret.mangled']
