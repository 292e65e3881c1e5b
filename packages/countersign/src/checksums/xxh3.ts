/**
 * XXH3 with seed 0, in 64 bits and in 128: eight lanes of 64 bits a stripe of 64 bytes, each in two halves of 32.
 * @see https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md "XXH3 Algorithm Description (for large inputs)"
 */
import type { Checksum } from './checksum.js'
import { bigEndian, halvesOf, highOfProduct, low64, wordsOf } from './word64.js'
import { avalanche, PRIME_1, PRIME_2, PRIME_3, PRIME_4, PRIME_5, PRIME32_1, PRIME32_2, PRIME32_3 } from './xxh-primes.js'
import { SECRET, secretAt } from './xxh3-secret.js'
import { folded, SHORT, shortXxh3, shortXxh128 } from './xxh3-short.js'

/**
 * What both widths share. A stripe is taken only when a byte follows it, because the last stripe of a message is taken in another
 * way; of what was taken the last 64 bytes are kept, because that stripe may reach back into them.
 */
abstract class Xxh3 implements Checksum {
  readonly #lanes = halvesOf([PRIME32_3, PRIME_1, PRIME_2, PRIME_3, PRIME_4, PRIME32_2, PRIME_5, PRIME32_1])
  readonly #held = new Uint8Array(HELD)
  #filled = 0
  #length = 0
  /** Stripes taken of the block at hand. */
  #stripes = 0

  update(piece: Uint8Array): void {
    this.#length += piece.length
    let at = 0
    if (this.#filled + piece.length > HELD) {
      if (this.#filled > 0) {
        at = HELD - this.#filled
        this.#held.set(piece.subarray(0, at), this.#filled)
        for (let from = 0; from < HELD; from += STRIPE) this.#take(this.#held, from)
        this.#filled = 0
      }
      const first = at
      for (; piece.length - at > HELD; at += STRIPE) this.#take(piece, at)
      if (at > first) this.#held.set(piece.subarray(at - STRIPE, at), HELD - STRIPE)
    }
    this.#held.set(piece.subarray(at), this.#filled)
    this.#filled += piece.length - at
  }

  abstract digest(): Uint8Array

  /** The message, where it is short. */
  protected short(): Uint8Array | undefined {
    return this.#length > SHORT ? undefined : this.#held.subarray(0, this.#filled)
  }

  protected get length(): bigint {
    return BigInt(this.#length)
  }

  /** The lanes after the whole message. Call it once. */
  protected ended(): readonly bigint[] {
    const [held, filled] = [this.#held, this.#filled]
    let from = 0
    for (; from + STRIPE < filled; from += STRIPE) this.#take(held, from)
    const last = new Uint8Array(STRIPE)
    const before = Math.max(STRIPE - filled, 0)
    last.set(held.subarray(HELD - before), 0)
    last.set(held.subarray(Math.max(filled - STRIPE, 0), filled), before)
    accumulate(this.#lanes, last, 0, LAST_KEYS, 0)
    return wordsOf(this.#lanes)
  }

  #take(bytes: Uint8Array, at: number): void {
    accumulate(this.#lanes, bytes, at, KEYS, 2 * this.#stripes)
    if (++this.#stripes < STRIPES_A_BLOCK) return
    scramble(this.#lanes)
    this.#stripes = 0
  }
}

/** XXH3 in 64 bits, which S3 calls XXHASH3. */
export class Xxh3Of64 extends Xxh3 {
  /** 8 bytes. */
  digest(): Uint8Array {
    const short = this.short()
    return bigEndian(short === undefined ? merged(this.ended(), this.length * PRIME_1, 11) : shortXxh3(short))
  }
}

/** XXH3 in 128 bits, which S3 calls XXHASH128. */
export class Xxh3Of128 extends Xxh3 {
  /** 16 bytes. */
  digest(): Uint8Array {
    const short = this.short()
    if (short !== undefined) return bigEndian(...shortXxh128(short))
    const lanes = this.ended()
    return bigEndian(merged(lanes, ~(this.length * PRIME_2), 117), merged(lanes, this.length * PRIME_1, 11))
  }
}

/** Lane i gets the product of the halves of word i and key; its neighbour gets the word. */
function accumulate(lanes: Int32Array, bytes: Uint8Array, at: number, keys: Int32Array, key: number): void {
  for (let i = 0; i < 16; i += 2) {
    const from = at + 4 * i
    const low = bytes[from]! | (bytes[from + 1]! << 8) | (bytes[from + 2]! << 16) | (bytes[from + 3]! << 24)
    const high = bytes[from + 4]! | (bytes[from + 5]! << 8) | (bytes[from + 6]! << 16) | (bytes[from + 7]! << 24)
    const next = i ^ 2
    const sum = (lanes[next]! + low) | 0
    lanes[next + 1] = lanes[next + 1]! + high + (sum >>> 0 < low >>> 0 ? 1 : 0)
    lanes[next] = sum
    const keyLow = low ^ keys[key + i]!
    const keyHigh = high ^ keys[key + i + 1]!
    const product = Math.imul(keyLow, keyHigh)
    const total = (lanes[i]! + product) | 0
    lanes[i + 1] = lanes[i + 1]! + highOfProduct(keyLow, keyHigh) + (total >>> 0 < product >>> 0 ? 1 : 0)
    lanes[i] = total
  }
}

/** At the end of a block: lane = ((lane ^ (lane >> 47)) ^ secret) * a prime of 32 bits. */
function scramble(lanes: Int32Array): void {
  for (let i = 0; i < 16; i += 2) {
    const high = lanes[i + 1]!
    const low = lanes[i]! ^ (high >>> 15) ^ KEYS[32 + i]!
    lanes[i] = Math.imul(low, SCRAMBLING)
    lanes[i + 1] = highOfProduct(low, SCRAMBLING) + Math.imul(high ^ KEYS[33 + i]!, SCRAMBLING)
  }
}

function merged(lanes: readonly bigint[], start: bigint, secret: number): bigint {
  let sum = start
  for (let i = 0; i < 8; i += 2) sum += folded((lanes[i]! ^ secretAt(secret + 8 * i)) * (lanes[i + 1]! ^ secretAt(secret + 8 * i + 8)))
  return avalanche(low64(sum))
}

const STRIPE = 64
const HELD = 4 * STRIPE
const STRIPES_A_BLOCK = 16
const SCRAMBLING = 0x9e3779b1 | 0
/** The secret in halves; and as the last stripe of a message has it. */
const KEYS = halvesOf(Array.from({ length: SECRET.length / 8 }, (_, i) => secretAt(8 * i)))
const LAST_KEYS = halvesOf(Array.from({ length: 8 }, (_, i) => secretAt(121 + 8 * i)))
