/** One case: a case file and a list of causes in, findings with their proofs out. */

import { type CaseFile, credentialsSeen, type ObservationOf, privateNames, secretsInEvidence, WORTH_REPORTING } from '../case/index.js'
import type { Cause, Explanation, Match } from '../causes/index.js'
import { canonicalRequest, EMPTY_PAYLOAD_HASH, keepTexts, parseLenientDate, verify } from '../sigv4/index.js'
import { comparisonOf, notCompared } from './comparison.js'
import { eliminated } from './eliminate.js'
import type { CaseDiagnosis, Finding } from './finding.js'
import { type Oracle, oracleOf, type SignatureAnswer } from './oracle.js'
import { Pace, type Searching } from './pace.js'
import { notProven, proofOf, sameTextsProof, statedProof, uneditedProof } from './prove.js'
import { type Ranked, ranked } from './rank.js'
import { ruledOut } from './ruled-out.js'
import { type Hit, type SearchResult, search } from './search.js'
import { drawnByShape } from './shape-alone.js'
import { placeOfPart, type Trial, trialSteps } from './suspicions.js'
import { wasRead } from './values-read.js'
import { wantedEvidence } from './wanted.js'
import { fittingWrongFixes } from './wrong-fixes.js'

/** Bounds of a diagnosis. */
export interface DiagnoseOptions {
  readonly causes: readonly Cause[]
  /** Most hypotheses that are hashed or signed; 100,000 by default, a fraction of a second. */
  readonly maxTrials?: number
}

/** Names the cause of a refusal, with proof as far as the evidence allows. Pure; the same case gives the same answer. */
export function diagnose(given: CaseFile, options: DiagnoseOptions): CaseDiagnosis {
  const all = diagnosisSteps(given, options)
  let step = all.next()
  while (step.done !== true) step = all.next()
  return step.value
}

/**
 * The same in steps, for whoever wants to show the progress, keep a time limit or be interrupted: `next(true)` ends the
 * search, and the best answer so far is the result.
 * @public
 */
export function* diagnosisSteps(given: CaseFile, options: DiagnoseOptions): Searching<CaseDiagnosis> {
  const request = given.inputs?.request
  const forget = request === undefined ? () => {} : keepTexts(request)
  try {
    return yield* steps(given, options)
  } finally {
    forget()
  }
}

function* steps(given: CaseFile, options: DiagnoseOptions): Searching<CaseDiagnosis> {
  const verified = verifiedBySpec(withEmptyBody(given))
  const { file } = verified
  const most = options.maxTrials ?? MOST_TRIALS
  const oracle = oracleOf(file, most)
  const answer = file.inputs === undefined ? undefined : oracle.ask(file.inputs)
  const holds = answer?.level === 'signature' ? answer : undefined
  const refused = file.refusal !== undefined || file.exchange?.outcome === 'refused'
  if (!refused && (verified.valid || (holds !== undefined && file.inputsFrom !== 'signer'))) return validDiagnosis(file, oracle)

  const length = file.inputs === undefined ? 0 : canonicalRequest(file.inputs).length
  const pace = new Pace(length, () => ({ trials: oracle.trials(), most }))
  const trials = yield* trialSteps(file, options.causes, pace)
  const result = yield* search(file, trials, oracle, most, pace)
  const hits = file.methodGuessed ? withoutMethod(result.hits) : result.hits
  const hit = bestHit(hits)
  const stated = yield* statedFindings(file, trials, pace)
  const shown = provenFindings(file, hit, hits)
  const bySearch = new Set(shown.flatMap(({ finding }) => finding.causes))
  const found = [
    // What matched says more than what is stated of the same cause.
    ...stated.filter(({ finding }) => !finding.causes.every((id) => bySearch.has(id))),
    ...uneditedFindings(file, trials, holds),
    ...(hit === undefined ? sameTextsFindings(file, trials, options.causes) : []),
    ...shown,
  ]
  const proven = new Set(found.flatMap(({ finding }) => [...finding.causes, ...finding.alternatives]))
  // What was signed is accounted for byte by byte: nothing else is likely beside it.
  const settled = found.some(({ finding }) => finding.proof.level === 'signature' || finding.proof.level === 'canonical-request-hash')
  const likely = settled ? [] : yield* likelyFindings(file, trials, proven, oracle, pace)
  const findings = ranked([...found, ...likely])
  const first = findings[0]
  yield* pace.pause()
  const comparison = comparisonOf(file, hit?.undone)
  return {
    outcome: first === undefined ? 'unexplained' : first.proof.level === 'none' ? 'likely' : 'proven',
    error: errorOf(file),
    findings,
    ruledOut: ruledOut(file, options.causes, trials, findings, oracle),
    wanted: first === undefined || first.proof.level === 'none' ? wantedEvidence(file) : [],
    ...(comparison === undefined ? {} : { comparison }),
    unspoken: secretsInEvidence(file),
    credentials: credentialsSeen(file),
    privateNames: privateNames(file),
    search: { trials: oracle.trials(), exhausted: result.ended !== 'all' || oracle.cut() },
    notes: [...notesOf(file, holds !== undefined), ...asList(notCompared(file, hit?.undone)), ...endNotes(result.ended, oracle.trials())],
  }
}

/** A body that the evidence does not show was empty, if the signature is right for an empty one; else it stays unknown. */
function withEmptyBody(file: CaseFile): CaseFile {
  const { inputs } = file
  if (inputs?.request === undefined || inputs.payloadHash !== undefined || file.inputsFrom !== 'wire') return file
  const empty = { ...inputs, request: { ...inputs.request, body: new Uint8Array() }, payloadHash: EMPTY_PAYLOAD_HASH }
  const emptied = { ...file, inputs: empty, inputsSeen: empty }
  return oracleOf(emptied).ask(empty)?.level === 'signature' ? emptied : file
}

/** Where the request and the key are known and nobody says why it was refused, the verifier's own checks say it. */
function verifiedBySpec(file: CaseFile): { readonly file: CaseFile; readonly valid: boolean } {
  const { inputs } = file
  if (file.refusal !== undefined || inputs?.request === undefined || inputs.key === undefined || file.inputsFrom !== 'wire')
    return { file, valid: false }
  const now = file.now ?? parseLenientDate(inputs.requestDate)
  if (now === undefined) return { file, valid: false }
  const verdict = verify(inputs.request, inputs.key, { now, profile: inputs.profile })
  if (verdict.ok) return { file, valid: true }
  const { code, message, check: id, number, of } = verdict.error
  const group = 'group' in verdict.error && typeof verdict.error.group === 'string' ? verdict.error.group : id
  return { file: { ...file, refusal: { code, message, dialect: inputs.profile.dialect, check: { id, number, of, group } } }, valid: false }
}

function validDiagnosis(file: CaseFile, oracle: Oracle): CaseDiagnosis {
  return {
    outcome: 'valid',
    error: undefined,
    findings: [],
    ruledOut: [],
    wanted: [],
    unspoken: secretsInEvidence(file),
    credentials: credentialsSeen(file),
    privateNames: privateNames(file),
    search: { trials: oracle.trials(), exhausted: false },
    notes: notesOf(file, false),
  }
}

/** What the service, a client or the request itself says in so many words. */
function* statedFindings(file: CaseFile, trials: readonly Trial[], pace: Pace): Searching<Ranked[]> {
  const found = new Map<string, Ranked>()
  for (const trial of trials) {
    const { cause, suspicion, undone } = trial
    if (suspicion.stated === undefined || found.has(cause.id)) continue
    const finding = findingOf(file, [trial], statedProof(suspicion.stated), undone)
    found.set(cause.id, { finding, place: placeOfPart(cause), atTheCheck: atTheCheck(file, cause) })
    yield* pace.after(pace.unit)
  }
  return [...found.values()]
}

/** The text as it stands gives the signature provided: no edit is needed to explain the signature, only the refusal. */
function uneditedFindings(file: CaseFile, trials: readonly Trial[], holds: SignatureAnswer | undefined): Ranked[] {
  if (holds === undefined) return []
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
function sameTextsFindings(file: CaseFile, trials: readonly Trial[], causes: readonly Cause[]): Ranked[] {
  const trial = trials.find(({ suspicion }) => suspicion.sameTexts === true)
  const proof = trial === undefined ? undefined : sameTextsProof(file)
  if (trial === undefined || proof === undefined) return []
  const known = file.observations.some(({ kind }) => kind === 'client')
  // Every fault of the key leaves both texts as they are.
  const faults = causes.filter(({ part, class: of }) => part === 'signing-key' && !(known && of === 'key.derivation')).map(({ id }) => id)
  const finding = { ...findingOf(file, [trial], proof, file.inputs), alternatives: faults.filter((id) => id !== trial.cause.id).sort() }
  return [{ finding, place: placeOfPart(trial.cause), atTheCheck: true }]
}

/** Where the method was a guess, to have found another is to have learned it: it is no fault. */
function withoutMethod(hits: readonly Hit[]): readonly Hit[] {
  return hits.flatMap((hit) => {
    const trials = hit.trials.filter(({ cause }) => cause.part !== 'method')
    return trials.length === 0 ? [] : [{ ...hit, trials }]
  })
}

/** Of the hits that make the very same bytes the narrowest, and of those the likeliest. */
function bestHit(hits: readonly Hit[]): Hit | undefined {
  const broad = ({ trials: [first] }: Hit): number => (first!.cause.adds === true ? 2 : Number(first!.cause.narrow === undefined))
  return [...hits].sort(
    (a, b) =>
      broad(a) - broad(b) ||
      b.trials[0]!.suspicion.weight - a.trials[0]!.suspicion.weight ||
      placeOfPart(a.trials[0]!.cause) - placeOfPart(b.trials[0]!.cause),
  )[0]
}

/** The search's hits. Single edits that make the very same bytes are one finding with alternatives. */
function provenFindings(file: CaseFile, best: Hit | undefined, hits: readonly Hit[]): Ranked[] {
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
function* likelyFindings(
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
    const finding = findingOf(file, [trial], notProven('consistent with the evidence; nothing was matched'), undone)
    found.set(cause.id, { finding, place: placeOfPart(cause), atTheCheck: atTheCheck(file, cause) })
    yield* pace.after(pace.unit)
  }
  return [...found.values()]
}

function findingOf(file: CaseFile, trials: readonly Trial[], proof: Finding['proof'], undone: Match<unknown>['signer']): Finding {
  const said = trials.map(
    ({ cause, suspicion }): Explanation =>
      cause.explain({ params: suspicion.params, file, verifier: file.inputs, signer: undone ?? file.inputs }),
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
    fixes: said.flatMap(({ fixes }) => fixes),
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

/** Without the values of a trial: nobody sent them, so far as the evidence shows. */
function withoutValues(said: Explanation, { cause }: Trial): Explanation {
  return { ...said, what: cause.summary, labels: [] }
}

function atTheCheck(file: CaseFile, cause: Cause): boolean {
  const group = file.refusal?.check?.group
  return group !== undefined && group !== 'signature' && cause.refusedAt.some((at) => at === group)
}

function errorOf(file: CaseFile): CaseDiagnosis['error'] {
  const { refusal } = file
  if (refusal === undefined) return undefined
  const { check } = refusal
  return {
    code: refusal.code,
    check: check === undefined ? undefined : `${check.number} of ${check.of} (${check.group})`,
    message: refusal.message,
  }
}

function notesOf(file: CaseFile, holds: boolean): string[] {
  const notes = file.observations
    .filter((seen): seen is ObservationOf<'unreadable'> => seen.kind === 'unreadable')
    .map(({ location, reason }) => `${location.source}: ${reason}`)
  if (!file.sameAttempt)
    notes.push("The signer's text and the service's are of two attempts: their dates differ, so their texts were not compared.")
  if (file.edited)
    notes.push(
      "The canonical request that the service quotes does not have the hash in the service's own string to sign: it was edited before it was posted, so nothing can be proven with it. Give the answer as it came.",
    )
  if (holds && file.asSent)
    notes.push(
      'The request is right as it was sent: it carries the signature that the secret gives. It changed on the way, or the service holds another secret.',
    )
  if (holds && file.inputsFrom === 'signer')
    notes.push(
      "The signature is right for what the signer's log shows, under the secret given: the request changed after signing, or the service holds another secret.",
    )
  return [...new Set(notes)]
}

function asList(note: string | undefined): readonly string[] {
  return note === undefined ? [] : [note]
}

/** That the budget ended a search, every report says by itself. */
function endNotes(ended: SearchResult['ended'], trials: number): string[] {
  return ended === 'stopped'
    ? [`The search was stopped after ${trials.toLocaleString('en')} hypotheses; what it had not tried is open.`]
    : []
}

const MOST_TRIALS = 100_000
