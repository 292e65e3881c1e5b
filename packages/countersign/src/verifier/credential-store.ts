/** Where a verifier learns whose keys are whose. */
import { type CredentialScope, EcdsaPrivateKey, EcdsaPublicKey, type RequestKey, SecretAccessKey, SigningKey } from '../sigv4/index.js'

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
 *
 * @throws TypeError where one of them has no key.
 * @example
 * ```js
 * import { SecretAccessKey } from 'countersign'
 * import { credentialsOf } from 'countersign/verifier'
 *
 * const secret = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
 * const store = credentialsOf({ AKIAIOSFODNN7EXAMPLE: { key: secret, principal: 'alice' } })
 * store({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }).principal // => 'alice'
 * store({ accessKeyId: 'AKIANOBODY' }) // => undefined
 * credentialsOf({ AKIAIOSFODNN7EXAMPLE: 'the secret' }) // throws TypeError: credentials must return { key: new SecretAccessKey('...') }
 * ```
 * @public
 */
export function credentialsOf(known: Readonly<Record<string, KnownCredential>>): CredentialStore {
  const table = new Map(Object.entries(known).map(([id, credential]) => [id, checkedCredential(credential)]))
  return ({ accessKeyId }) => table.get(accessKeyId)
}

/**
 * What a store answered. Programs without types answer with the bare secret or with `null`: a credential without a key is nothing that
 * a request could be checked against, so it has to stop here.
 *
 * @throws TypeError that says what to return, and shows nothing of what was returned: it may be the secret.
 */
export function checkedCredential(answer: unknown): KnownCredential | undefined {
  if (answer === undefined) return undefined
  if (typeof answer !== 'object' || answer === null) throw new TypeError(`${RETURN} It returned ${kindOf(answer)}.`)
  const { key } = answer as { readonly key?: unknown }
  if (!KEYS.some((one) => key instanceof one)) throw new TypeError(`${RETURN} It returned an object whose key is ${kindOf(key)}.`)
  return answer as KnownCredential
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  return typeof value === 'object' ? 'another object' : `a ${typeof value}`
}

const KEYS = [SecretAccessKey, SigningKey, EcdsaPrivateKey, EcdsaPublicKey]
const RETURN = "credentials must return { key: new SecretAccessKey('...') }, or undefined where the access key ID does not exist."
