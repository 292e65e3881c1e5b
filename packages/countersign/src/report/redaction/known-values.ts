/** Values that may not be shown, found in a text in whatever spelling. Time is linear in the text, however many values there are. */
import { base64Of, bytesOf, hexOf, readableText, utf8ByteString } from '../../sigv4/index.js'
import { base64LettersOf, digitsOf, folded, lettersOf, readingsOf } from './spellings.js'
import type { View } from './view.js'

/** A value, and what is written in its place. */
export type KnownValue = readonly [value: string, placeholder: string]

/** Values made ready once for the many texts of a report. */
export class KnownValues {
  readonly #whole = new Needles()
  readonly #letters = new Needles()
  readonly #digits = new Needles()
  readonly #base64 = new Needles()

  constructor(values: readonly KnownValue[]) {
    for (const [value, placeholder] of values) {
      for (const spelling of spellingsOf(value)) {
        this.#whole.add(folded(spelling), placeholder)
        const letters = lettersOf({ text: spelling, start: (at) => at, end: (at) => at }).text
        if (letters.length >= SHORTEST_TORN) this.#letters.add(letters, placeholder)
        // Whole runs of digits and base64 are read; these are found amid other digits, too.
        const bytes = bytesOf(spelling)
        this.#digits.add(hexOf(bytes), placeholder)
        for (const form of base64Forms(bytes)) this.#base64.add(form, placeholder)
      }
    }
  }

  /** The text with a placeholder for each value. Its line ends stay. */
  replacedIn(text: string): string {
    if (this.#whole.size === 0 || text.length < SHORTEST) return text
    const found: Found[] = []
    for (const view of readingsOf(text)) {
      this.#whole.find(view, folded(view.text), found)
      for (const [needles, other] of [
        [this.#letters, lettersOf(view)],
        [this.#digits, digitsOf(view)],
        [this.#base64, base64LettersOf(view)],
      ] as const)
        needles.find(other, other.text, found)
    }
    return found.length === 0 ? text : without(text, found)
  }
}

interface Found {
  readonly start: number
  readonly end: number
  readonly placeholder: string
}

function without(text: string, found: readonly Found[]): string {
  const inOrder = [...found].sort((a, b) => a.start - b.start || b.end - a.end)
  let clean = ''
  let at = 0
  for (let i = 0; i < inOrder.length; ) {
    const { start, placeholder } = inOrder[i]!
    let { end } = inOrder[i]!
    for (i++; i < inOrder.length && inOrder[i]!.start < end; i++) end = Math.max(end, inOrder[i]!.end)
    clean += text.slice(at, start) + placeholder + text.slice(start, end).replace(/[^\n]+/g, '')
    at = end
  }
  return clean + text.slice(at)
}

/** Texts that are looked for all at once, by a number made of their first characters. */
class Needles {
  readonly #byNumber = new Map<number, Alike>()
  readonly #some = new Uint8Array(SOME)
  size = 0

  add(text: string, placeholder: string): void {
    if (text.length < SHORTEST) return
    const number = numberAt(text, 0)
    const alike = this.#byNumber.get(number) ?? { lengths: [], byKey: new Map<string, Values>() }
    const key = text.slice(0, KEY)
    const values = alike.byKey.get(key) ?? { whole: [], placeholder }
    if (values.whole.includes(text) || values.whole.length >= MOST_OF_A_KEY) return
    values.whole.push(text)
    alike.byKey.set(key, values)
    if (!alike.lengths.includes(key.length)) alike.lengths.push(key.length)
    alike.lengths.sort((a, b) => b - a)
    this.#byNumber.set(number, alike)
    this.#some[number & (SOME - 1)] = 1
    this.size++
  }

  find(view: View, text: string, found: Found[]): void {
    if (this.size === 0) return
    for (let at = 0; at + SHORTEST <= text.length; at++) {
      const number = numberAt(text, at)
      if (this.#some[number & (SOME - 1)] === 0) continue
      const alike = this.#byNumber.get(number)
      const length = alike?.lengths.find((one) => at + one <= text.length && alike.byKey.has(text.slice(at, at + one)))
      if (length === undefined) continue
      const { whole, placeholder } = alike!.byKey.get(text.slice(at, at + length))!
      const last = at + whole.reduce((most, one) => Math.max(most, shared(one, text, at, length)), length) - 1
      found.push({ start: view.start(at), end: view.end(last), placeholder })
      at = last
    }
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
  readonly whole: string[]
  readonly placeholder: string
}

/** How much of a value stands at a place, of which so much is known to. */
function shared(value: string, text: string, at: number, known: number): number {
  let length = known
  while (length < value.length && value.charCodeAt(length) === text.charCodeAt(at + length)) length++
  return length
}

function numberAt(text: string, at: number): number {
  let number = 0
  for (let i = at; i < at + SHORTEST; i++) number = (Math.imul(number, 31) + text.charCodeAt(i)) | 0
  return number
}

/** The value as people hand it over and as bytes. Those of less than six characters stay: taking them out would tear ordinary words. */
function spellingsOf(given: string): ReadonlySet<string> {
  const written = [given, given.trim(), given.replace(/[\r\n]+/g, ''), readableText(given)]
  return new Set(written.flatMap((one) => [one, utf8ByteString(one)]).filter((one) => one.length >= SHORTEST))
}

/** What is left of it in base64 wherever it begins: at each of three places, without the characters that its neighbours share. */
function base64Forms(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((shift) => {
    const text = base64Of(Uint8Array.from([...new Array<number>(shift).fill(0), ...bytes]))
    return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6))
  })
}

const SHORTEST = 6
/** Letters and digits alone are compared of longer values: shorter ones are words that texts put together. */
const SHORTEST_TORN = 16
/** So much of a long value is looked up; the rest is compared where that stands. */
const KEY = 128
const MOST_OF_A_KEY = 8
/** How many marks there are to say that no value begins so. */
const SOME = 8192
