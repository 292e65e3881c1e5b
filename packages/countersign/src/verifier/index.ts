/** The verifier for any runtime: requests in, verdicts and AWS's own answers out. The subpath `countersign/verifier`. */
export type { AuditCode, AuditEvent } from './audit-event.js'
export { type CredentialQuery, type CredentialStore, credentialsOf, type KnownCredential } from './credential-store.js'
export { type FailureThrottle, failureThrottle } from './failure-throttle.js'
export { bodyText, type FetchRequest, fetchHandler, type Verified } from './fetch-handler.js'
export { type FormEvent, type FormReader, formReader } from './form-reader.js'
export { type LambdaHttpEvent, type LambdaHttpResult, lambdaHandler, lambdaRequest, type VerifiedPayload } from './lambda-event.js'
export { DEFAULT_LIMITS, type Limits } from './limits.js'
export type { PayloadMode } from './payload-check.js'
export { type Answer, refusalAnswer } from './refusal-answer.js'
export { type RefusalLog, refusalLog } from './refusal-log.js'
export { type ReplayGuard, replayGuard } from './replay-guard.js'
export type { RequestId } from './request-id.js'
export { protocolOf, type ServiceProtocol } from './service-protocol.js'
export type { VerifiedForm } from './verified-form.js'
export {
  type Caller,
  createVerifier,
  type Opened,
  type Outcome,
  type RefusedRequest,
  type RequestFidelity,
  type VerifiedBody,
  type Verifier,
  type VerifierOptions,
} from './verifier.js'
