/** What messages are put together of, and how their beginnings and ends are hashed. */
import { bytesOf } from './pure.js'

/** A text of a level, and what choosing it costs. May be used in any number of trees. */
export class Choice {
  readonly bytes: Uint8Array
  readonly cost: number
  readonly length: number
  readonly #words: (Int32Array | undefined)[] = [undefined, undefined, undefined, undefined]

  /** @param text A byte string. */
  constructor(text: string, cost: number) {
    this.bytes = bytesOf(text)
    this.length = text.length
    this.cost = cost
  }

  /** The text as words that begins at one of the four places in a word, filled up with zeros on both sides. */
  words(place: number): Int32Array {
    const made = this.#words[place]
    if (made !== undefined) return made
    const padded = new Uint8Array((place + this.length + 3) & ~3)
    padded.set(this.bytes, place)
    const view = new DataView(padded.buffer)
    const words = Int32Array.from({ length: padded.length / 4 }, (_, i) => view.getInt32(4 * i))
    this.#words[place] = words
    return words
  }
}

/** Told of one message. Both arrays are used again for the next. */
export type Visit = (digest: Int32Array, chosen: Int32Array) => void

/** How the beginnings and the ends of messages are hashed. A node is a beginning, hashed as far as its whole blocks go. */
export interface MessageHasher<Node> {
  /** The empty beginning. */
  readonly root: Node
  /** Room for a beginning. */
  node(): Node
  /** Before messages are handed in, and after: what was kept back is then visited. */
  begin(): void
  end(): void
  /** Makes of `children` what a node becomes by each of the `size` texts of a group. */
  follow(node: Node, texts: readonly Choice[], group: Int32Array, size: number, children: readonly Node[]): void
  /** Takes a message that begins as `node` does and ends in `text`. */
  last(node: Node, text: Choice, chosen: Int32Array): void
}
