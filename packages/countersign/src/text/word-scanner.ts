/** Finds some words in bytes, whatever the case of their letters. */
import { LOOKED_FOR, PLACES, TEXT, type WordKernel, wordKernel } from './word-kernel.js'

/** A word, and where in it the bytes stand that are looked for. */
interface Sought {
  readonly word: Uint8Array
  readonly at: number
}

/**
 * Of each word five bytes are looked for, the ones least like ordinary text; only where they may stand, the word is compared.
 * Letters count without their case: "the SIGNATURE you" has the word "signature" at 4.
 */
export class WordScanner {
  /** By the first two of the five bytes. */
  readonly #sought = new Map<number, readonly Sought[]>()
  readonly #kernel: WordKernel | undefined

  /**
   * @param words ASCII, of five letters at least.
   * @param ordinary Text like that in which they are looked for.
   */
  constructor(words: readonly string[], ordinary = '') {
    const often = new Map<number, number>()
    for (const letter of ordinary) often.set(withoutCase(letter.charCodeAt(0)), (often.get(withoutCase(letter.charCodeAt(0))) ?? 0) + 1)
    // A word that has another in it is found with that.
    const needed = words.filter((word) => !words.some((other) => other !== word && word.toLowerCase().includes(other.toLowerCase())))
    const sought = needed.map((word) => soughtIn(word, often))
    for (const one of sought) {
      const key = keyOf(one.word, one.at)
      this.#sought.set(key, [...(this.#sought.get(key) ?? []), one])
    }
    this.#kernel = wordKernel(tablesOf(sought), BLOCK)
  }

  /** A place, `from` or later, where one of the words begins, and before which none ends; -1 where there is none. Of a word with another in it, it is that one's place. */
  next(bytes: Uint8Array, from: number): number {
    // A short look first: where words stand close together, most of a long one would be made in vain.
    for (let [at, size] = [from, SHORT]; at + LOOKED_FOR <= bytes.length; size = Math.min(BLOCK, 4 * size)) {
      const places = Math.min(size, bytes.length - at) - LOOKED_FOR + 1
      const found = this.#lookAt(bytes, at, places, from)
      if (found >= 0) return found
      at += places
    }
    return -1
  }

  #lookAt(bytes: Uint8Array, at: number, places: number, from: number): number {
    const kernel = this.#kernel
    if (kernel === undefined) return this.#wordAmong(bytes, at, at + places, from)
    kernel.text.set(bytes.subarray(at, at + places + LOOKED_FOR - 1))
    for (let step = 0; step < places; step += PLACES) {
      kernel.look(TEXT + step, TEXT + places)
      step = kernel.words[0]! - TEXT
      if (step >= places) break
      for (let left = kernel.words[1]!; left !== 0; left &= left - 1) {
        const place = at + step + 31 - Math.clz32(left & -left)
        const found = this.#wordAmong(bytes, place, place + 1, from)
        if (found >= 0) return found
      }
    }
    return -1
  }

  /** Where a word begins whose five bytes stand at one of these places. */
  #wordAmong(bytes: Uint8Array, start: number, end: number, from: number): number {
    for (let place = start; place < end; place++)
      for (const { word, at } of this.#sought.get(keyOf(bytes, place)) ?? [])
        if (place - at >= from && standsAt(bytes, place - at, word)) return place - at
    return -1
  }
}

function soughtIn(text: string, often: ReadonlyMap<number, number>): Sought {
  if (text.length < LOOKED_FOR) throw new RangeError(`"${text}" is too short to be looked for: ${LOOKED_FOR} letters at least`)
  const word = Uint8Array.from(text, (letter) => withoutCase(letter.charCodeAt(0)))
  const likeOrdinary = (at: number) =>
    word.subarray(at, at + LOOKED_FOR).reduce((product, byte) => product * (1 + (often.get(byte) ?? 0)), 1)
  const starts = Array.from({ length: word.length - LOOKED_FOR + 1 }, (_, at) => at)
  return { word, at: starts.reduce((best, at) => (likeOrdinary(at) < likeOrdinary(best) ? at : best), 0) }
}

/** Words whose five bytes are alike are one group: then few other bytes look like one of them. */
function tablesOf(sought: readonly Sought[]): Uint8Array {
  const tables = new Uint8Array(2 * LOOKED_FOR * 16)
  const fives = sought.map(({ word, at }) => word.subarray(at, at + LOOKED_FOR))
  fives.sort((one, other) => one.map((byte, i) => byte - other[i]!).find((difference) => difference !== 0) ?? 0)
  for (const [i, five] of fives.entries()) {
    const group = 1 << Math.floor((i * 8) / fives.length)
    for (const [k, byte] of five.entries())
      for (const written of isLetter(byte) ? [byte, byte & ~0x20] : [byte]) {
        tables[32 * k + (written & 0x0f)]! |= group
        tables[32 * k + 16 + (written >> 4)]! |= group
      }
  }
  return tables
}

function keyOf(bytes: Uint8Array, at: number): number {
  return (withoutCase(bytes[at]!) << 8) | withoutCase(bytes[at + 1]!)
}

function isLetter(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a
}

function withoutCase(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte
}

function standsAt(bytes: Uint8Array, start: number, word: Uint8Array): boolean {
  for (let i = 0; i < word.length; i++) {
    const byte = bytes[start + i]
    if (byte === undefined || withoutCase(byte) !== word[i]) return false
  }
  return true
}

/** Bytes looked at together, and how many at first. */
const BLOCK = 262_144
const SHORT = 2048
