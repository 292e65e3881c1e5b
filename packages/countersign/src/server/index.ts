/** The verifier on Node: servers, credential files, and the diagnosis for the operator. The subpath `countersign/server`. */
export { type CredentialsChange, type CredentialsFile, type CredentialsFileOptions, credentialsFile } from './credentials-file.js'
export { exactTarget, keepExactTargets } from './exact-targets.js'
export { type FrontDoor, type FrontDoorOptions, openFrontDoor } from './front-door.js'
export { fastifyHook, type HandlerOptions, serveVerified, type VerifiedRequest, verifyingMiddleware } from './node-handler.js'
export { requestHead } from './node-request.js'
export { diagnoseRefusal, type RefusalDiagnosisOptions, refusalDiagnosisSteps } from './refusal-diagnosis.js'
