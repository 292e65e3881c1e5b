/**
 * XXH64 with seed 0, four lanes of 64 bits a step, each in two halves of 32 because BigInt is many times slower.
 * @see https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md "XXH64 Algorithm Description"
 */
import { BlockChecksum } from './block-checksum.js'
import { bigEndian, halvesOf, highOfProduct, low64, rotated, word32At, word64At, wordsOf } from './word64.js'
import { PRIME_1, PRIME_2, PRIME_3, PRIME_4, PRIME_5, xxh64Avalanche } from './xxh-primes.js'

/** XXH64 of a message that comes in pieces. */
export class Xxh64 extends BlockChecksum {
  /** Lane i is low half 2i, high half 2i + 1. */
  readonly #lanes = halvesOf([PRIME_1 + PRIME_2, PRIME_2, 0n, -PRIME_1])

  constructor() {
    super(BLOCK)
  }

  /** 8 bytes. */
  digest(): Uint8Array {
    const rest = this.block.subarray(0, this.filled)
    let hash = low64((this.length >= BLOCK ? this.#merged() : PRIME_5) + BigInt(this.length))
    let at = 0
    for (; at + 8 <= rest.length; at += 8) hash = low64(rotated(hash ^ round(0n, word64At(rest, at)), 27) * PRIME_1 + PRIME_4)
    if (at + 4 <= rest.length) {
      hash = low64(rotated(hash ^ low64(word32At(rest, at) * PRIME_1), 23) * PRIME_2 + PRIME_3)
      at += 4
    }
    for (; at < rest.length; at++) hash = low64(rotated(hash ^ low64(BigInt(rest[at]!) * PRIME_5), 11) * PRIME_1)
    return bigEndian(xxh64Avalanche(hash))
  }

  #merged(): bigint {
    const lanes = wordsOf(this.#lanes)
    let hash = 0n
    for (const [i, lane] of lanes.entries()) hash = low64(hash + rotated(lane, [1, 7, 12, 18][i]!))
    for (const lane of lanes) hash = low64((hash ^ round(0n, lane)) * PRIME_1 + PRIME_4)
    return hash
  }

  /** lane = rotated(lane + word * PRIME_2, 31) * PRIME_1, for each of the four. */
  protected override take(bytes: Uint8Array, at: number): void {
    const lanes = this.#lanes
    for (let i = 0; i < 8; i += 2) {
      const from = at + 4 * i
      const wordLow = bytes[from]! | (bytes[from + 1]! << 8) | (bytes[from + 2]! << 16) | (bytes[from + 3]! << 24)
      const wordHigh = bytes[from + 4]! | (bytes[from + 5]! << 8) | (bytes[from + 6]! << 16) | (bytes[from + 7]! << 24)
      const productLow = Math.imul(wordLow, P2_LOW)
      const productHigh = (highOfProduct(wordLow, P2_LOW) + Math.imul(wordLow, P2_HIGH) + Math.imul(wordHigh, P2_LOW)) | 0
      const low = (lanes[i]! + productLow) | 0
      const high = (lanes[i + 1]! + productHigh + (low >>> 0 < productLow >>> 0 ? 1 : 0)) | 0
      const turnedLow = (low << 31) | (high >>> 1)
      const turnedHigh = (high << 31) | (low >>> 1)
      lanes[i] = Math.imul(turnedLow, P1_LOW)
      lanes[i + 1] = highOfProduct(turnedLow, P1_LOW) + Math.imul(turnedLow, P1_HIGH) + Math.imul(turnedHigh, P1_LOW)
    }
  }
}

function round(lane: bigint, word: bigint): bigint {
  return low64(rotated(low64(lane + word * PRIME_2), 31) * PRIME_1)
}

const BLOCK = 32
const [P1_LOW, P1_HIGH] = [0x85ebca87 | 0, 0x9e3779b1 | 0]
const [P2_LOW, P2_HIGH] = [0x27d4eb4f, 0xc2b2ae3d | 0]
