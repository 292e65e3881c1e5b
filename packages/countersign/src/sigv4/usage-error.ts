/**
 * Mistakes of the caller of `sign` and `presign`: thrown, because no request was made that a service could refuse.
 * @public
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
 * A mistake of the caller of `sign`, `presign` or `createVerifier`. `code` is stable, the message is for people.
 *
 * @example
 * ```js
 * import { SecretAccessKey, sign, UsageError } from 'countersign/sigv4'
 *
 * const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: new SecretAccessKey('an EXAMPLE') }
 * const options = { now: Date.UTC(2026, 2, 3), region: 'eu-west-1', service: 's3' }
 * let code
 * try {
 *   sign({ method: 'GET', target: '/', headers: [], body: new Uint8Array(0) }, credentials, options)
 * } catch (error) {
 *   if (error instanceof UsageError) code = error.code
 * }
 * code // => 'missing-host'
 * ```
 * @public
 */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code: UsageErrorCode
  constructor(code: UsageErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
