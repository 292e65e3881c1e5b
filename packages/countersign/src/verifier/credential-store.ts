/** Where a verifier learns whose keys are whose. */
import type { CredentialScope, RequestKey } from '../sigv4/index.js'

/**
 * What a request says of its signer: all that a store may need to answer, so that it can hand out a derived key.
 * @internal
 */
export interface CredentialQuery {
  readonly accessKeyId: string
  readonly scope: CredentialScope
  /** "AWS4-HMAC-SHA256" or "AWS4-ECDSA-P256-SHA256". */
  readonly algorithm: string
  readonly sessionToken: string | undefined
}

/**
 * What is known of an access key ID.
 * @public
 */
export interface KnownCredential {
  /**
   * The secret; or the signing key of the very scope that was asked about, for AWS4-ECDSA-P256-SHA256 the public key: then the
   * verifier never holds the secret.
   */
  readonly key: RequestKey
  /** The session token that belongs to temporary credentials; `undefined` for long-term ones. */
  readonly sessionToken?: string
  /** When temporary credentials end, milliseconds since 1970. */
  readonly expiresAt?: number
  /** Whatever the application calls the caller; handed on with the verdict. */
  readonly principal?: string
}

/**
 * Answers what is known of an access key ID; `undefined` where it does not exist. An error thrown is answered with 500.
 * @public
 */
export type CredentialStore = (query: CredentialQuery) => KnownCredential | undefined | Promise<KnownCredential | undefined>

/**
 * A store of fixed credentials by access key ID.
 * @public
 */
export function credentialsOf(known: Readonly<Record<string, KnownCredential>>): CredentialStore {
  const table = new Map(Object.entries(known))
  return ({ accessKeyId }) => table.get(accessKeyId)
}
