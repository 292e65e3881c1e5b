/** The door of the room: what other rooms may use of it. */

export { askerOf, settingsOf, valuesKnown } from './asker.js'
export { assembleCase } from './assemble-case.js'
export { authorizationFault } from './authorization-fault.js'
export type { CallDoes, CallView, CredentialPart } from './call-view.js'
export {
  type CaseFile,
  cluesAgainst,
  cluesFor,
  type Disagreement,
  isSigned,
  type KnownFacts,
  type KnownSecret,
  MOST_SECRETS,
  type SideView,
  statedFacts,
} from './case-file.js'
export { acrossSignings, type Deviation, isOfHops, signatureForm, withoutCleared } from './check-view/index.js'
export {
  type About,
  type Clue,
  clue,
  clueAt,
  lineNumber,
  lineNumbers,
  type Said,
  type Strength,
  type Values,
  WORTH_REPORTING,
} from './clue.js'
export {
  acceptedBeside,
  deniedThroughout,
  getPassedBesideHead,
  ownCanonicalization,
  type PathMark,
  sentAsCalculated,
  signedAsSent,
} from './controls.js'
export { withoutBodies } from './error-bodies.js'
export { askedAbout, type Exchange, type ExchangeOutcome, type Exchanges, exchangesOf } from './exchange.js'
export { inputsSeenOf } from './inputs-seen.js'
export type { Mend } from './mend.js'
export type {
  Fidelity,
  Observation,
  ObservationOf,
  RequestLine,
  Setting,
  SettingMeaning,
  SettingName,
  Side,
  StatedFact,
  ToldValue,
} from './observation.js'
export { type PrivateName, privateNames } from './private-names.js'
export { proxySigns, proxySignsIn } from './proxy-signs.js'
export { isPublishedExample } from './published-example.js'
export { anyText, type EvidenceReader, type EvidenceSource } from './reader.js'
export { holdsFor } from './scheme-seen.js'
export { credentialsSeen, secretsInEvidence } from './secrets-in-evidence.js'
export { payloadShown, recomputed, type Shown, type Told } from './shown.js'
export { dateOfCanonical } from './side-views.js'
export { subjectOf } from './subjects.js'
