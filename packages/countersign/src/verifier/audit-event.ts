/** What a verifier tells its operator of every request, without secrets: stable codes that do not change with AWS's words. */

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
