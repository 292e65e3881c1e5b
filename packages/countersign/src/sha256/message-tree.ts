/**
 * SHA-256 of every message that can be put together by taking one text per level: a shared beginning is hashed once, and
 * four beginnings or four ends are hashed at a time.
 */
import type { Choice, MessageHasher, Visit } from './message-choice.js'
import { LaneHasher, LONGEST_IN_LANES } from './message-lanes.js'
import { PlainHasher } from './message-plain.js'

export { Choice } from './message-choice.js'

/** Which messages, by the sum of their costs, and of these: all, or those whose digest begins with this word. */
export interface Wanted {
  readonly from: number
  readonly to: number
  readonly firstWord?: number
}

/**
 * Visits the digests of the messages that are wanted.
 *
 * @param levels The texts to choose from, the cheapest first, in the order in which they stand in the message.
 * @param visit Is given the digest's eight words and the index chosen on each level; it must not call this function.
 * @returns How many messages were hashed.
 */
export function hashMessages(levels: readonly (readonly Choice[])[], wanted: Wanted, visit: Visit): number {
  const walk = messageWalk(levels, wanted, visit)
  walk.run(Number.POSITIVE_INFINITY)
  return walk.count
}

/** The same in steps: other searches may have their turn in between. */
export interface MessageWalk {
  /** How many messages were hashed so far. */
  readonly count: number
  /** Goes on until about so many bytes were hashed. @returns Whether there is more. */
  run(bytes: number): boolean
}

/** Begins a walk through the messages. Nothing is hashed yet. */
export function messageWalk(levels: readonly (readonly Choice[])[], wanted: Wanted, visit: Visit): MessageWalk {
  const short = levels.every((level) => level.every(({ length }) => length <= LONGEST_IN_LANES))
  const hasher = short ? new LaneHasher(levels.length, wanted.firstWord, visit) : new PlainHasher(wanted.firstWord, visit)
  return new Walk(levels, wanted, hasher as MessageHasher<unknown>)
}

/** A walk down the levels and back, that can stop anywhere and go on. */
class Walk<Node> implements MessageWalk {
  count = 0
  readonly #levels: readonly (readonly Choice[])[]
  readonly #wanted: Wanted
  readonly #hasher: MessageHasher<Node>
  readonly #chosen: Int32Array
  /** For each level: the next text, the group of texts whose beginnings were hashed together, and which of them is followed. */
  readonly #next: Int32Array
  readonly #group: readonly Int32Array[]
  readonly #size: Int32Array
  readonly #lane: Int32Array
  /** For each level: the cost of what was chosen above it, and the beginnings that its group makes. */
  readonly #spent: Int32Array
  readonly #nodes: readonly (readonly Node[])[]
  #level: number

  constructor(levels: readonly (readonly Choice[])[], wanted: Wanted, hasher: MessageHasher<Node>) {
    const depth = levels.length
    const perLevel = (): Int32Array => new Int32Array(depth)
    this.#levels = levels
    this.#wanted = wanted
    this.#hasher = hasher
    this.#chosen = perLevel()
    this.#next = perLevel()
    this.#group = levels.map(() => new Int32Array(4))
    this.#size = perLevel()
    this.#lane = perLevel().fill(-1)
    this.#spent = perLevel()
    this.#nodes = levels.map(() => [0, 1, 2, 3].map(() => hasher.node()))
    this.#level = depth === 0 ? -1 : 0
  }

  run(bytes: number): boolean {
    this.#hasher.begin()
    let left = bytes
    while (this.#level >= 0 && left > 0) left -= this.#level + 1 === this.#levels.length ? this.#ends(left) : this.#onward()
    this.#hasher.end()
    return this.#level >= 0
  }

  /** The messages that begin as the node above the last level does. @returns How many bytes that took. */
  #ends(left: number): number {
    const level = this.#level
    const all = this.#levels[level]!
    const { from, to } = this.#wanted
    const [node, hasher, chosen, spent] = [this.#above(), this.#hasher, this.#chosen, this.#spent[level]!]
    let [bytes, count, i] = [0, 0, this.#next[level]!]
    for (; i < all.length && bytes < left; i++) {
      const text = all[i]!
      const now = spent + text.cost
      if (now > to) break
      if (now < from) continue
      chosen[level] = i
      count++
      bytes += text.length + LEAST
      hasher.last(node, text, chosen)
    }
    this.count += count
    this.#next[level] = i
    if (i === all.length || spent + all[i]!.cost > to) this.#level--
    return bytes + LEAST
  }

  /** One beginning further down, or back up where all were followed. @returns How many bytes that took. */
  #onward(): number {
    const level = this.#level
    const [all, group] = [this.#levels[level]!, this.#group[level]!]
    const spent = this.#spent[level]!
    const lane = this.#lane[level]! + 1
    if (lane < this.#size[level]!) {
      const index = group[lane]!
      this.#lane[level] = lane
      this.#chosen[level] = index
      this.#enter(level + 1, spent + all[index]!.cost)
      return 0
    }
    let [size, bytes, i] = [0, 0, this.#next[level]!]
    for (; i < all.length && size < 4 && spent + all[i]!.cost <= this.#wanted.to; i++) {
      group[size++] = i
      bytes += all[i]!.length + LEAST
    }
    this.#next[level] = i
    this.#size[level] = size
    this.#lane[level] = -1
    if (size === 0) this.#level--
    else this.#hasher.follow(this.#above(), all, group, size, this.#nodes[level]!)
    return bytes
  }

  #enter(level: number, spent: number): void {
    this.#level = level
    this.#spent[level] = spent
    this.#next[level] = 0
    this.#size[level] = 0
    this.#lane[level] = -1
  }

  /** The beginning that the level stands on. */
  #above(): Node {
    const above = this.#level - 1
    return above < 0 ? this.#hasher.root : this.#nodes[above]![this.#lane[above]!]!
  }
}

/** What a message costs however short it is, in bytes: about a block. */
const LEAST = 64
