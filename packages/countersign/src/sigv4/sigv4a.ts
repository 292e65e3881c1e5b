/**
 * Signature Version 4A (AWS4-ECDSA-P256-SHA256): the same canonical request and string to sign, signed with a key pair, for a
 * set of regions.
 *
 * What differs from Version 4: the algorithm's name, a credential scope without a region, the region set in a header or
 * separate parameter, and a signature that is ECDSA in DER and hex: another one each time, so it is verified, never compared.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
import type { P256 } from '../p256/index.js'
import type { Authorization } from './authorization.js'
import { bytesOf, hexOf } from './byte-string.js'
import { EcdsaPrivateKey, EcdsaPublicKey, ecdsaPublicKeyOf } from './ecdsa-key.js'
import { cachedEcdsaPrivateKey, cachedEcdsaPublicKey } from './ecdsa-key-cache.js'
import type { HttpRequest } from './http-request.js'
import { headerValues, parameterOf } from './received-request.js'
import type { RequestKey } from './signing-inputs.js'
import { SecretAccessKey } from './signing-key.js'
import { HEADER, QUERY } from './wire-names.js'

/** The private key that a request of an access key ID is signed with; `undefined` where the key given is of another kind. */
export function ecdsaPrivateKeyFrom(key: RequestKey, accessKeyId: string | undefined): EcdsaPrivateKey | undefined {
  if (key instanceof EcdsaPrivateKey) return key
  return key instanceof SecretAccessKey && accessKeyId !== undefined ? cachedEcdsaPrivateKey(key, accessKeyId) : undefined
}

/** The public key that it is verified with; `undefined` where the key given is of another kind. */
export function ecdsaPublicKeyFrom(key: RequestKey, accessKeyId: string | undefined, p256: P256): EcdsaPublicKey | undefined {
  if (key instanceof EcdsaPublicKey) return key
  if (key instanceof EcdsaPrivateKey) return ecdsaPublicKeyOf(key, p256)
  return key instanceof SecretAccessKey && accessKeyId !== undefined ? cachedEcdsaPublicKey(key, accessKeyId, p256) : undefined
}

/** A signature of a string to sign, as it is sent: DER in lower-case hex, 16 to 144 digits. */
export function ecdsaSignatureOf(text: string, key: EcdsaPrivateKey, p256: P256): string {
  return hexOf(p256.sign(key.dangerBytes(), bytesOf(text)))
}

/** Whether the signature provided is one of this text. `false` for whatever is not lower-case hex, too. */
export function isEcdsaSignatureOf(text: string, provided: string, key: EcdsaPublicKey, p256: P256): boolean {
  if (!DER_IN_HEX.test(provided)) return false
  return p256.verify(key.bytes, bytesOf(text), bytesOfHex(provided))
}

/**
 * The part of a signature in DER and hex that is used once (r). Who sees a signature (r, s) can write another one of the same text,
 * (r, n - s): a list of signatures that were used has to be one of these.
 */
export function onceOfEcdsaSignature(signature: string): string {
  return signature.slice(8, 8 + 2 * Number.parseInt(signature.slice(6, 8), 16))
}

/**
 * The region set of a request, "us-east-1,us-west-2" or "*": from the signed header where the signature stands in a header, and
 * from the query where it stands there. What is not signed is no word of the signer: `undefined`.
 * @internal
 */
export function regionSetOf(request: HttpRequest, authorization: Authorization): string | undefined {
  if (authorization.by === 'query') return parameterOf(request, QUERY.regionSet)
  const signed = (authorization.signedHeaders ?? '').toLowerCase().split(';').includes(HEADER.regionSet)
  const values = signed ? headerValues(request, HEADER.regionSet) : []
  return values.length === 0 ? undefined : values.map((value) => value.trim()).join(',')
}

/**
 * Whether a region set holds a region. A "*" stands for any run of characters: "*" holds all, "us-*" those of a country.
 * @internal
 */
export function regionSetHolds(regionSet: string, region: string): boolean {
  return regionSet.split(',').some((one) => fits(one.trim(), region))
}

/** Whether a text fits a pattern with "*". Each piece is looked for once, to the right of the one before. */
function fits(pattern: string, text: string): boolean {
  const [first, ...rest] = pattern.split('*') as [string, ...string[]]
  if (rest.length === 0) return pattern !== '' && pattern === text
  const last = rest.pop()!
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false
  let from = first.length
  for (const piece of rest) {
    const at = text.indexOf(piece, from)
    if (at < 0 || at + piece.length > text.length - last.length) return false
    from = at + piece.length
  }
  return true
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16))
}

const DER_IN_HEX = /^(?:[0-9a-f]{2}){8,72}$/
