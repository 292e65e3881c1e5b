/**
 * SHA-256 of every message that can be put together by taking one text per level: a shared beginning is hashed once, and
 * four beginnings or four ends are hashed at a time.
 */
import { fourLanes, type Lanes } from './four-lanes.js'
import { bytesOf, INITIAL, sha256 } from './pure.js'

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
type Visit = (digest: Int32Array, chosen: Int32Array) => void

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
  const depth = levels.length
  if (depth === 0) return 0
  if (levels.some((level) => level.some(({ length }) => length > LONGEST))) return hashOneByOne(levels, wanted, visit)
  const chosen = new Int32Array(depth)
  const nodes = levels.map(() => FOUR.map(() => new Node()))
  const groups = levels.map(() => new Int32Array(4))
  const { queues, beginnings } = laneRooms()
  for (const queue of queues) queue.begin(depth, wanted.firstWord)
  const { from, to } = wanted
  let count = 0

  const walk = (level: number, node: Node, spent: number): void => {
    const all = levels[level]!
    if (level + 1 === depth) {
      for (let i = 0; i < all.length; i++) {
        const text = all[i]!
        const now = spent + text.cost
        if (now > to) break
        if (now < from) continue
        chosen[level] = i
        count++
        const queue = queues[blocksOf(node.fill + text.length)]!
        queue.add(node, text, chosen)
        if (queue.count === 4) queue.flush(visit)
      }
      return
    }
    const [next, group] = [nodes[level]!, groups[level]!]
    for (let i = 0; i < all.length; ) {
      let size = 0
      for (; i < all.length && size < 4 && spent + all[i]!.cost <= to; i++) group[size++] = i
      if (size === 0) break
      follow(beginnings, node, all, group, size, next)
      for (let lane = 0; lane < size; lane++) {
        chosen[level] = group[lane]!
        walk(level + 1, next[lane]!, spent + all[group[lane]!]!.cost)
      }
    }
  }

  walk(0, new Node(), 0)
  for (const queue of queues) queue.flush(visit)
  return count
}

/** For texts that fill too many blocks for the lanes, which a search hardly ever meets. */
function hashOneByOne(levels: readonly (readonly Choice[])[], wanted: Wanted, visit: Visit): number {
  const chosen = new Int32Array(levels.length)
  const digest = new Int32Array(8)
  let count = 0
  const walk = (level: number, before: Uint8Array, spent: number): void => {
    for (const [i, choice] of levels[level]!.entries()) {
      const now = spent + choice.cost
      if (now > wanted.to) break
      chosen[level] = i
      const message = new Uint8Array(before.length + choice.bytes.length)
      message.set(before)
      message.set(choice.bytes, before.length)
      if (level + 1 < levels.length) walk(level + 1, message, now)
      else if (now >= wanted.from) {
        count++
        const view = new DataView(sha256(message).buffer)
        for (let word = 0; word < 8; word++) digest[word] = view.getInt32(4 * word)
        if (wanted.firstWord === undefined || digest[0] === wanted.firstWord) visit(digest, chosen)
      }
    }
  }
  walk(0, new Uint8Array(), 0)
  return count
}

function blocksOf(bytes: number): number {
  return (bytes + 9 + 63) >> 6
}

/** A beginning of messages, hashed as far as its whole blocks go. */
class Node {
  readonly state = INITIAL.slice()
  /** The bytes after the last whole block, as words; the last one is filled up with zeros. */
  readonly rest = new Int32Array(16)
  /** How many bytes those are, 0 to 63. */
  fill = 0
  /** How many bytes the beginning has. */
  length = 0
  /** Another number for each beginning that it stood for. */
  version = 0
}

/** Writes the whole words of a node's bytes that are not hashed yet into a lane. */
function writeRest(words: Int32Array, lane: number, { rest, fill }: Node): void {
  for (let i = 0, at = lane; 4 * i + 3 < fill; i++, at += 4) words[at] = rest[i]!
}

/** Writes what is left of them, and a text, after those words. Returns where the lane's next word stands. */
function writeText(words: Int32Array, lane: number, { rest, fill }: Node, text: Choice): number {
  const whole = fill >> 2
  let at = lane + 4 * whole
  const own = text.words(fill & 3)
  if ((fill & 3) !== 0) {
    // The text's first word has zeros where the node's last bytes belong.
    words[at] = rest[whole]! | (own.length > 0 ? own[0]! : 0)
    at += 4
    for (let i = 1; i < own.length; i++, at += 4) words[at] = own[i]!
  } else for (let i = 0; i < own.length; i++, at += 4) words[at] = own[i]!
  return at
}

/** Makes of `children` what a node becomes by each of the `size` texts of a group. */
function follow(lanes: Lanes, node: Node, texts: readonly Choice[], group: Int32Array, size: number, children: readonly Node[]): void {
  const { state, result, words } = lanes
  let most = 0
  for (let lane = 0; lane < size; lane++) {
    const text = texts[group[lane]!]!
    for (let i = 0; i < 8; i++) state[4 * i + lane] = node.state[i]!
    writeRest(words, lane, node)
    writeText(words, lane, node, text)
    most = Math.max(most, (node.fill + text.length) >> 6)
  }
  // As a rule all four have the same number of whole blocks.
  for (let blocks = 0; blocks <= most; blocks++) {
    let hashed = false
    for (let lane = 0; lane < size; lane++) {
      const { length } = texts[group[lane]!]!
      const bytes = node.fill + length
      if (bytes >> 6 !== blocks) continue
      if (blocks > 0 && !hashed) lanes.compress(blocks)
      hashed = true
      const child = children[lane]!
      if (blocks > 0) for (let i = 0; i < 8; i++) child.state[i] = result[4 * i + lane]!
      else for (let i = 0; i < 8; i++) child.state[i] = node.state[i]!
      child.fill = bytes & 63
      child.length = node.length + length
      child.version = ++versions
      for (let i = 0, at = 64 * blocks + lane; 4 * i < child.fill; i++, at += 4) child.rest[i] = words[at]!
    }
  }
}

/** Up to four messages whose ends take equally many blocks. */
class LaneQueue {
  count = 0
  readonly #lanes: Lanes
  readonly #blocks: number
  readonly #digest = new Int32Array(8)
  readonly #versions = new Int32Array(4)
  #chosen: Int32Array[] = []
  #firstWord: number | undefined

  constructor(lanes: Lanes, blocks: number) {
    this.#lanes = lanes
    this.#blocks = blocks
  }

  begin(depth: number, firstWord: number | undefined): void {
    this.count = 0
    this.#firstWord = firstWord
    this.#versions.fill(0)
    this.#chosen = FOUR.map(() => new Int32Array(depth))
  }

  /** Takes a message that begins as `node` does and ends in `text`, and pads it. */
  add(node: Node, text: Choice, chosen: Int32Array): void {
    const lane = this.count++
    const { state, words } = this.#lanes
    // What a sibling left in this lane stands still.
    if (this.#versions[lane] !== node.version || node.version === 0) {
      this.#versions[lane] = node.version
      for (let i = 0; i < 8; i++) state[4 * i + lane] = node.state[i]!
      writeRest(words, lane, node)
    }
    const end = writeText(words, lane, node, text)
    const last = 64 * this.#blocks - 4 + lane
    for (let at = end; at < last; at += 4) words[at] = 0
    const bytes = node.fill + text.length
    const mark = 4 * (bytes >> 2) + lane
    words[mark] = words[mark]! | (0x80 << (24 - 8 * (bytes & 3)))
    const length = node.length + text.length
    words[last - 4] = words[last - 4]! | (length >>> 29)
    words[last] = length << 3
    const own = this.#chosen[lane]!
    for (let i = 0; i < own.length; i++) own[i] = chosen[i]!
  }

  flush(visit: Visit): void {
    const { count } = this
    if (count === 0) return
    this.count = 0
    const { result } = this.#lanes
    const digest = this.#digest
    const firstWord = this.#firstWord
    this.#lanes.compress(this.#blocks)
    for (let lane = 0; lane < count; lane++) {
      if (firstWord !== undefined && result[lane] !== firstWord) continue
      for (let i = 0; i < 8; i++) digest[i] = result[4 * i + lane]!
      visit(digest, this.#chosen[lane]!)
    }
  }
}

/** Lanes for beginnings, and a queue for each number of blocks; made once, on the first search. */
function laneRooms(): { readonly beginnings: Lanes; readonly queues: readonly LaneQueue[] } {
  if (made !== undefined) return made
  const [beginnings, ...rooms] = fourLanes([MOST_BLOCKS, ...Array.from({ length: MOST_BLOCKS + 1 }, (_, blocks) => blocks)])
  made = { beginnings: beginnings!, queues: rooms.map((lanes, blocks) => new LaneQueue(lanes, blocks)) }
  return made
}

let versions = 0
let made: { readonly beginnings: Lanes; readonly queues: readonly LaneQueue[] } | undefined
const FOUR = [0, 1, 2, 3] as const
/** So that 63 bytes before, the text, and nine bytes after it fit into the lanes. */
const LONGEST = 4000
const MOST_BLOCKS = 64
