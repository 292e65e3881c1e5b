/** Words of 64 bits: as BigInt where there are few of them, in halves of 32 where there are many. */

export function low64(value: bigint): bigint {
  return BigInt.asUintN(64, value)
}

export function rotated(value: bigint, bits: number): bigint {
  return low64(value << BigInt(bits)) | (value >> BigInt(64 - bits))
}

/** The word at a place, its first byte the lowest. */
export function word64At(bytes: Uint8Array, at: number): bigint {
  return (word32At(bytes, at + 4) << 32n) | word32At(bytes, at)
}

export function word32At(bytes: Uint8Array, at: number): bigint {
  return BigInt((bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0)
}

/** The words' bytes, the first byte of each the highest. */
export function bigEndian(...words: readonly bigint[]): Uint8Array {
  const bytes = new Uint8Array(8 * words.length)
  const view = new DataView(bytes.buffer)
  for (const [i, word] of words.entries()) view.setBigUint64(8 * i, word)
  return bytes
}

/** Words as halves, of each the lower one first. */
export function halvesOf(words: readonly bigint[]): Int32Array {
  return Int32Array.from(words.flatMap((word) => [Number(BigInt.asIntN(32, word)), Number(BigInt.asIntN(32, word >> 32n))]))
}

/** The words of such halves. */
export function wordsOf(halves: Int32Array): bigint[] {
  const words: bigint[] = []
  for (let i = 0; i < halves.length; i += 2) words.push((BigInt(halves[i + 1]! >>> 0) << 32n) | BigInt(halves[i]! >>> 0))
  return words
}

/** The upper half of the product of two halves without a sign; `Math.imul` is the lower one. */
export function highOfProduct(a: number, b: number): number {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16)
  return aHigh * bHigh + (middle >>> 16) + ((aLow * bHigh + (middle & 0xffff)) >>> 16)
}
