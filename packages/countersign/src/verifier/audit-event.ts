/** What a verifier tells its operator of every request, without secrets: stable codes that do not change with AWS's words. */

import type { CredentialScope, HttpRequest } from '../sigv4/index.js'
import type { RequestId } from './request-id.js'

/**
 * accepted: passed every check. refused: by a numbered check. limit: too large. throttled, replayed: by the options of these names.
 * @internal
 */
export type AuditCode = 'accepted' | 'refused' | 'limit' | 'throttled' | 'replayed' | 'store-failed'

/** @internal */
export interface AuditEvent {
  readonly code: AuditCode
  /** The name of the answer. */
  readonly requestId: string
  /** The verifier's clock, milliseconds since 1970. */
  readonly at: number
  readonly method: string
  readonly by: 'header' | 'query' | 'form' | 'none'
  readonly accessKeyId: string | undefined
  readonly service: string | undefined
  readonly region: string | undefined
  /** The check that refused, by its stable id, for example "scope-date". */
  readonly check: string | undefined
  /** AWS's code, as the caller got it. */
  readonly awsCode: string | undefined
  readonly status: number
}

/** What an event says of a request that is in front of the verifier. */
export interface Told {
  readonly request: HttpRequest
  readonly requestId: RequestId
  readonly at: number
  readonly by: AuditEvent['by']
  readonly accessKeyId: string | undefined
  readonly scope: CredentialScope | undefined
  readonly dialect: 's3' | 'standard'
}

/** The event of a request; `error` where it was refused. */
export function auditEvent(
  { request, requestId, at, by, accessKeyId, scope, dialect }: Told,
  code: AuditCode,
  error: { readonly check: string; readonly code: string } | undefined,
  status: number,
): AuditEvent {
  return {
    code,
    requestId: dialect === 's3' ? requestId.short : requestId.uuid,
    at,
    method: request.method,
    by,
    accessKeyId,
    service: scope?.service,
    region: scope?.region,
    check: error?.check,
    awsCode: error?.code,
    status,
  }
}
