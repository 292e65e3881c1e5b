/**
 * Countersign: why an AWS request was refused with SignatureDoesNotMatch, what proves it, and how to fix it.
 *
 * The specification (canonicalize, sign, presign, verify) is `countersign/sigv4`; this module adds evidence and diagnosis.
 * @module
 */

import { assembleCase, type EvidenceSource, type KnownFacts } from './case/index.js'
import { CAUSES } from './causes/index.js'
import { type Diagnosis, diagnose, diagnosisSteps, investigate, investigationSteps } from './diagnosis/index.js'
import { type Reading, type ReadingProgress, readEvidence, readEvidenceSteps } from './intake/index.js'

export type { CaseFile, EvidenceReader, EvidenceSource, KnownFacts, KnownSecret, Observation } from './case/index.js'
export type { CauseClass } from './catalog/index.js'
export type { Cause, Explanation, Fix, Label, Match, Suspicion, WrongFix } from './causes/index.js'
export type {
  CaseDiagnosis,
  DiagnosedRequest,
  Diagnosis,
  Finding,
  Proof,
  ReadingAndSearching,
  RuledOut,
  Searching,
  SearchProgress,
  WantedEvidence,
} from './diagnosis/index.js'
export { type HostScope, scopeOf } from './endpoints/index.js'
export { presign, sign, verify } from './fast/index.js'
export type { ReportOptions } from './report/index.js'
export { renderGithub, renderHtml, renderJson, renderJunit, renderMarkdown, renderSarif, renderTerminal } from './report/index.js'
export { SecretAccessKey, SIGNING_PROFILES, SigningKey, type SigningProfile } from './sigv4/index.js'
export {
  assembleCase,
  CAUSES,
  diagnose,
  diagnosisSteps,
  investigationSteps,
  type Reading,
  type ReadingProgress,
  readEvidence,
  readEvidenceSteps,
}

/**
 * Reads evidence in any order, says of each request in it whether it was accepted, and names the cause of the refusals.
 *
 * It is pure and synchronous, and never throws for what the evidence holds. `renderTerminal` and the other renderers print the result.
 *
 * @param sources Each piece as you have it; text as byte strings (one character per byte, `buffer.toString('latin1')`).
 * @param known What you know beyond the evidence: secrets, the verifier's clock in milliseconds since 1970, the profile.
 * @param options.maxTrials The most hypotheses that are tried. Default: 100,000.
 * @example
 * ```js
 * import { diagnoseEvidence } from 'countersign'
 *
 * const diagnosis = diagnoseEvidence([{ name: 'message.txt', text: 'Signature expired: 20260303T081531Z is now earlier than 20260303T111031Z (20260303T111531Z - 5 min.)' }])
 * diagnosis.outcome // => 'proven'
 * diagnosis.findings[0].causes // => ['clock-skewed']
 * diagnosis.findings[0].proof.level // => 'stated'
 * diagnoseEvidence([{ name: 'empty.txt', text: '' }]).outcome // => 'nothing-read'
 * ```
 * @public
 */
export function diagnoseEvidence(
  sources: readonly EvidenceSource[],
  known: KnownFacts = {},
  options: { readonly maxTrials?: number } = {},
): Diagnosis {
  return investigate(readEvidence(sources), known, { causes: CAUSES, ...options })
}
