/** One case: a case file and a list of causes in, findings with their proofs out. */

import { type CaseFile, credentialsSeen, type ObservationOf, privateNames, secretsInEvidence } from '../case/index.js'
import { CODES_SILENT_OF_SIGNATURE, PERMISSION_CODES, type Scheme } from '../catalog/index.js'
import type { Cause } from '../causes/index.js'
import { canonicalRequest, EMPTY_PAYLOAD_HASH, headerValue, keepTexts, parseLenientDate, verify } from '../sigv4/index.js'
import {
  bestHit,
  brokenChainFindings,
  likelyFindings,
  provenFindings,
  recomputedFindings,
  sameTextsFindings,
  statedFindings,
  uneditedFindings,
  withoutMethod,
} from './case-findings.js'
import { comparisonOf, notCompared } from './comparison.js'
import { refusedByCors } from './cors.js'
import type { CaseDiagnosis } from './finding.js'
import { type Oracle, oracleOf } from './oracle.js'
import { Pace, type Searching } from './pace.js'
import { ranked } from './rank.js'
import { ruledOut } from './ruled-out.js'
import { type SearchResult, search } from './search.js'
import { trialSteps } from './suspicions.js'
import { wantedEvidence } from './wanted.js'

/** Bounds of a diagnosis. */
export interface DiagnoseOptions {
  readonly causes: readonly Cause[]
  /** Most hypotheses that are hashed or signed; 100,000 by default, a fraction of a second. */
  readonly maxTrials?: number
}

/**
 * Names the cause of one refusal, with proof as far as the evidence allows. Pure; the same case gives the same answer.
 * `diagnoseEvidence` does it for every request that the evidence shows.
 *
 * @param options The causes that are considered, and the most hypotheses (`maxTrials`, 100,000 by default).
 * @example
 * ```js
 * import { assembleCase, CAUSES, diagnose, readEvidence } from 'countersign'
 *
 * const file = assembleCase(readEvidence([{ name: 'message.txt', text: 'Signature expired: 20260303T081531Z is now earlier than 20260303T111031Z (20260303T111531Z - 5 min.)' }]))
 * diagnose(file, { causes: CAUSES }).findings.map(({ causes }) => causes) // => [['clock-skewed']]
 * ```
 * @public
 */
export function diagnose(given: CaseFile, options: DiagnoseOptions): CaseDiagnosis {
  const all = diagnosisSteps(given, options)
  let step = all.next()
  while (step.done !== true) step = all.next()
  return step.value
}

/**
 * `diagnose` in steps, for callers that show the progress, keep a time limit or can be interrupted: `next(true)` ends the search, and
 * the best answer so far is the result.
 *
 * @example
 * ```js
 * import { assembleCase, CAUSES, diagnosisSteps, readEvidence } from 'countersign'
 *
 * const file = assembleCase(readEvidence([{ name: 'message.txt', text: 'Signature expired: 20260303T081531Z is now earlier than 20260303T111031Z (20260303T111531Z - 5 min.)' }]))
 * const steps = diagnosisSteps(file, { causes: CAUSES })
 * let step = steps.next()
 * while (!step.done) step = steps.next()
 * step.value.outcome // => 'proven'
 * ```
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
  if (isRefusedElsewhere(file)) return validDiagnosis(file, oracle, refusedElsewhere(file.refusal!.code))

  const length = file.inputs === undefined ? 0 : canonicalRequest(file.inputs).length
  const pace = new Pace(length, () => ({ trials: oracle.trials(), most }))
  const trials = yield* trialSteps(file, options.causes, pace)
  const result = yield* search(file, trials, oracle, most, pace)
  const hits = file.methodGuessed ? withoutMethod(result.hits) : result.hits
  const hit = bestHit(hits)
  const stated = yield* statedFindings(file, trials, pace)
  const shown = provenFindings(file, hit, hits)
  const worked = hit === undefined ? [...brokenChainFindings(file, options.causes), ...recomputedFindings(file, options.causes)] : []
  const bySearch = new Set([...shown, ...worked].flatMap(({ finding }) => finding.causes))
  const found = [
    // What matched says more than what is stated of the same cause.
    ...stated.filter(({ finding }) => !finding.causes.every((id) => bySearch.has(id))),
    ...uneditedFindings(file, trials, holds),
    ...(hit === undefined ? sameTextsFindings(file, trials, options.causes) : []),
    ...worked,
    ...shown,
  ]
  const proven = new Set(found.flatMap(({ finding }) => [...finding.causes, ...finding.alternatives]))
  // What was signed is accounted for byte by byte: nothing else is likely beside it.
  const settled = found.some(({ finding }) => finding.proof.level === 'signature' || finding.proof.level === 'canonical-request-hash')
  const likely = settled || refusedByCors(file) ? [] : yield* likelyFindings(file, trials, proven, oracle, pace)
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
  // Of a signature of which only the SHA-256 was kept, the oracle is asked.
  if (now === undefined || file.providedSeal !== undefined) return { file, valid: false }
  const verdict = verify(inputs.request, inputs.key, { now, profile: inputs.profile })
  if (verdict.ok) return { file, valid: true }
  const { code, message, check: id, number, of } = verdict.error
  const group = 'group' in verdict.error && typeof verdict.error.group === 'string' ? verdict.error.group : id
  return { file: { ...file, refusal: { code, message, dialect: inputs.profile.dialect, check: { id, number, of, group } } }, valid: false }
}

/**
 * Whether a request passes all checks of a verifier under the secret that is known, and the service's code is one of permissions or of
 * its own trouble. What was right at the client or at a hop may have changed on its way, but not straight to AWS.
 */
function isRefusedElsewhere(file: CaseFile): boolean {
  const { inputs, refusal, verifier } = file
  const code = refusal?.code ?? ''
  if (!PERMISSION_CODES.has(code) && !CODES_SILENT_OF_SIGNATURE.test(code)) return false
  if (inputs?.request === undefined || inputs.key === undefined || file.inputsFrom !== 'wire' || file.edited) return false
  if (verifier.request === undefined && !STRAIGHT_TO_AWS.test(headerValue(inputs.request, 'host') ?? '')) return false
  const now = file.now ?? parseLenientDate(inputs.requestDate)
  return now !== undefined && verify(inputs.request, inputs.key, { now, profile: inputs.profile }).ok
}

function refusedElsewhere(code: string): string {
  const why = PERMISSION_CODES.has(code) ? 'look at permissions: IAM, bucket and endpoint policies' : 'it says nothing of the signature'
  return `The signature is right under the secret that is known, and so is all else that is checked with it. ${code} has another reason: ${why}.`
}

function validDiagnosis(file: CaseFile, oracle: Oracle, note?: string): CaseDiagnosis {
  return {
    outcome: 'valid',
    error: errorOf(file),
    findings: [],
    ruledOut: [],
    wanted: [],
    unspoken: secretsInEvidence(file),
    credentials: credentialsSeen(file),
    privateNames: privateNames(file),
    search: { trials: oracle.trials(), exhausted: false },
    notes: [...asList(note), ...notesOf(file, false)],
  }
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
      "The canonical request that the service quotes does not have the hash in the service's own string to sign. It was edited before it was posted, so nothing can be proven with it. Give the answer as it came.",
    )
  if (holds && file.asSent)
    notes.push(
      'The request is right as it was sent: it carries the signature that the secret gives. It changed on the way, or the service holds another secret.',
    )
  if (holds && file.inputsFrom === 'signer')
    notes.push(
      "The signature is right for what the signer's log shows, under the secret that is known: the request changed after signing, or the service holds another secret.",
    )
  for (const scheme of file.schemes) if (OF_NO_SECRET[scheme] !== undefined) notes.push(OF_NO_SECRET[scheme])
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

const STRAIGHT_TO_AWS = /\.amazonaws\.com(?:\.cn)?(?::\d{1,5})?$/i
/** What is no signature that a secret could be tested with. */
const OF_NO_SECRET: Partial<Record<Scheme, string>> = {
  'goog4-rsa': "The request is signed with a service account's RSA key (GOOG4-RSA-SHA256): no secret access key can be tested.",
  cloudfront:
    'The URL is signed for CloudFront (Key-Pair-Id, Signature, Policy or Expires): CloudFront checks it with the public key of a key group. It is no signature of a request to S3, which CloudFront signs again or not at all.',
}
const MOST_TRIALS = 100_000
