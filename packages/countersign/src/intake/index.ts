/** The door of the room: what other rooms may use of it. */
export { type Reading, type ReadingProgress, readEvidence, readEvidenceSteps } from './read-evidence.js'
export { LINES_AFTER, LINES_BEFORE, REFUSAL, signingWords } from './signing-words.js'
