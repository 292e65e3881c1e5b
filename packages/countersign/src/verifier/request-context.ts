/**
 * What is known of one request in front of the verifier. A context is never changed: who learns more of the request makes the next one.
 */
import { hostScope } from '../endpoints/index.js'
import {
  type Authorization,
  AWS4_ECDSA_P256_SHA256,
  authorizationOf,
  type Credential,
  credentialIn,
  headerValue,
  type ReceivedRequest,
  S3_LIKE_SERVICES,
  S3_PROFILE,
  type SigningProfile,
  signingProfileOf,
} from '../sigv4/index.js'
import { type AuditCode, type AuditEvent, auditEvent } from './audit-event.js'
import type { KnownCredential } from './credential-store.js'
import type { Limits } from './limits.js'
import type { Caller, RequestFidelity } from './outcome.js'
import { newRequestId, type RequestId } from './request-id.js'
import { serviceAsked } from './service-asked.js'
import type { VerifierOptions } from './verifier-options.js'

export interface RequestContext {
  readonly options: VerifierOptions
  readonly limits: Limits
  readonly request: ReceivedRequest
  readonly fidelity: RequestFidelity
  readonly requestId: RequestId
  /** The verifier's clock when the request came. */
  readonly now: number
  readonly authorization: Authorization | undefined
  /** Whose signature it is said to be: of the head, or of a form. */
  readonly credential: Credential | undefined
  readonly by: AuditEvent['by']
  readonly service: string
  readonly profile: SigningProfile
  /** What the credential store knows of the signer; `undefined` where it knows nothing, or was not asked yet. */
  readonly known: KnownCredential | undefined
}

export function contextOf(options: VerifierOptions, limits: Limits, request: ReceivedRequest, fidelity: RequestFidelity): RequestContext {
  const authorization = authorizationOf(request)
  const credential = authorization === undefined ? undefined : credentialIn(authorization)
  const named = credential?.scope.service ?? serviceAsked(request)
  const service = wanted(options.services, named) ?? named
  const profile = options.profile?.(service) ?? (service === '' ? S3_PROFILE : signingProfileOf(service))
  return {
    options,
    limits,
    request,
    fidelity,
    requestId: (options.requestId ?? newRequestId)(),
    now: (options.clock ?? Date.now)(),
    authorization,
    credential,
    by: authorization?.by ?? 'none',
    service,
    profile: options.unsignedPayload?.includes(service) ? { ...profile, unsignedPayload: 'accepted' } : profile,
    known: undefined,
  }
}

/** What the verifier insists on: the first of the list, where the request names another or none. */
export function wanted(list: readonly string[] | undefined, given: string | undefined): string | undefined {
  return list === undefined || (given !== undefined && list.includes(given)) ? undefined : list[0]
}

/** Whether an unsigned request is for S3 by its host, or because this verifier answers for nothing else; not as the last resort. */
export function isSurelyS3({ options, request }: RequestContext): boolean {
  return options.services?.every((one) => S3_LIKE_SERVICES.has(one)) ?? hostScope(headerValue(request, 'host') ?? '')?.service === 's3'
}

/** Whether it is signed with a key pair, for a region set. */
export function isForRegionSet({ authorization }: RequestContext): boolean {
  return authorization?.algorithm === AWS4_ECDSA_P256_SHA256
}

/** How far its date may be off, where the verifier says so. */
export function clockSkewOf({ maxClockSkewSeconds }: VerifierOptions, service: string): number | undefined {
  return typeof maxClockSkewSeconds === 'object' ? maxClockSkewSeconds[service] : maxClockSkewSeconds
}

/** Whose request it is. Only of one that has passed. */
export function callerOf({ credential, known, requestId }: RequestContext): Caller {
  return { accessKeyId: credential!.accessKeyId, scope: credential!.scope, principal: known?.principal, requestId }
}

/** Tells the operator what became of the request. */
export function tell(context: RequestContext, code: AuditCode, error: AuditedError | undefined, status: number): void {
  const { options, credential, request, requestId, now, by, profile } = context
  if (options.onEvent === undefined) return
  const { accessKeyId, scope } = credential ?? {}
  options.onEvent(auditEvent({ request, requestId, at: now, by, accessKeyId, scope, dialect: profile.dialect }, code, error, status))
}

type AuditedError = Parameters<typeof auditEvent>[2]
