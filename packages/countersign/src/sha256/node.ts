/** SHA-256 and HMAC-SHA256 by `node:crypto`: the same two functions as `pure.ts`, faster where OpenSSL is at hand. */
import { createHash, createHmac } from 'node:crypto'

/** SHA-256 of `message`: 32 bytes. */
export function sha256(message: Uint8Array): Uint8Array {
  return createHash('sha256').update(message).digest()
}

/** HMAC-SHA256 of `message` under `key` (any length): 32 bytes. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  return createHmac('sha256', key).update(message).digest()
}
