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
export { sign, verify } from './fast/index.js'
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
 * @param sources Each piece as the user gave it; text as byte strings (one character per byte).
 * @param known What the user knows beyond the evidence: secrets, the verifier's clock (milliseconds since 1970), the profile.
 * @public
 */
export function diagnoseEvidence(
  sources: readonly EvidenceSource[],
  known: KnownFacts = {},
  options: { readonly maxTrials?: number } = {},
): Diagnosis {
  return investigate(readEvidence(sources), known, { causes: CAUSES, ...options })
}
