/** The door of the room: what other rooms may use of it. */
export { comparedLines } from './comparison.js'
export { diagnose, diagnosisSteps } from './diagnose.js'
export type {
  CaseDiagnosis,
  ComparedLine,
  Comparison,
  DiagnosedRequest,
  Diagnosis,
  Finding,
  Proof,
  RuledOut,
  TextOrigin,
  WantedEvidence,
} from './finding.js'
export { type InvestigateOptions, investigate, investigationSteps } from './investigate.js'
export type { ReadingAndSearching, Searching, SearchProgress } from './pace.js'
export { proofBetween } from './prove.js'
