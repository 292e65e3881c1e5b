/** Messages of texts too long for the lanes: one at a time, each beginning hashed once all the same. */
import type { Choice, MessageHasher, Visit } from './message-choice.js'
import { compress, finish, INITIAL } from './pure.js'

interface Node {
  readonly state: Int32Array
  /** The bytes after the last whole block. */
  readonly rest: Uint8Array
  fill: number
  /** How many bytes were hashed. */
  hashed: number
}

/** Hashes a message at a time. */
export class PlainHasher implements MessageHasher<Node> {
  readonly root = emptyNode()
  readonly #own = emptyNode()
  readonly #digest = new Int32Array(8)
  readonly #firstWord: number | undefined
  readonly #visit: Visit

  constructor(firstWord: number | undefined, visit: Visit) {
    this.#firstWord = firstWord
    this.#visit = visit
  }

  node(): Node {
    return emptyNode()
  }

  begin(): void {}

  end(): void {}

  follow(node: Node, texts: readonly Choice[], group: Int32Array, size: number, children: readonly Node[]): void {
    for (let lane = 0; lane < size; lane++) followed(node, texts[group[lane]!]!.bytes, children[lane]!)
  }

  last(node: Node, text: Choice, chosen: Int32Array): void {
    const own = this.#own
    followed(node, text.bytes, own)
    const bytes = finish(own.state, own.rest.subarray(0, own.fill), own.hashed)
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    for (let word = 0; word < 8; word++) this.#digest[word] = view.getInt32(4 * word)
    if (this.#firstWord === undefined || this.#digest[0] === this.#firstWord) this.#visit(this.#digest, chosen)
  }
}

/** Makes of `child` what a node becomes by further bytes. */
function followed(node: Node, bytes: Uint8Array, child: Node): void {
  child.state.set(node.state)
  child.rest.set(node.rest)
  child.hashed = node.hashed
  const first = Math.min(bytes.length, node.fill === 0 ? 0 : 64 - node.fill)
  child.rest.set(bytes.subarray(0, first), node.fill)
  child.fill = node.fill + first
  if (child.fill === 64) {
    compress(child.state, child.rest, 0)
    child.hashed += 64
    child.fill = 0
  }
  if (child.fill > 0) return
  let at = first
  for (; at + 64 <= bytes.length; at += 64) compress(child.state, bytes, at)
  child.hashed += at - first
  child.rest.set(bytes.subarray(at))
  child.fill = bytes.length - at
}

function emptyNode(): Node {
  return { state: INITIAL.slice(), rest: new Uint8Array(64), fill: 0, hashed: 0 }
}
