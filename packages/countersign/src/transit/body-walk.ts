/** Bodies as they pass: where they end, and what of them is payload. */
import type { Header } from '../sigv4/index.js'
import { chunkedWalk } from './chunked-walk.js'
import type { Framing } from './message-head.js'

/** Goes through one body. What it has taken may be sent on; what it leaves it wants again, with more behind it. */
export interface BodyWalk {
  /** The offset up to which the bytes are the body's and in order. */
  take(bytes: Buffer, from: number, payload: (piece: Buffer) => void): number
  readonly done: boolean
  /** Headers behind the last chunk, once it is done. */
  readonly trailers?: readonly Header[]
  /** Why the rest cannot be read. */
  readonly refused: string | undefined
}

export function bodyWalk(framing: Framing): BodyWalk {
  return framing.kind === 'chunked' ? chunkedWalk() : countedWalk(framing.kind === 'close' ? Number.POSITIVE_INFINITY : framing.length)
}

function countedWalk(length: number): BodyWalk {
  let left = length
  return {
    take: (bytes, from, payload) => {
      const end = from + Math.min(left, bytes.length - from)
      if (end > from) payload(from === 0 && end === bytes.length ? bytes : bytes.subarray(from, end))
      left -= end - from
      return end
    },
    get done() {
      return left === 0
    },
    refused: undefined,
  }
}
