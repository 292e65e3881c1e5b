/**
 * Countersign: why an AWS request was refused with SignatureDoesNotMatch, what proves it, and how to fix it.
 *
 * The law itself (canonicalize, sign, presign, verify) is `countersign/sigv4`; this module adds evidence and diagnosis.
 * @module
 */
import { CAUSES } from './causes/index.js'
import { diagnose, diagnosisSteps } from './diagnosis/diagnose.js'
import type { Diagnosis } from './diagnosis/finding.js'
import { assembleCase } from './case/assemble-case.js'
import type { KnownFacts } from './case/case-file.js'
import { type Reading, type ReadingProgress, readEvidence, readEvidenceSteps } from './intake/read-evidence.js'
import type { EvidenceSource } from './case/reader.js'

export type { Cause, Match, Suspicion } from './causes/kit/cause.js'
export type { CauseClass } from './catalog/cause-class.js'
export type { Explanation, Fix, Label, WrongFix } from './causes/kit/explanation.js'
export type { Diagnosis, Finding, Proof, RuledOut, WantedEvidence } from './diagnosis/finding.js'
export type { ReadingAndSearching, Searching, SearchProgress } from './diagnosis/search.js'
export type { CaseFile, KnownFacts, KnownSecret } from './case/case-file.js'
export type { EvidenceReader, EvidenceSource } from './case/reader.js'
export type { Observation } from './case/observation.js'
export { sign } from './fast/sign.js'
export { verify } from './fast/verify.js'
export type { ReportOptions } from './report/redaction/clean-diagnosis.js'
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
