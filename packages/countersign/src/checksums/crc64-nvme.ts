/**
 * CRC-64/NVME, eight bytes a step, in two halves of 32 bits because BigInt is many times slower.
 * @see https://reveng.sourceforge.io/crc-catalogue/17plus.htm "CRC-64/NVME"
 */
import type { Checksum } from './checksum.js'

/** CRC-64/NVME. */
export class Crc64Nvme implements Checksum {
  #high = -1
  #low = -1
  readonly #tables = tablesMade()

  update(piece: Uint8Array): void {
    const { high: tableHigh, low: tableLow } = this.#tables
    let high = this.#high
    let low = this.#low
    let at = 0
    for (; at + 8 <= piece.length; at += 8) {
      low ^= piece[at]! | (piece[at + 1]! << 8) | (piece[at + 2]! << 16) | (piece[at + 3]! << 24)
      high ^= piece[at + 4]! | (piece[at + 5]! << 8) | (piece[at + 6]! << 16) | (piece[at + 7]! << 24)
      const a = 0x700 | (low & 255)
      const b = 0x600 | ((low >>> 8) & 255)
      const c = 0x500 | ((low >>> 16) & 255)
      const d = 0x400 | (low >>> 24)
      const e = 0x300 | (high & 255)
      const f = 0x200 | ((high >>> 8) & 255)
      const g = 0x100 | ((high >>> 16) & 255)
      const h = high >>> 24
      low = tableLow[a]! ^ tableLow[b]! ^ tableLow[c]! ^ tableLow[d]! ^ tableLow[e]! ^ tableLow[f]! ^ tableLow[g]! ^ tableLow[h]!
      high = tableHigh[a]! ^ tableHigh[b]! ^ tableHigh[c]! ^ tableHigh[d]! ^ tableHigh[e]! ^ tableHigh[f]! ^ tableHigh[g]! ^ tableHigh[h]!
    }
    for (; at < piece.length; at++) {
      const byte = (low ^ piece[at]!) & 255
      low = ((low >>> 8) | (high << 24)) ^ tableLow[byte]!
      high = (high >>> 8) ^ tableHigh[byte]!
    }
    this.#high = high
    this.#low = low
  }

  /** 8 bytes. */
  digest(): Uint8Array {
    const [high, low] = [~this.#high, ~this.#low]
    return Uint8Array.of(high >>> 24, high >>> 16, high >>> 8, high, low >>> 24, low >>> 16, low >>> 8, low)
  }
}

interface Tables {
  readonly high: Int32Array
  readonly low: Int32Array
}

function slicingTables(): Tables {
  const high = new Int32Array(8 * 256)
  const low = new Int32Array(8 * 256)
  for (let byte = 0; byte < 256; byte++) {
    let [upper, lower] = [0, byte]
    for (let bit = 0; bit < 8; bit++) {
      const out = lower & 1
      lower = ((lower >>> 1) | (upper << 31)) ^ (out ? POLYNOMIAL_LOW : 0)
      upper = (upper >>> 1) ^ (out ? POLYNOMIAL_HIGH : 0)
    }
    high[byte] = upper
    low[byte] = lower
  }
  for (let i = 256; i < high.length; i++) {
    const [upper, lower] = [high[i - 256]!, low[i - 256]!]
    low[i] = ((lower >>> 8) | (upper << 24)) ^ low[lower & 255]!
    high[i] = (upper >>> 8) ^ high[lower & 255]!
  }
  return { high, low }
}

/** Made when they are first needed. */
function tablesMade(): Tables {
  tables ??= slicingTables()
  return tables
}

let tables: Tables | undefined
/** 0xad93d23594c93659 with its bits in reverse. */
const POLYNOMIAL_HIGH = 0x9a6c9329
const POLYNOMIAL_LOW = 0xac4bc9b5
