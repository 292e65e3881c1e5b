/** The door of the room: what other rooms may use of it. */
export type { Change, ChangedPart } from './changes.js'
export {
  type ComparedRequest,
  compareHopsSteps,
  type HopFinding,
  type HopsCompared,
  type HopsOptions,
  type Place,
  type Point,
} from './compare-hops.js'
export { type ConfigLine, configOf, type HopConfig } from './config-lines.js'
export type { JudgedChange, SignatureHere } from './judged-step.js'
export type { MatchedBy } from './match.js'
