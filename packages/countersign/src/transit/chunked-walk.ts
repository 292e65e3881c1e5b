/** The chunked transfer coding as it passes (RFC 9112, 7.1): sizes, extensions and trailers are held to the letter and sent on as they are. */
import type { Header } from '../sigv4/index.js'
import type { BodyWalk } from './body-walk.js'
import { headerLine } from './message-head.js'

type Expected = 'size' | 'data' | 'data-end' | 'trailer' | 'nothing'

export function chunkedWalk(): BodyWalk {
  let expected: Expected = 'size'
  let left = 0
  let extensionBytes = 0
  let trailerBytes = 0
  let refused: string | undefined
  const trailers: Header[] = []

  /** A line without its ending: what comes next, or why not. */
  const afterSize = (line: string): Expected | undefined => {
    const found = SIZE_LINE.exec(line)
    if (found === null) refused = 'the size of a chunk is not a plain hexadecimal number'
    extensionBytes += found?.[2]?.length ?? 0
    if (extensionBytes > MOST_EXTENSION_BYTES) refused = 'the extensions of its chunks are larger than 64 KiB'
    if (refused !== undefined) return undefined
    left = Number.parseInt(found![1]!, 16)
    return left === 0 ? 'trailer' : 'data'
  }
  const afterTrailer = (line: string): Expected | undefined => {
    if (line === '') return 'nothing'
    trailerBytes += line.length
    const header = headerLine(line)
    if (typeof header === 'string') refused = `in its trailers, ${header}`
    else if (FRAMING.test(header[0])) refused = 'a trailer says where the message ends or whom it is for'
    else if (trailerBytes > MOST_LINE_BYTES) refused = 'its trailers are larger than 16 KiB'
    else trailers.push(header)
    return refused === undefined ? 'trailer' : undefined
  }
  /** The offset behind a line, and what follows it; `undefined` where it has not come whole. */
  const takeLine = (bytes: Buffer, from: number): number | undefined => {
    const feed = bytes.indexOf(10, from)
    if (feed < 0 || feed - from > MOST_LINE_BYTES) {
      if (bytes.length - from > MOST_LINE_BYTES) refused = 'a line between its chunks is longer than 16 KiB'
      return undefined
    }
    const line = bytes.toString('latin1', from, feed)
    if (!line.endsWith('\r') || line.indexOf('\r') !== line.length - 1) {
      refused = 'a line between its chunks ends with a line feed alone or holds a carriage return'
      return undefined
    }
    const text = line.slice(0, -1)
    if (expected === 'data-end' && text !== '') refused = 'a chunk is longer than its size'
    const next = expected === 'data-end' ? 'size' : expected === 'size' ? afterSize(text) : afterTrailer(text)
    if (refused !== undefined || next === undefined) return undefined
    expected = next
    return feed + 1
  }

  return {
    take: (bytes, from, payload) => {
      let at = from
      while (at < bytes.length && expected !== 'nothing' && refused === undefined) {
        if (expected === 'data') {
          const end = at + Math.min(left, bytes.length - at)
          payload(bytes.subarray(at, end))
          left -= end - at
          at = end
          if (left === 0) expected = 'data-end'
          continue
        }
        // Behind a chunk stand two bytes, and they are known at once.
        if (expected === 'data-end' && bytes[at] !== 13) {
          refused = 'a chunk is longer than its size'
          break
        }
        const next = takeLine(bytes, at)
        if (next === undefined) break
        at = next
      }
      return at
    },
    get done() {
      return expected === 'nothing'
    },
    get refused() {
      return refused
    },
    trailers,
  }
}

/** Twelve digits are an exact number. A space before an extension is read in two ways. */
const SIZE_LINE = /^([0-9A-Fa-f]{1,12})(;[\t\x20-\x7e\x80-\xff]*)?$/
const MOST_LINE_BYTES = 16 * 1024
const MOST_EXTENSION_BYTES = 64 * 1024
const FRAMING = /^(?:content-length|transfer-encoding|host|connection|authorization)$/i
