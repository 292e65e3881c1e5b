/**
 * The verifier on Node: servers, credential files, and the diagnosis for the operator. The subpath `countersign/server`.
 * @packageDocumentation
 */

export {
  type CredentialsChange,
  type CredentialsFile,
  type CredentialsFileOptions,
  createRefusalDiagnoser,
  createRefusalReporter,
  createStepwiseDiagnoser,
  credentialsFile,
  type DiagnosisListener,
  type DiagnosisRules,
  diagnoseRefusal,
  exactTarget,
  type FrontDoor,
  type FrontDoorOptions,
  fastifyHook,
  type HandlerOptions,
  keepExactTargets,
  openFrontDoor,
  type RefusalDiagnoser,
  type RefusalDiagnoserOptions,
  type RefusalDiagnosisOptions,
  type RefusalReporterOptions,
  type RefusalToDiagnose,
  type ReportLayout,
  refusalDiagnosisSteps,
  requestHead,
  type ServedRequest,
  type StepwiseDiagnoserOptions,
  serveVerified,
  type ThreadedDiagnoserOptions,
  type Undiagnosed,
  type VerifiedRequest,
  verifyingMiddleware,
} from './server/index.js'
