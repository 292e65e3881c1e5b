/**
 * Mistakes of the caller of `sign` and `presign`: thrown, because no request was made that a service could refuse.
 * @internal
 */
export type UsageErrorCode =
  | 'missing-host'
  | 'invalid-target'
  | 'invalid-credentials'
  | 'invalid-scope'
  | 'invalid-date'
  | 'invalid-expires'
  | 'already-signed'
  | 'unknown-body'
  | 'payload-not-signed'
  | 'wrong-key-scope'
  | 'not-a-byte-string'
  | 'invalid-ecdsa-key'
  | 'missing-p256'
  | 'wrong-chain'
  | 'invalid-length'
  | 'invalid-chunk-bytes'
  | 'missing-checksum'
  | 'invalid-event'

/**
 * A caller's mistake. `code` is stable, the message is for people.
 * @internal
 */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code: UsageErrorCode
  constructor(code: UsageErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
