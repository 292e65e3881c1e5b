/** SHA-256 and HMAC-SHA256 by `node:crypto`: the same functions as `pure.ts`, faster where OpenSSL is at hand. */
import { createHash, createHmac, hash } from 'node:crypto'

/** SHA-256 of `message`: 32 bytes. */
export function sha256(message: Uint8Array): Uint8Array {
  return createHash('sha256').update(message).digest()
}

/** SHA-256 of a byte string, in lower-case hex. */
export function sha256Hex(text: string): string {
  return hash('sha256', Buffer.from(text, 'latin1'), 'hex')
}

/** HMAC-SHA256 of `message` under `key` (any length): 32 bytes. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  return createHmac('sha256', key).update(message).digest()
}

/** HMAC-SHA256 of a byte string under `key`, in lower-case hex: two one-shot hashes, about half the time of a Hmac object. */
export function hmacSha256Hex(key: Uint8Array, text: string): string {
  const block = key.length > 64 ? sha256(key) : key
  const inner = Buffer.allocUnsafe(64 + text.length)
  const outer = Buffer.allocUnsafe(96)
  for (let i = 0; i < 64; i++) {
    const byte = i < block.length ? block[i]! : 0
    inner[i] = byte ^ 0x36
    outer[i] = byte ^ 0x5c
  }
  inner.write(text, 64, 'latin1')
  outer.set(hash('sha256', inner, 'buffer'), 64)
  return hash('sha256', outer, 'hex')
}
