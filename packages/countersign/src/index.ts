/**
 * Countersign: why an AWS request was refused with SignatureDoesNotMatch, what proves it, and how to fix it.
 *
 * The law itself (canonicalize, sign, presign, verify) is `countersign/sigv4`; this module adds evidence and diagnosis.
 * @module
 */
import { CAUSES } from './causes/index.js'
import { diagnose, diagnosisSteps } from './diagnosis/diagnose.js'
import type { Diagnosis } from './diagnosis/finding.js'
import { assembleCase } from './evidence/assemble-case.js'
import type { KnownFacts } from './evidence/case-file.js'
import { type Reading, type ReadingProgress, readEvidence, readEvidenceSteps } from './evidence/index.js'
import type { EvidenceSource } from './evidence/reader.js'

export type { Cause, Match, Suspicion } from './causes/cause.js'
export type { CauseClass } from './causes/cause-class.js'
export type { Explanation, Fix, Label, WrongFix } from './causes/explanation.js'
export type { Diagnosis, Finding, Proof, RuledOut, WantedEvidence } from './diagnosis/finding.js'
export type { ReadingAndSearching, Searching, SearchProgress } from './diagnosis/search.js'
export type { CaseFile, KnownFacts, KnownSecret } from './evidence/case-file.js'
export type { EvidenceReader, EvidenceSource, Observation } from './evidence/reader.js'
export { sign } from './fast/sign.js'
export { verify } from './fast/verify.js'
export type { ReportOptions } from './report/clean-diagnosis.js'
export { renderHtml } from './report/html.js'
export { renderJson } from './report/json.js'
export { renderMarkdown } from './report/markdown.js'
export { renderSarif } from './report/sarif.js'
export { renderTerminal } from './report/terminal.js'
export { SecretAccessKey, SigningKey } from './sigv4/signing-key.js'
export { SIGNING_PROFILES, type SigningProfile } from './sigv4/signing-profile.js'
export { assembleCase, CAUSES, diagnose, diagnosisSteps, type Reading, type ReadingProgress, readEvidence, readEvidenceSteps }

/**
 * Reads evidence in any order and names the cause.
 *
 * @param sources Each piece as the user gave it; text as byte strings (one character per byte).
 * @param known What the user knows beyond the evidence: secrets, the verifier's clock (milliseconds since 1970), the profile.
 */
export function diagnoseEvidence(
  sources: readonly EvidenceSource[],
  known: KnownFacts = {},
  options: { readonly maxTrials?: number } = {},
): Diagnosis {
  return diagnose(assembleCase(readEvidence(sources), known), { causes: CAUSES, ...options })
}
