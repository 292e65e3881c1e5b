/**
 * The signing key: secret access key -> kDate -> kRegion -> kService -> kSigning.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Calculate the signature"
 */
import { hmacSha256 } from '#sha256'
import { base64Of, byteString, bytesOf, hexOf } from './byte-string.js'
import type { CredentialScope } from './credential-scope.js'

/**
 * A secret access key. It prints as a placeholder, also in JSON; the value is reached through `dangerValue()` only.
 *
 * @example
 * ```js
 * import { SecretAccessKey } from 'countersign'
 *
 * const secret = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
 * `${secret}` // => '[secret access key]'
 * JSON.stringify({ secret }) // => '{"secret":"[secret access key]"}'
 * new SecretAccessKey(process.env.NO_SUCH_SETTING) // throws TypeError: SecretAccessKey takes the secret as a string.
 * ```
 * @public
 */
export class SecretAccessKey {
  readonly #value: string
  /**
   * @param value The secret as a byte string (AWS's own are ASCII).
   * @throws TypeError for anything but a string: a setting that is missing would become the secret "undefined".
   */
  constructor(value: string) {
    if (typeof value !== 'string')
      throw new TypeError('SecretAccessKey takes the secret as a string. Is the setting that holds it missing?')
    this.#value = value
  }
  /** The secret itself. For key derivation and for edits of it; never for output. */
  dangerValue(): string {
    return this.#value
  }
  toString(): string {
    return '[secret access key]'
  }
  toJSON(): string {
    return this.toString()
  }
}

/**
 * kSigning, 32 bytes: good for one day, region and service, so that a signer or verifier need not hold the secret. It prints as a
 * placeholder. `deriveSigningKey` makes one of a secret.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @example
 * ```js
 * import { SigningKey } from 'countersign'
 *
 * const scope = { date: '20260303', region: 'eu-west-1', service: 's3', terminator: 'aws4_request' }
 * const key = new SigningKey(new Uint8Array(32), scope)
 * key.scope.region // => 'eu-west-1'
 * `${key}` // => '[signing key]'
 * ```
 * @public
 */
export class SigningKey {
  readonly #bytes: Uint8Array
  readonly scope: CredentialScope
  constructor(bytes: Uint8Array, scope: CredentialScope) {
    this.#bytes = bytes
    this.scope = scope
  }
  dangerBytes(): Uint8Array {
    return this.#bytes
  }
  toString(): string {
    return '[signing key]'
  }
  toJSON(): string {
    return this.toString()
  }
}

/**
 * How a key is derived from a secret. The right way is {@link STANDARD_DERIVATION}; every other way is somebody's mistake.
 * @internal
 */
export interface KeyDerivation {
  /** What stands before the secret; "AWS4". */
  readonly prefix: string
  /** The scope parts in the order they are hashed in. Empty: the prefixed secret itself signs. */
  readonly chain: readonly ('date' | 'region' | 'service' | 'terminator')[]
  /** "bytes": each intermediate key was passed on as its 32 bytes. Every other way is a text that somebody made of them. */
  readonly passedOn: PassedOn
  /** "all" swaps key and message in every step, "last" only when the string to sign is signed. */
  readonly swapped: 'none' | 'all' | 'last'
  /** Scope parts that were derived with where they are not the scope's own. */
  readonly scope: Partial<CredentialScope>
}

/**
 * What an intermediate key was made before it became a key again: its hex digits, its base64, or characters that a
 * string type wrote back as UTF-8 ("characters": one per byte; "decoded": the bytes read as UTF-8, U+FFFD for what is none).
 */
export type PassedOn = 'bytes' | 'hex' | 'HEX' | 'base64' | 'characters' | 'decoded'

/**
 * The derivation of the specification.
 * @internal
 */
export const STANDARD_DERIVATION: KeyDerivation = {
  prefix: 'AWS4',
  chain: ['date', 'region', 'service', 'terminator'],
  passedOn: 'bytes',
  swapped: 'none',
  scope: {},
}

/**
 * kDate, kRegion, kService and kSigning by name, for people who compare their own chain step by step.
 * @internal
 */
export interface SigningKeyChain {
  readonly kDate: Uint8Array
  readonly kRegion: Uint8Array
  readonly kService: Uint8Array
  readonly kSigning: Uint8Array
}

/**
 * Derives kSigning for a scope: HMAC over date, region, service and terminator, with `AWS4` before the secret.
 *
 * @param scope `date` is the day as "20150830"; `credentialScope` makes a scope of day, region and service.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @example
 * ```js
 * import { credentialScope, deriveSigningKey, SecretAccessKey } from 'countersign/sigv4'
 *
 * const secret = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY')
 * const key = deriveSigningKey(secret, credentialScope('20150830', 'us-east-1', 'iam'))
 * Buffer.from(key.dangerBytes()).toString('hex') // => 'c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9'
 * ```
 * @public
 */
export function deriveSigningKey(secret: SecretAccessKey, scope: CredentialScope): SigningKey {
  return new SigningKey(derivedBytes(secret.dangerValue(), scope, STANDARD_DERIVATION), scope)
}

/**
 * All four keys. kSigning is enough to sign for its scope: print them only where the user asked for danger.
 * @internal
 */
export function dangerSigningKeyChain(secret: SecretAccessKey, scope: CredentialScope): SigningKeyChain {
  const kDate = hmacSha256(bytesOf(`AWS4${secret.dangerValue()}`), bytesOf(scope.date))
  const kRegion = hmacSha256(kDate, bytesOf(scope.region ?? ''))
  const kService = hmacSha256(kRegion, bytesOf(scope.service))
  return { kDate, kRegion, kService, kSigning: hmacSha256(kService, bytesOf(scope.terminator)) }
}

/** The key bytes that a derivation, right or mistaken, arrives at. */
export function derivedBytes(secret: string, scope: CredentialScope, derivation: KeyDerivation): Uint8Array {
  let key = bytesOf(derivation.prefix + secret)
  for (const part of derivation.chain) key = passedOnKey(stepFrom(key, part, scope, derivation), derivation.passedOn)
  return key
}

/**
 * The key that a derivation makes of one that was derived before, over the parts that follow it. What comes out is not passed on.
 * @internal
 */
export function dangerKeyAfter(
  before: Uint8Array,
  parts: KeyDerivation['chain'],
  scope: CredentialScope,
  derivation: KeyDerivation,
): Uint8Array {
  let key = before
  for (const part of parts) key = stepFrom(passedOnKey(key, derivation.passedOn), part, scope, derivation)
  return key
}

function stepFrom(key: Uint8Array, part: KeyDerivation['chain'][number], scope: CredentialScope, derivation: KeyDerivation): Uint8Array {
  const message = bytesOf(derivation.scope[part] ?? scope[part] ?? '')
  return derivation.swapped === 'all' ? hmacSha256(message, key) : hmacSha256(key, message)
}

function passedOnKey(key: Uint8Array, way: PassedOn): Uint8Array {
  switch (way) {
    case 'bytes':
      return key
    case 'hex':
      return bytesOf(hexOf(key))
    case 'HEX':
      return bytesOf(hexOf(key).toUpperCase())
    case 'base64':
      return bytesOf(base64Of(key))
    case 'characters':
      return new TextEncoder().encode(byteString(key))
    case 'decoded':
      return new TextEncoder().encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(key))
  }
}
