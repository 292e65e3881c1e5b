/** Many texts looked for at once in one pass, in what is left of a text after it was read in a certain way. */
import { endOf, startOf, type View } from './view.js'

/** What a character counts for, by its code: its code in a comparison, or 0 where it is passed over. */
export interface Reading {
  /** Of those that most texts are made of. */
  readonly common: Uint16Array
  of(code: number): number
}

/** A text as it is read: what its characters count for, and where each of them stood. */
export interface ReadText {
  readonly view: View
  readonly codes: Uint16Array
  readonly places: Int32Array
  readonly length: number
}

/** The arrays stand until the next text is read. */
export function readText(view: View, { common, of }: Reading): ReadText {
  const { text } = view
  // A report reads thousands of short texts, and arrays cost more than they do.
  const short = text.length <= SHORT_TEXT
  const [codes, places] = short ? [CODES, PLACES] : [new Uint16Array(text.length), new Int32Array(text.length)]
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const given = text.charCodeAt(i)
    const code = given < COMMON ? common[given]! : of(given)
    if (code === 0) continue
    codes[length] = code
    places[length++] = i
  }
  // What stands behind it is of another text.
  if (length < codes.length) codes[length] = 0
  return { view, codes, places, length }
}

const SHORT_TEXT = 4096
const CODES = new Uint16Array(SHORT_TEXT)
const PLACES = new Int32Array(SHORT_TEXT)

/** A reading made ready for long texts. */
export function readingBy(of: (code: number) => number): Reading {
  return { of, common: Uint16Array.from({ length: COMMON }, (_, code) => of(code)) }
}

/** A text that was found, by where it stood in the text first given. */
export interface Found {
  readonly start: number
  readonly end: number
  readonly placeholder: string
}

/** Texts of six characters or more, found by a number made of their first six. */
export class Needles {
  readonly #reading: Reading
  readonly #byNumber = new Map<number, Alike>()
  readonly #some = new Uint8Array(SOME)
  readonly #least: number
  /** In a text of fewer characters nothing is found. */
  shortest = Number.POSITIVE_INFINITY

  /** @param least Texts of fewer characters, as read, are not looked for. */
  constructor(reading: Reading, least = SHORTEST) {
    this.#reading = reading
    this.#least = least
  }

  add(given: string, placeholder: string): void {
    const { length, codes } = readText({ text: given }, this.#reading)
    if (length < this.#least) return
    const [lead, most] = length > SHORT ? [KEY, MOST_OF_A_KEY] : [KEY_OF_SHORT, MOST_OF_A_SHORT_KEY]
    this.#keep(codes.subarray(0, length), 0, lead, most, placeholder)
  }

  /** Adds what is within a short text, too: any piece of it of sixteen characters. */
  addPieces(given: string, placeholder: string): void {
    const { length, codes } = readText({ text: given }, this.#reading)
    if (length > SHORT) return
    // Every such piece holds one of these windows.
    for (let at = STEP; at + WINDOW <= length; at += STEP)
      this.#keep(codes.subarray(0, length), at, WINDOW, MOST_OF_A_SHORT_KEY, placeholder)
  }

  #keep(codes: Uint16Array, from: number, lead: number, most: number, placeholder: string): void {
    const number = numberAt(codes, from)
    const alike = this.#byNumber.get(number) ?? { lengths: [], byKey: new Map<string, Values>() }
    const text = textOf(codes, from, codes.length)
    const before = textOf(codes, 0, from)
    const key = text.slice(0, lead)
    const values = alike.byKey.get(key) ?? { whole: [], placeholder }
    if (values.whole.length >= most || values.whole.some((one) => one.text === text && one.before === before)) return
    values.whole.push({ text, before })
    this.shortest = Math.min(this.shortest, key.length)
    alike.byKey.set(key, values)
    if (!alike.lengths.includes(key.length)) alike.lengths.push(key.length)
    alike.lengths.sort((a, b) => b - a)
    this.#byNumber.set(number, alike)
    this.#some[number & (SOME - 1)] = 1
  }

  /** Adds what stands in a text, which was read as these were. */
  find({ view, codes, places, length }: ReadText, found: Found[]): void {
    if (length < Math.max(this.shortest, SHORTEST)) return
    let number = numberAt(codes, 0)
    for (let at = 0; ; at++) {
      if (this.#some[number & (SOME - 1)] !== 0) {
        const one = this.#at(codes, at, length, number)
        if (one !== undefined) {
          const { placeholder, from, to } = one
          found.push({ start: startOf(view, places[from]!), end: endOf(view, places[to - 1]!), placeholder })
          if (to + SHORTEST > length) return
          at = to - 1
          number = numberAt(codes, to)
          continue
        }
      }
      if (at + SHORTEST >= length) return
      number = (Math.imul(number - Math.imul(codes[at]!, LEADING), 31) + codes[at + SHORTEST]!) | 0
    }
  }

  /** The value that begins at a place, or of which a piece is round it. */
  #at(
    codes: Uint16Array,
    at: number,
    length: number,
    number: number,
  ): { readonly from: number; readonly to: number; readonly placeholder: string } | undefined {
    const alike = this.#byNumber.get(number)
    for (const size of alike?.lengths ?? []) {
      const values = at + size <= length ? alike!.byKey.get(textOf(codes, at, at + size)) : undefined
      if (values === undefined) continue
      let [from, to] = [at, 0]
      for (const { text, before } of values.whole) {
        const [first, end] = [at - sharedBefore(before, codes, at), at + shared(text, codes, at, size)]
        if (before !== '' && end - first < PIECE) continue
        from = Math.min(from, first)
        to = Math.max(to, end)
      }
      if (to > 0) return { from, to, placeholder: values.placeholder }
    }
    return undefined
  }
}

/** Texts that begin with the same few characters. */
interface Alike {
  /** Of the keys, the longest first. */
  readonly lengths: number[]
  readonly byKey: Map<string, Values>
}

/** Texts of one key: all of a short one, the beginning of a long one. */
interface Values {
  /** Each from the key on, and what is before it. */
  readonly whole: { readonly text: string; readonly before: string }[]
  readonly placeholder: string
}

/** How much of a value stands at a place, of which so much is known to. */
function shared(value: string, codes: Uint16Array, at: number, known: number): number {
  let length = known
  while (length < value.length && value.charCodeAt(length) === codes[at + length]) length++
  return length
}

function sharedBefore(value: string, codes: Uint16Array, at: number): number {
  let length = 0
  while (length < value.length && at > length && value.charCodeAt(value.length - 1 - length) === codes[at - 1 - length]) length++
  return length
}

function numberAt(codes: Uint16Array, at: number): number {
  let number = 0
  for (let i = at; i < at + SHORTEST; i++) number = (Math.imul(number, 31) + codes[i]!) | 0
  return number
}

function textOf(codes: Uint16Array, from: number, to: number): string {
  let text = ''
  for (let at = from; at < to; at++) text += String.fromCharCode(codes[at]!)
  return text
}

export const SHORTEST = 6
/** 31 to the power of one less. */
const LEADING = 31 ** 5
const COMMON = 256
/** So much of a long value is looked up; the rest is compared where that stands. */
const KEY = 128
const MOST_OF_A_KEY = 8
/** What begins like a secret for that long is what is left of it; session tokens all begin alike, and are longer. */
const SHORT = 64
const KEY_OF_SHORT = 16
const MOST_OF_A_SHORT_KEY = 64
/** A piece of so many characters is no word that texts share; each holds a window of these, wherever it begins. */
const PIECE = 16
const STEP = 6
const WINDOW = PIECE - STEP + 1
/** How many marks there are to say that no value begins so. */
const SOME = 8192
