/**
 * Percent-encoding as Signature Version 4 wants it: only A-Z a-z 0-9 - . _ ~ stay; every other byte is %XX, upper case.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "UriEncode"
 */

/**
 * Percent-encodes every byte of a byte string but RFC 3986's unreserved ones (A-Z a-z 0-9 - . _ ~), as %XX in upper case.
 *
 * @param keep Further characters to leave as they are: "/" in a path.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "UriEncode"
 * @example
 * ```js
 * import { uriEncode, utf8ByteString } from 'countersign/sigv4'
 *
 * uriEncode('a b/c') // => 'a%20b%2Fc'
 * uriEncode('a b/c', '/') // => 'a%20b/c'
 * uriEncode(utf8ByteString('ü')) // => '%C3%BC'
 * ```
 * @public
 */
export function uriEncode(text: string, keep = ''): string {
  let encoded = ''
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (UNRESERVED[code] === 1 || (keep !== '' && keep.includes(text[i]!))) continue
    encoded += text.slice(from, i) + PERCENT[code & 0xff]
    from = i + 1
  }
  return from === 0 ? text : encoded + text.slice(from)
}

/**
 * Decodes %XX; a "%" that begins no escape stays as it is. "+" is never a space here.
 * @internal
 */
export function uriDecode(text: string): string {
  if (!text.includes('%')) return text
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** Whether a "%" stands in `text` that begins no escape of two hex digits; where, and what follows it. */
export function brokenEscape(text: string): { readonly at: number; readonly escape: string } | undefined {
  const found = /%(?![0-9A-Fa-f]{2})/.exec(text)
  return found === null ? undefined : { at: found.index, escape: text.slice(found.index, found.index + 3) }
}

const UNRESERVED = new Uint8Array(256)
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~') UNRESERVED[char.charCodeAt(0)] = 1
const PERCENT = Array.from({ length: 256 }, (_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
