/** Finds some words in bytes, whatever the case of their letters, in one look at every fourth byte. */

/**
 * Each word of six bytes or more has three bytes in a row that begin at a multiple of four: only where those are a word's, it is
 * compared. Letters count without their case: "the SIGNATURE you" has the word "signature" at 4.
 */
export class WordScanner {
  readonly #words: readonly Uint8Array[]
  readonly #longest: number
  /** By the hash of three bytes: whether a word has them in the six of it that are looked for. */
  readonly #found = new Uint8Array(1 << HASH_BITS)
  /** Which, and where in it. */
  readonly #which = new Map<number, { readonly word: Uint8Array; readonly at: number }[]>()

  /**
   * @param words ASCII, of six letters at least.
   * @param ordinary Text like that in which they are looked for: of each word, the six letters least like it are looked for.
   */
  constructor(words: readonly string[], ordinary = '') {
    this.#words = words.map((word) => Uint8Array.from(word, (letter) => withoutCase(letter.charCodeAt(0))))
    this.#longest = words.reduce((longest, { length }) => Math.max(longest, length), 0)
    const four = new Uint32Array(1)
    const bytes = new Uint8Array(four.buffer)
    const keyOf = (word: Uint8Array, at: number) => {
      bytes.set(word.subarray(at, at + 3))
      return hash(four[0]!)
    }
    const text = Uint8Array.from(ordinary, (letter) => letter.charCodeAt(0))
    const common = Array.from(text.subarray(2), (_, at) => keyOf(text, at))
    for (const [i, word] of this.#words.entries()) {
      if (word.length < SHORTEST) throw new RangeError(`"${words[i]}" is too short to be looked for: ${SHORTEST} letters at least`)
      const windows = Array.from({ length: word.length - SHORTEST + 1 }, (_, start) => {
        const places = Array.from({ length: FOUR }, (_, k) => ({ at: start + k, key: keyOf(word, start + k) }))
        return { places, likeOrdinary: common.filter((key) => places.some((place) => place.key === key)).length }
      })
      const { places } = windows.reduce((best, window) => (window.likeOrdinary < best.likeOrdinary ? window : best))
      for (const { at, key } of places) {
        this.#found[key] = 1
        this.#which.set(key, [...(this.#which.get(key) ?? []), { word, at }])
      }
    }
  }

  /** A place, `from` or later, where one of the words begins, and before which none ends; -1 where there is none. */
  next(bytes: Uint8Array, from: number): number {
    const { byteOffset, length } = bytes
    const found = this.#found
    // Places count from the beginning of the buffer here, where they are multiples of four.
    const fours = new Uint32Array(bytes.buffer, 0, Math.floor((byteOffset + length) / FOUR))
    const last = fours.length - 3
    let i = Math.ceil((byteOffset + from) / FOUR)
    for (;;) {
      // Four at once: this loop is where the time goes.
      while (
        i < last &&
        (found[hash(fours[i]!)]! | found[hash(fours[i + 1]!)]! | found[hash(fours[i + 2]!)]! | found[hash(fours[i + 3]!)]!) === 0
      )
        i += 4
      if (i >= fours.length) break
      const place = FOUR * i - byteOffset
      for (const { word, at } of this.#which.get(hash(fours[i]!)) ?? [])
        if (place - at >= from && standsAt(bytes, place - at, word)) return place - at
      i++
    }
    // The last bytes are no whole four.
    for (let start = Math.max(from, length - FOUR - this.#longest); start <= length - SHORTEST; start++)
      if (this.#words.some((word) => standsAt(bytes, start, word))) return start
    return -1
  }
}

const FOUR = 4
const SHORTEST = 6
const HASH_BITS = 15
/** Leaves of three bytes what letters have without their case. In the machine's own order of bytes, as they are read. */
const MASK = new Uint32Array(Uint8Array.of(31, 31, 31, 0).buffer)[0]!

function hash(four: number): number {
  return Math.imul(four & MASK, 0x9e3779b1) >>> (32 - HASH_BITS)
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
