/** The text of a shared file from its bytes, and what is wrong with the bytes themselves. */
import { bytesOf } from '../sigv4/index.js'

/** Bytes as UTF-8; what is none is U+FFFD. A byte order mark stays: some SDKs stumble over it. */
export function readText(bytes: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOf(bytes))
}

/** How a file that is no plain UTF-8 is encoded. SDKs read such a file as noise, or refuse it. */
export function oddEncoding(bytes: string): string | undefined {
  if (bytes.startsWith('\xff\xfe') || bytes.startsWith('\xfe\xff')) return 'UTF-16'
  if (bytes.startsWith('\xef\xbb\xbf')) return 'UTF-8 with a byte order mark'
  if (bytes.includes('\0')) return 'a text with zero bytes, as UTF-16 has them'
  return readText(bytes).includes('\ufffd') ? 'not UTF-8' : undefined
}

/** A text that begins with a byte order mark, which Python, Java and Go take for a part of the first line. */
export const BYTE_ORDER_MARK = '\ufeff'
