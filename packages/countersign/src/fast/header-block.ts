/**
 * Header blocks: the signed headers of a client's last right request, or of a signer's, as they stand in the canonical request, and its
 * query. Most of what is signed within a second is the same again: what is equal need not be put together and looked at once more.
 */
import type { Header } from '../sigv4/index.js'

export interface HeaderBlock {
  /** The request date they came with: of one date, the first values are kept. */
  readonly date: string
  readonly values: readonly string[]
  /** The lines of the headers, and what stands between them and the payload hash. */
  readonly text: string
  /** From the "?" on; "" where there was none, and where it said how the request was signed. */
  readonly query: string
}

/** Whether the signed headers are those of the block. */
export function hasBlock(headers: readonly Header[], places: readonly number[], { values }: HeaderBlock): boolean {
  for (let i = 0; i < values.length; i++) if (headers[places[i]!]![1] !== values[i]) return false
  return true
}

/** @returns `undefined` for what is too long to keep, and for what nobody should keep. */
export function blockToKeep(
  date: string,
  query: string,
  headers: readonly Header[],
  { lines, end }: { readonly lines: readonly string[]; readonly end: string },
  places: readonly number[],
): HeaderBlock | undefined {
  let text = ''
  const ends: number[] = []
  for (let i = 0; i < places.length; i++) {
    if (isSecretHeader(lines[i]!)) return undefined
    text += lines[i]! + headers[places[i]!]![1]
    ends.push(text.length)
  }
  text += end
  const kept = text + query
  if (kept.length > LONGEST) return undefined
  // Copies, because a piece of a text keeps all of it in memory, and takes longer to compare.
  const bytes = ENCODER.encode(kept)
  const copy = (from: number, to: number) => DECODER.decode(bytes.subarray(from, to))
  const values = ends.map((at, i) => copy((ends[i - 1] ?? 0) + lines[i]!.length, at))
  return { date, values, text: copy(0, text.length), query: copy(text.length, kept.length) }
}

/** Whether a line, begun by a line feed, is of a header whose value is a secret, or stands for one. */
export function isSecretHeader(line: string): boolean {
  return SECRET_HEADER.test(line)
}

const SECRET_HEADER = /-customer-key:|^\n(?:x-amz-(?:security|s3session)-token|(?:proxy-)?authorization|cookie|x-(?:api|auth)[a-z-]*):/
const LONGEST = 4096
const ENCODER = new TextEncoder()
const DECODER = new TextDecoder()
