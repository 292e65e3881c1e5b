/** The door of the room: what other rooms may use of it. */
export { diagnose, diagnosisSteps } from './diagnose.js'
export type { ComparedLine, Comparison, Diagnosis, Finding, Proof, RuledOut, TextOrigin, WantedEvidence } from './finding.js'
export type { ReadingAndSearching, Searching, SearchProgress } from './pace.js'
