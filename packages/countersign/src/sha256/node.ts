/** SHA-256 and HMAC-SHA256 by `node:crypto`: the same functions as `pure.ts`, faster where OpenSSL is at hand. */
import { createHash, createHmac } from 'node:crypto'

/** SHA-256 of `message`: 32 bytes. */
export function sha256(message: Uint8Array): Uint8Array {
  return createHash('sha256').update(message).digest()
}

/** SHA-256 of a byte string, in lower-case hex. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex')
}

/** HMAC-SHA256 of `message` under `key` (any length): 32 bytes. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  return createHmac('sha256', key).update(message).digest()
}

/** HMAC-SHA256 of a byte string under `key`, in lower-case hex. */
export function hmacSha256Hex(key: Uint8Array, text: string): string {
  return createHmac('sha256', key).update(text, 'latin1').digest('hex')
}
