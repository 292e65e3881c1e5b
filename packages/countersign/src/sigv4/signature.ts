/**
 * The signature: calculated, compared in constant time, and never shown.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Calculate the signature"
 */
import { hmacSha256, hmacSha256Hex } from '#sha256'
import { base64Of, bytesOf, hexOf } from './byte-string.js'
import type { CredentialScope } from './credential-scope.js'
import type { SigningInputs } from './signing-inputs.js'
import { derivedBytes, LAWFUL_DERIVATION, type SecretAccessKey, SigningKey } from './signing-key.js'
import { cachedSigningKey } from './signing-key-cache.js'
import { stringToSign } from './string-to-sign.js'

/** A signature that was calculated. Prints as a placeholder: whoever holds the real one can send the request. */
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
/** Proof that the signature provided is the one calculated. Made in this file only. */
export interface SignatureMatches {
  readonly level: 'signature'
  readonly [minted]: true
}

/** The signature of some inputs; `undefined` where there is no key. */
export function calculateSignature(inputs: SigningInputs, text: string = stringToSign(inputs)): CalculatedSignature | undefined {
  if (inputs.key === undefined) return undefined
  return signatureUnder(keyBytes(inputs.key, inputs), inputs, text)
}

/** The key bytes that some inputs sign with; `undefined` where there is no key. For a search, never for output. */
export function dangerKeyBytes(inputs: SigningInputs): Uint8Array | undefined {
  return inputs.key === undefined ? undefined : keyBytes(inputs.key, inputs)
}

/** Lawfully derived keys come from the cache; a cause's derivation is tried once and not kept. */
function keyBytes(key: SecretAccessKey | SigningKey, { scope, derivation }: SigningInputs): Uint8Array {
  if (key instanceof SigningKey) return key.dangerBytes()
  if (derivation === LAWFUL_DERIVATION) return cachedSigningKey(key, scope).dangerBytes()
  return derivedBytes(key.dangerValue(), scope, derivation)
}

/** The signature under key bytes derived before: what a search calls, so that one key serves many texts. */
export function signatureUnder(key: Uint8Array, inputs: SigningInputs, text: string): CalculatedSignature {
  if (inputs.derivation.swapped === 'none' && inputs.signatureEncoding === 'hex') return new CalculatedSignature(hmacSha256Hex(key, text))
  const message = bytesOf(text)
  const mac = inputs.derivation.swapped === 'none' ? hmacSha256(key, message) : hmacSha256(message, key)
  return new CalculatedSignature(encodedSignature(mac, inputs.signatureEncoding))
}

/** Mints the proof, if the signature provided is right for these inputs. */
export function signatureMatches(inputs: SigningInputs, provided: string, text?: string): SignatureMatches | undefined {
  const calculated = calculateSignature(inputs, text)
  return calculated?.equals(provided) === true ? ({ level: 'signature' } as SignatureMatches) : undefined
}

/** Mints the proof for a string to sign put together elsewhere, under the lawful key of its scope. */
export function textMatches(
  key: SecretAccessKey | SigningKey,
  scope: CredentialScope,
  text: string,
  provided: string,
): SignatureMatches | undefined {
  const bytes = key instanceof SigningKey ? key.dangerBytes() : cachedSigningKey(key, scope).dangerBytes()
  return sameText(hmacSha256Hex(bytes, text), provided) ? MATCHES : undefined
}

const MATCHES = { level: 'signature' } as SignatureMatches

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
