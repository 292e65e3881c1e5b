/**
 * The CRCs of S3's checksum headers: CRC-32, CRC-32C and CRC-64/NVME. In WebAssembly where there is one and the piece is long, else eight
 * bytes a step in two halves of 32 bits, because BigInt is many times slower.
 * @see https://reveng.sourceforge.io/crc-catalogue/17plus.htm "CRC-32/ISO-HDLC", "CRC-32/ISCSI", "CRC-64/NVME"
 */
import type { Checksum } from './checksum.js'
import { type CrcKernel, type CrcTables, crcKernel, crcTables, LARGEST_STEP } from './crc-kernel.js'

abstract class ReflectedCrc implements Checksum {
  protected high = 0
  protected low = -1
  readonly #made: Made
  protected constructor(polynomial: Polynomial) {
    this.#made = madeOf(polynomial)
  }

  update(piece: Uint8Array): void {
    const { kernel, tables } = this.#made
    let at = 0
    if (piece.length >= WORTH_A_KERNEL && kernel !== undefined) {
      kernel.state[0] = this.low
      kernel.state[1] = this.high
      for (const end = piece.length & ~15; at < end; ) {
        const part = piece.subarray(at, Math.min(end, at + LARGEST_STEP))
        kernel.data.set(part)
        kernel.advance(part.length >> 4)
        at += part.length
      }
      this.low = kernel.state[0]!
      this.high = kernel.state[1]!
    }
    this.#plainly(tables, piece, at)
  }

  #plainly({ low: tableLow, high: tableHigh }: CrcTables, piece: Uint8Array, from: number): void {
    let { high, low } = this
    let at = from
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
    this.high = high
    this.low = low
  }

  abstract digest(): Uint8Array
}

abstract class ReflectedCrc32 extends ReflectedCrc {
  /** 4 bytes. */
  digest(): Uint8Array {
    return bigEndian(~this.low)
  }
}

/** CRC-32, of zip, gzip and Ethernet. */
export class Crc32 extends ReflectedCrc32 {
  constructor() {
    super(CRC_32)
  }
}

/** CRC-32C, with Castagnoli's polynomial. */
export class Crc32c extends ReflectedCrc32 {
  constructor() {
    super(CRC_32C)
  }
}

/** CRC-64/NVME. */
export class Crc64Nvme extends ReflectedCrc {
  protected override high = -1
  constructor() {
    super(CRC_64_NVME)
  }
  /** 8 bytes. */
  digest(): Uint8Array {
    return Uint8Array.of(...bigEndian(~this.high), ...bigEndian(~this.low))
  }
}

function bigEndian(word: number): Uint8Array {
  return Uint8Array.of(word >>> 24, word >>> 16, word >>> 8, word)
}

/** With its bits in reverse, the highest power in the lowest bit. */
interface Polynomial {
  readonly low: number
  readonly high: number
}

interface Made {
  readonly tables: CrcTables
  readonly kernel: CrcKernel | undefined
}

/** Made when they are first needed. */
function madeOf(polynomial: Polynomial): Made {
  const known = MADE.get(polynomial)
  if (known !== undefined) return known
  const tables = crcTables(polynomial)
  const made = { tables, kernel: crcKernel(tables) }
  MADE.set(polynomial, made)
  return made
}

const MADE = new Map<Polynomial, Made>()
const CRC_32: Polynomial = { low: 0xedb88320, high: 0 }
const CRC_32C: Polynomial = { low: 0x82f63b78, high: 0 }
/** 0xad93d23594c93659 in reverse. */
const CRC_64_NVME: Polynomial = { low: 0xac4bc9b5, high: 0x9a6c9329 }
/** Below so many bytes, copying them costs more than it saves. */
const WORTH_A_KERNEL = 128
