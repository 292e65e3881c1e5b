/**
 * Byte strings: text that holds one character per byte (U+0000 to U+00FF).
 *
 * Header values and targets are not always UTF-8, and the signature covers the bytes that were sent. Everything that
 * can reach HMAC is therefore kept as a byte string, and decoded only where a person reads it.
 */

/**
 * The bytes of a byte string. Characters above U+00FF cannot occur; were one there, its low byte would be taken.
 * @internal
 */
export function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

/**
 * The byte string of some bytes.
 * @internal
 */
export function byteString(bytes: Uint8Array): string {
  if (bytes.length <= AT_ONCE) return characters(bytes)
  let text = ''
  for (let at = 0; at < bytes.length; at += AT_ONCE) text += characters(bytes.subarray(at, at + AT_ONCE))
  return text
}

/** `apply` takes anything with a length and indexes; spreading would go through an iterator, at eight times the cost. */
function characters(bytes: Uint8Array): string {
  return String.fromCharCode.apply(null, bytes as unknown as number[])
}

/**
 * The byte string of a text's UTF-8 form: what a person's text becomes on the wire. Targets and header values are byte strings here.
 *
 * @example
 * ```js
 * import { utf8ByteString } from 'countersign/sigv4'
 *
 * utf8ByteString('naïve') // => 'na\xc3\xafve'
 * utf8ByteString('plain') // => 'plain'
 * ```
 * @public
 */
export function utf8ByteString(text: string): string {
  return ASCII_ONLY.test(text) ? text : byteString(new TextEncoder().encode(text))
}

/**
 * A byte string as a person reads it: decoded as UTF-8, and left as it is where it is not UTF-8.
 * @internal
 */
export function readableText(text: string): string {
  if (ASCII_ONLY.test(text)) return text
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(text))
  } catch {
    return text
  }
}

/** Lower-case hexadecimal of bytes. */
export function hexOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += HEX[byte]
  return text
}

/** Standard base64 with padding. */
export function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const left = bytes.length - i
    text +=
      BASE64[word >> 18]! +
      BASE64[(word >> 12) & 63]! +
      (left > 1 ? BASE64[(word >> 6) & 63]! : '=') +
      (left > 2 ? BASE64[word & 63]! : '=')
  }
  return text
}

/** The bytes of standard base64, padded or not, line breaks among it or not; `undefined` for any other text. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/[\r\n]/g, '').replace(/={1,2}$/, '')
  if (/[^A-Za-z0-9+/]/.test(digits) || digits.length % 4 === 1) return undefined
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4))
  let [word, bits, at] = [0, 0, 0]
  for (let i = 0; i < digits.length; i++) {
    word = ((word << 6) | BASE64_VALUES[digits.charCodeAt(i)]!) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (word >> bits) & 255
    }
  }
  return bytes
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is meant
const ASCII_ONLY = /^[\x00-\x7f]*$/
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const BASE64_VALUES = new Uint8Array(128)
for (let i = 0; i < 64; i++) BASE64_VALUES[BASE64.charCodeAt(i)] = i
/** More arguments than this may not go onto the stack. */
const AT_ONCE = 8192
