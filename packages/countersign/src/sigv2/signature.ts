/**
 * The signature of Version 2: HMAC of the string to sign under the secret itself, in base64.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html "Signature"
 * @see https://www.rfc-editor.org/rfc/rfc2104
 */
import { hmacSha256 } from '#sha256'
import { Sha1 } from '../checksums/index.js'
import { base64Of, bytesOf } from '../sigv4/index.js'

/** HmacSHA1 of S3, HmacSHA256 of most query services. */
export type Digest = 'sha1' | 'sha256'

/** The HMAC of a byte string under a secret: 20 or 32 bytes. */
export function version2Mac(secret: string, text: string, digest: Digest): Uint8Array {
  return digest === 'sha256' ? hmacSha256(bytesOf(secret), bytesOf(text)) : hmacSha1(bytesOf(secret), bytesOf(text))
}

/** The signature as it is sent: base64, 28 or 44 characters. */
export function version2Signature(secret: string, text: string, digest: Digest): string {
  return base64Of(version2Mac(secret, text, digest))
}

function hmacSha1(key: Uint8Array, message: Uint8Array): Uint8Array {
  const block = new Uint8Array(BLOCK)
  block.set(key.length > BLOCK ? sha1(key) : key)
  const padded = (byte: number): Uint8Array => block.map((one) => one ^ byte)
  return sha1(padded(0x5c), sha1(padded(0x36), message))
}

function sha1(...pieces: readonly Uint8Array[]): Uint8Array {
  const hash = new Sha1()
  for (const piece of pieces) hash.update(piece)
  return hash.digest()
}

const BLOCK = 64
