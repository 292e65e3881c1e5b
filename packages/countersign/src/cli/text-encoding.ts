/** What a file's first bytes say of it: text in UTF-8, text in UTF-16, or no text at all. */
import { byteString, bytesOf, utf8ByteString } from '../sigv4/index.js'

export type Encoding =
  | { readonly kind: 'bytes'; readonly skip: number }
  | { readonly kind: 'utf-16le' | 'utf-16be'; readonly skip: number }
  | { readonly kind: 'binary'; readonly what: string; readonly instead: string }

/** Judges a beginning of up to 64 KiB. */
export function encodingOf(beginning: Uint8Array): Encoding {
  const [first, second, third] = beginning
  if (first === 0xff && second === 0xfe) return { kind: 'utf-16le', skip: 2 }
  if (first === 0xfe && second === 0xff) return { kind: 'utf-16be', skip: 2 }
  if (first === 0xef && second === 0xbb && third === 0xbf) return { kind: 'bytes', skip: 3 }
  const head = byteString(beginning.subarray(0, 4096))
  for (const [mark, what, instead] of MAGIC) if (head.startsWith(mark)) return { kind: 'binary', what, instead }
  // A raw request may have a body of any bytes.
  if (REQUEST_LINE.test(head) || /^HTTP\/\d/.test(head)) return { kind: 'bytes', skip: 0 }
  return zeroes(beginning)
}

/** UTF-16 bytes as a UTF-8 byte string. */
export function fromUtf16(bytes: Uint8Array, kind: 'utf-16le' | 'utf-16be'): string {
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2))
  // Node without full ICU knows the little-endian form only.
  const little = kind === 'utf-16le' ? even : bytesOf(byteString(even).replace(/([\s\S])([\s\S])/g, '$2$1'))
  return utf8ByteString(new TextDecoder('utf-16le').decode(little))
}

function zeroes(beginning: Uint8Array): Encoding {
  let even = 0
  let odd = 0
  for (let i = 0; i < beginning.length; i++) if (beginning[i] === 0) i % 2 === 0 ? even++ : odd++
  if (even + odd === 0) return { kind: 'bytes', skip: 0 }
  const half = beginning.length / 2
  if (odd > half * 0.7 && even < half * 0.05) return { kind: 'utf-16le', skip: 0 }
  if (even > half * 0.7 && odd < half * 0.05) return { kind: 'utf-16be', skip: 0 }
  return { kind: 'binary', what: 'binary data', instead: 'give the text of the request, the error or the log' }
}

const REQUEST_LINE = /^[A-Z]{3,16} \S+ HTTP\/\d/
const PICTURE = 'give the text instead of a picture of it'
const MAGIC: readonly (readonly [mark: string, what: string, instead: string])[] = [
  ['\x89PNG', 'a PNG picture', PICTURE],
  ['\xff\xd8\xff', 'a JPEG picture', PICTURE],
  ['GIF8', 'a GIF picture', PICTURE],
  ['\x1f\x8b', 'gzip', 'unpack it first: gunzip -c FILE | countersign diagnose -'],
  ['\x28\xb5\x2f\xfd', 'zstd', 'unpack it first: zstd -dc FILE | countersign diagnose -'],
  ['PK\x03\x04', 'a ZIP archive', 'unpack it first'],
  ['%PDF', 'a PDF', 'give its text instead'],
  ['\xd4\xc3\xb2\xa1', 'a packet capture', 'give the HTTP messages in it as text: tcpdump -A -r FILE | countersign diagnose -'],
  ['\x0a\x0d\x0d\x0a', 'a packet capture', 'give the HTTP messages in it as text: tcpdump -A -r FILE | countersign diagnose -'],
  ['\x7fELF', 'a program', 'give the text of the request, the error or the log'],
]
