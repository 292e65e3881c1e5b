/**
 * CRC-32 (of zip, gzip and Ethernet) and CRC-32C (Castagnoli's polynomial), eight bytes a step.
 * @see https://reveng.sourceforge.io/crc-catalogue/17plus.htm "CRC-32/ISO-HDLC", "CRC-32/ISCSI"
 */
import type { Checksum } from './checksum.js'

abstract class ReflectedCrc32 implements Checksum {
  #crc = -1
  readonly #tables: Int32Array
  protected constructor(tables: Int32Array) {
    this.#tables = tables
  }
  update(piece: Uint8Array): void {
    this.#crc = advanced(this.#tables, this.#crc, piece)
  }
  /** 4 bytes. */
  digest(): Uint8Array {
    const value = ~this.#crc
    return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
  }
}

/** CRC-32. */
export class Crc32 extends ReflectedCrc32 {
  constructor() {
    super(tablesOf(0xedb88320))
  }
}

/** CRC-32C. */
export class Crc32c extends ReflectedCrc32 {
  constructor() {
    super(tablesOf(0x82f63b78))
  }
}

/** "Slicing by 8": eight bytes are looked up in eight tables, table k for a byte that k more bytes follow. */
function advanced(tables: Int32Array, start: number, bytes: Uint8Array): number {
  let crc = start
  let at = 0
  for (; at + 8 <= bytes.length; at += 8) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    crc =
      tables[0x700 | (crc & 255)]! ^
      tables[0x600 | ((crc >>> 8) & 255)]! ^
      tables[0x500 | ((crc >>> 16) & 255)]! ^
      tables[0x400 | (crc >>> 24)]! ^
      tables[0x300 | bytes[at + 4]!]! ^
      tables[0x200 | bytes[at + 5]!]! ^
      tables[0x100 | bytes[at + 6]!]! ^
      tables[bytes[at + 7]!]!
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ tables[(crc ^ bytes[at]!) & 255]!
  return crc
}

/** @param polynomial With its bits in reverse, the highest power in the lowest bit. */
function slicingTables(polynomial: number): Int32Array {
  const tables = new Int32Array(8 * 256)
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? polynomial : 0)
    tables[byte] = crc
  }
  for (let i = 256; i < tables.length; i++) {
    const before = tables[i - 256]!
    tables[i] = (before >>> 8) ^ tables[before & 255]!
  }
  return tables
}

/** Made when they are first needed. */
function tablesOf(polynomial: number): Int32Array {
  const tables = TABLES.get(polynomial) ?? slicingTables(polynomial)
  TABLES.set(polynomial, tables)
  return tables
}

const TABLES = new Map<number, Int32Array>()
