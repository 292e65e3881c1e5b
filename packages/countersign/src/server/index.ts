/** The verifier on Node: servers, credential files, and the diagnosis for the operator. The subpath `countersign/server`. */

export type { ServedRequest } from './answer-verified.js'
export type { PassedRequest, SeenRefusal } from './connection-facts.js'
export { type CredentialsChange, type CredentialsFile, type CredentialsFileOptions, credentialsFile } from './credentials-file.js'
export { exactTarget, keepExactTargets } from './exact-targets.js'
export { type FrontDoor, type FrontDoorOptions, openFrontDoor } from './front-door.js'
export { fastifyHook, type HandlerOptions, serveVerified, type VerifiedRequest, verifyingMiddleware } from './node-handler.js'
export { requestHead } from './node-request.js'
export {
  createRefusalDiagnoser,
  createRefusalReporter,
  type RefusalReporterOptions,
  type ReportLayout,
  type ThreadedDiagnoserOptions,
} from './refusal-diagnoser.js'
export { createRefusalRecorder, type RefusalRecorderOptions } from './refusal-recorder.js'
export {
  createStepwiseDiagnoser,
  type DiagnosisListener,
  type DiagnosisRules,
  diagnoseRefusal,
  type RefusalDiagnoser,
  type RefusalDiagnoserOptions,
  type RefusalDiagnosisOptions,
  type RefusalToDiagnose,
  refusalDiagnosisSteps,
  type StepwiseDiagnoserOptions,
  type Undiagnosed,
} from './refusals.js'
export { writeWholeFile } from './whole-file.js'
