/** The door of the room: what other rooms may use of it. */
export { assembleCase } from './assemble-case.js'
export { type CaseFile, type Disagreement, hintsFor, type KnownFacts, type KnownSecret, statedFacts } from './case-file.js'
export type { Fidelity, Observation, ObservationOf, RequestLine, Side, StatedFact, Values } from './observation.js'
export { privateNames } from './private-names.js'
export type { EvidenceReader, EvidenceSource } from './reader.js'
export { credentialsSeen, unspoken } from './secrets-in-evidence.js'
export { dateOfCanonical } from './side-views.js'
