/**
 * The signature: calculated, compared in constant time, and never shown.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Calculate the signature"
 */
import { p256 as p256Here } from '#p256'
import { hmacSha256, hmacSha256Hex, sha256Hex } from '#sha256'
import type { P256 } from '../p256/index.js'
import { hexDigitsEqual, writeHexDigits } from '../sha256/index.js'
import { base64Of, bytesOf, hexOf } from './byte-string.js'
import type { CredentialScope } from './credential-scope.js'
import { neededP256 } from './ecdsa-key.js'
import type { SigningInputs } from './signing-inputs.js'
import { derivedBytes, SecretAccessKey, SigningKey, STANDARD_DERIVATION } from './signing-key.js'
import { cachedSigningKey } from './signing-key-cache.js'
import { ecdsaPrivateKeyFrom, ecdsaPublicKeyFrom, ecdsaSignatureOf, isEcdsaSignatureOf } from './sigv4a.js'
import { stringToSign } from './string-to-sign.js'
import type { StringToSignTemplate } from './string-to-sign-template.js'
import { AWS4_ECDSA_P256_SHA256 } from './wire-names.js'

/**
 * A signature that was calculated. Prints as a placeholder: the real one is enough to send the request.
 * @internal
 */
export class CalculatedSignature {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  /** Whether it is the one provided, without telling by its duration how much of it was right. */
  equals(provided: string): boolean {
    return sameText(this.#text, provided)
  }
  /** The signature itself, for a signer that is about to send it. Never for the report of a failed request. */
  dangerText(): string {
    return this.#text
  }
  toString(): string {
    return '[calculated signature]'
  }
  toJSON(): string {
    return this.toString()
  }
}

declare const minted: unique symbol
/**
 * Proof that the signature provided is the one calculated. Made in this file only.
 * @internal
 */
export interface SignatureMatches {
  readonly level: 'signature'
  readonly [minted]: true
}

const MATCHES = { level: 'signature' } as SignatureMatches

/**
 * The signature of some inputs; `undefined` where there is no key of AWS4-HMAC-SHA256, and for AWS4-ECDSA-P256-SHA256, of which
 * no signature is the one.
 * @internal
 */
export function calculateSignature(inputs: SigningInputs, text: string = stringToSign(inputs)): CalculatedSignature | undefined {
  const key = dangerKeyBytes(inputs)
  return key === undefined ? undefined : signatureUnder(key, inputs, text)
}

/** The key bytes that some inputs sign with; `undefined` where there is no key of HMAC. For a search, never for output. */
export function dangerKeyBytes(inputs: SigningInputs): Uint8Array | undefined {
  const { key } = inputs
  if (isEcdsa(inputs) || !(key instanceof SecretAccessKey || key instanceof SigningKey)) return undefined
  return keyBytes(key, inputs)
}

/** A signature to send, by whichever algorithm the inputs name. @throws UsageError where there is no P-256 and one is needed. */
export function dangerSignature(inputs: SigningInputs, p256: P256 | undefined = p256Here): string | undefined {
  if (!isEcdsa(inputs)) return calculateSignature(inputs)?.dangerText()
  const key = inputs.key === undefined ? undefined : ecdsaPrivateKeyFrom(inputs.key, inputs.accessKeyId)
  return key === undefined ? undefined : ecdsaSignatureOf(stringToSign(inputs), key, neededP256(p256))
}

/** Whether a signature of these inputs can be tested at all, with the key and the runtime at hand. */
export function isTestable(inputs: SigningInputs): boolean {
  const { key, accessKeyId } = inputs
  if (key === undefined) return false
  if (!isEcdsa(inputs)) return key instanceof SecretAccessKey || key instanceof SigningKey
  return p256Here !== undefined && ecdsaPublicKeyFrom(key, accessKeyId, p256Here) !== undefined
}

/** Whether the signature is one of AWS4-ECDSA-P256-SHA256: then to compare costs a tenth of a millisecond, not a microsecond. */
export function isEcdsa({ algorithm }: SigningInputs): boolean {
  return algorithm === AWS4_ECDSA_P256_SHA256
}

/** Rightly derived keys come from the cache; a cause's derivation is tried once and not kept. */
function keyBytes(key: SecretAccessKey | SigningKey, { scope, derivation }: SigningInputs): Uint8Array {
  if (key instanceof SigningKey) return key.dangerBytes()
  if (derivation === STANDARD_DERIVATION) return cachedSigningKey(key, scope).dangerBytes()
  return derivedBytes(key.dangerValue(), scope, derivation)
}

/** The signature under key bytes derived before: what a search calls, so that one key serves many texts. */
export function signatureUnder(key: Uint8Array, inputs: SigningInputs, text: string): CalculatedSignature {
  if (inputs.derivation.swapped === 'none' && inputs.signatureEncoding === 'hex') return new CalculatedSignature(hmacSha256Hex(key, text))
  const message = bytesOf(text)
  const mac = inputs.derivation.swapped === 'none' ? hmacSha256(key, message) : hmacSha256(message, key)
  return new CalculatedSignature(encodedSignature(mac, inputs.signatureEncoding))
}

/**
 * Mints the proof, if the signature provided is right for these inputs.
 *
 * @param p256 Default: the runtime's. Without one, no signature of AWS4-ECDSA-P256-SHA256 matches.
 * @internal
 */
export function signatureMatches(
  inputs: SigningInputs,
  provided: string,
  text?: string,
  p256: P256 | undefined = p256Here,
): SignatureMatches | undefined {
  if (isEcdsa(inputs)) return isEcdsaMatch(inputs, provided, text ?? stringToSign(inputs), p256) ? MATCHES : undefined
  return calculateSignature(inputs, text)?.equals(provided) === true ? MATCHES : undefined
}

/**
 * Mints the proof, if the signature provided, of which only the SHA-256 was kept, is right for these inputs. For a diagnosis: what
 * comes with a request is never compared so. Nothing of ECDSA: its signatures differ each time.
 *
 * @param digest 64 lower-case hex digits.
 */
export function sealedSignatureMatches(inputs: SigningInputs, digest: string, text?: string): SignatureMatches | undefined {
  const calculated = calculateSignature(inputs, text)
  return calculated !== undefined && sha256Hex(calculated.dangerText()) === digest ? MATCHES : undefined
}

/** A mistaken derivation of HMAC keys, or a mistaken spelling of a signature, is no way of this algorithm. */
function isEcdsaMatch(inputs: SigningInputs, provided: string, text: string, p256: P256 | undefined): boolean {
  const { key, accessKeyId, derivation, signatureEncoding } = inputs
  if (key === undefined || p256 === undefined || derivation !== STANDARD_DERIVATION || signatureEncoding !== 'hex') return false
  const publicKey = ecdsaPublicKeyFrom(key, accessKeyId, p256)
  return publicKey !== undefined && isEcdsaSignatureOf(text, provided, publicKey, p256)
}

/** Mints the proof for a text that is no request's string to sign, such as the policy of a form, under the right key of a scope. */
export function textMatches(
  key: SecretAccessKey | SigningKey,
  scope: CredentialScope,
  text: string,
  provided: string,
): SignatureMatches | undefined {
  const bytes = key instanceof SigningKey ? key.dangerBytes() : cachedSigningKey(key, scope).dangerBytes()
  return new CalculatedSignature(hmacSha256Hex(bytes, text)).equals(provided) ? MATCHES : undefined
}

/**
 * Mints the proof for a string to sign that is kept ready, its date and hash written.
 *
 * @param provided Where the 64 characters of the signature provided stand.
 */
export function templateMatches(template: StringToSignTemplate, provided: DataView, at: number): SignatureMatches | undefined {
  return hexDigitsEqual(template.dangerMac(), provided, at) ? MATCHES : undefined
}

/** Writes the signature of a string to sign that is kept ready, for a signer that is about to send it. */
export function writeTemplateSignature(template: StringToSignTemplate, target: DataView, at: number): void {
  writeHexDigits(template.dangerMac(), target, at)
}

function encodedSignature(mac: Uint8Array, encoding: SigningInputs['signatureEncoding']): string {
  if (encoding === 'hex') return hexOf(mac)
  return encoding === 'HEX' ? hexOf(mac).toUpperCase() : base64Of(mac)
}

/** Looks at every character whatever it finds. The length is no secret. */
function sameText(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return difference === 0
}
