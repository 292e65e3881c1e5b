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
  return framing.kind === 'chunked' ? chunkedWalk() : new CountedWalk(framing.kind === 'close' ? Number.POSITIVE_INFINITY : framing.length)
}

/** A class, since nearly every answer has one: an object with getters costs more to make than the rest of it to do. */
class CountedWalk implements BodyWalk {
  readonly refused = undefined

  constructor(private left: number) {}

  get done(): boolean {
    return this.left === 0
  }

  take(bytes: Buffer, from: number, payload: (piece: Buffer) => void): number {
    const end = from + Math.min(this.left, bytes.length - from)
    if (end > from) payload(from === 0 && end === bytes.length ? bytes : bytes.subarray(from, end))
    this.left -= end - from
    return end
  }
}
