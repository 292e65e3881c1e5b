/** Eight words as 64 lower-case hex digits, four digits a step and without a table: the digits of a secret value leave no trace in a cache. */

/** Writes the digits of a state or digest. */
export function writeHexDigits(words: Int32Array, target: DataView, at: number): void {
  for (let i = 0; i < 8; i++) {
    const word = words[i]!
    target.setInt32(at + 8 * i, fourDigits(word >>> 16))
    target.setInt32(at + 8 * i + 4, fourDigits(word & 0xffff))
  }
}

/** Whether the digits that stand there are those of the words. Looks at all of them whatever it finds. */
export function hexDigitsEqual(words: Int32Array, given: DataView, at: number): boolean {
  let difference = 0
  for (let i = 0; i < 8; i++) {
    const word = words[i]!
    difference |= fourDigits(word >>> 16) ^ given.getInt32(at + 8 * i)
    difference |= fourDigits(word & 0xffff) ^ given.getInt32(at + 8 * i + 4)
  }
  return difference === 0
}

/** The codes of the four digits of 16 bits: "0" is added to each, and what lies between "9" and "a" to those above 9. */
function fourDigits(value: number): number {
  const digits = ((value & 0xf000) << 12) | ((value & 0xf00) << 8) | ((value & 0xf0) << 4) | (value & 0xf)
  return (digits + 0x30303030 + Math.imul(((digits + 0x06060606) >>> 4) & 0x01010101, 39)) | 0
}
