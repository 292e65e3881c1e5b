/** Messages of texts that fit into the four lanes: four beginnings or four ends are hashed at a time. */
import { fourLanes, type Lanes } from './four-lanes.js'
import type { Choice, MessageHasher, Visit } from './message-choice.js'
import { INITIAL } from './pure.js'

/** The longest text, so that 63 bytes before it and nine after it fit into the lanes. */
export const LONGEST_IN_LANES = 4000

/** Hashes by the lanes. They are shared: what a queue holds is hashed before anybody else's turn. */
export class LaneHasher implements MessageHasher<Node> {
  readonly root = new Node()
  readonly #queues: readonly LaneQueue[]
  readonly #beginnings: Lanes
  readonly #depth: number
  readonly #firstWord: number | undefined
  readonly #visit: Visit

  constructor(depth: number, firstWord: number | undefined, visit: Visit) {
    const { queues, beginnings } = laneRooms()
    this.#queues = queues
    this.#beginnings = beginnings
    this.#depth = depth
    this.#firstWord = firstWord
    this.#visit = visit
  }

  node(): Node {
    return new Node()
  }

  begin(): void {
    for (const queue of this.#queues) queue.begin(this.#depth, this.#firstWord)
  }

  end(): void {
    for (const queue of this.#queues) queue.flush(this.#visit)
  }

  follow(node: Node, texts: readonly Choice[], group: Int32Array, size: number, children: readonly Node[]): void {
    follow(this.#beginnings, node, texts, group, size, children)
  }

  last(node: Node, text: Choice, chosen: Int32Array): void {
    const queue = this.#queues[blocksOf(node.fill + text.length)]!
    queue.add(node, text, chosen)
    if (queue.count === 4) queue.flush(this.#visit)
  }
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
const MOST_BLOCKS = 64
