/**
 * HMAC-SHA256, under one key, of many texts that differ in a hash at their end: the strings to sign of a search. Four at a
 * time; what all of them begin with is hashed once.
 */
import { bytesOf, compress, hmacMidstates, hmacSha256Hex, sha256Hex } from './pure.js'
import { type SimdKernel, simdKernel } from './simd-kernel.js'

/** A key, and what the texts under it begin with: hashed once, for any number of comparisons. */
export class HmacBeginning {
  readonly key: Uint8Array
  readonly head: string
  /** The states after the padded key and the whole blocks of the head, and after the key of the outer hash. */
  readonly inner: Int32Array
  readonly outer: Int32Array
  /** The bytes of the head after its last whole block. */
  readonly rest: Uint8Array

  /** @param head A byte string. */
  constructor(key: Uint8Array, head: string) {
    const { inner, outer } = hmacMidstates(key)
    const bytes = bytesOf(head)
    const whole = bytes.length - (bytes.length % 64)
    for (let at = 0; at < whole; at += 64) compress(inner, bytes, at)
    this.key = key
    this.head = head
    this.inner = inner
    this.outer = outer
    this.rest = bytes.subarray(whole)
  }
}

/**
 * Tells which digests, written in lower-case hex after the head, make the text whose HMAC is `wanted`.
 *
 * @param digests Eight words per digest.
 * @param wanted The HMAC looked for, 64 lower-case hex digits.
 * @param sealed `wanted` is the SHA-256 of those digits.
 * @returns The indexes of those that do.
 */
export function hmacMatches(beginning: HmacBeginning, digests: Int32Array, wanted: string, sealed = false): number[] {
  if (sealed) return plainMatches(beginning, digests, wanted, sealed)
  kernel ??= simdKernel(MEMORY) ?? 'none'
  return kernel === 'none' ? plainMatches(beginning, digests, wanted) : simdMatches(kernel, beginning, digests, wanted)
}

/** One by one, without WebAssembly. */
export function plainMatches({ key, head }: HmacBeginning, digests: Int32Array, wanted: string, sealed = false): number[] {
  const found: number[] = []
  for (let i = 0; 8 * i < digests.length; i++) {
    let hex = ''
    for (let word = 0; word < 8; word++) hex += (digests[8 * i + word]! >>> 0).toString(16).padStart(8, '0')
    const mac = hmacSha256Hex(key, head + hex)
    if ((sealed ? sha256Hex(mac) : mac) === wanted) found.push(i)
  }
  return found
}

function simdMatches({ memory, compress4, hex4 }: SimdKernel, beginning: HmacBeginning, digests: Int32Array, wanted: string): number[] {
  const all = new Int32Array(memory.buffer)
  const { rest, head } = beginning
  const blocks = rest.length + HEX_DIGITS + 9 <= 128 ? 2 : 3
  const first = TEXT + 16 * (rest.length >> 2)
  const shift = 8 * (rest.length & 3)
  writeStates(all, beginning)
  writeFrame(all, rest, blocks, 64 + head.length + HEX_DIGITS)
  const target = new Int32Array(8)
  for (let i = 0; i < 8; i++) target[i] = Number.parseInt(wanted.slice(8 * i, 8 * i + 8), 16)
  const found: number[] = []
  const count = digests.length / 8
  for (let from = 0; from < count; from += 4) {
    const here = Math.min(4, count - from)
    for (let lane = 0, at = 8 * from; lane < here; lane++) for (let i = 0; i < 32; i += 4) all[DIGESTS / 4 + i + lane] = digests[at++]!
    hex4(DIGESTS, first, shift, BEFORE, AFTER)
    compress4(INNER, OUTER_BLOCK, TEXT, blocks)
    compress4(OUTER, MACS, OUTER_BLOCK, 1)
    for (let lane = 0; lane < here; lane++) if (all[MACS / 4 + lane] === target[0] && isMac(all, lane, target)) found.push(from + lane)
  }
  return found
}

/** Puts the states of a beginning into all lanes. */
function writeStates(all: Int32Array, { inner, outer }: HmacBeginning): void {
  for (let i = 0; i < 32; i++) {
    all[INNER / 4 + i] = inner[i >> 2]!
    all[OUTER / 4 + i] = outer[i >> 2]!
    // In a block of the outer hash all but the inner one stands for ever: the end mark and the length.
    all[OUTER_BLOCK / 4 + 32 + i] = i < 4 ? 0x80 << 24 : i >= 28 ? (64 + 32) * 8 : 0
  }
}

/** Writes what every text has round its hash: the rest of the head before it, and the padding after it. */
function writeFrame(all: Int32Array, rest: Uint8Array, blocks: number, length: number): void {
  const frame = new Uint8Array(64 * blocks)
  frame.set(rest)
  frame[rest.length + HEX_DIGITS] = 0x80
  const view = new DataView(frame.buffer)
  view.setUint32(frame.length - 4, length * 8)
  const hash = rest.length >> 2
  for (let i = 0; i < 64 * blocks; i++) all[TEXT / 4 + i] = view.getInt32(4 * (i >> 2))
  for (let lane = 0; lane < 4; lane++) {
    all[BEFORE / 4 + lane] = view.getInt32(4 * hash)
    all[AFTER / 4 + lane] = view.getInt32(4 * (hash + 16))
  }
}

function isMac(all: Int32Array, lane: number, target: Int32Array): boolean {
  for (let i = 1; i < 8; i++) if (all[MACS / 4 + 4 * i + lane] !== target[i]) return false
  return true
}

let kernel: SimdKernel | 'none' | undefined
const HEX_DIGITS = 64
// Where in the kernel's memory things stand, in bytes: four lanes of eight words take 128, a block of text 256.
const [DIGESTS, INNER, OUTER, MACS, BEFORE, AFTER, OUTER_BLOCK, TEXT, MEMORY] = [0, 128, 256, 384, 512, 528, 768, 1024, 1792]
