/** Values that may not be shown, found in a text in whatever spelling. Time is linear in the text, however many values there are. */
import { base64Of, bytesOf, hexOf, readableText, utf8ByteString } from '../../sigv4/index.js'
import { type Found, Needles, readText, SHORTEST } from './needles.js'
import { base64Letters, digits, folded, letters, readingsOf } from './spellings.js'

/** A value, and what is written in its place. */
export type KnownValue = readonly [value: string, placeholder: string]

/** Values made ready once for the many texts of a report. */
export class KnownValues {
  readonly any: boolean
  readonly whole = new Needles(folded)
  readonly letters = new Needles(letters, SHORTEST_TORN)
  readonly digits = new Needles(digits)
  readonly base64 = new Needles(base64Letters)

  /** @param pieces Whether pieces out of the middle and the end of a value are looked for, besides all that it begins with. */
  constructor(values: readonly KnownValue[], pieces = false) {
    this.any = values.length > 0
    for (const [value, placeholder] of values) {
      for (const spelling of spellingsOf(value)) {
        this.whole.add(spelling, placeholder)
        this.letters.add(spelling, placeholder)
        if (pieces) for (const one of [this.whole, this.letters]) one.addPieces(spelling, placeholder)
        // Whole runs of digits and base64 are read; these are found amid other digits, too.
        const bytes = bytesOf(spelling)
        this.digits.add(hexOf(bytes), placeholder)
        for (const form of base32Forms(bytes)) this.digits.add(form, placeholder)
        for (const form of base64Forms(bytes)) this.base64.add(form, placeholder)
      }
    }
  }
}

/** The text with a placeholder for each value of these. Its line ends stay. */
export function withoutKnown(text: string, all: readonly KnownValues[]): string {
  const found = knownIn(text, all)
  return found.length === 0 ? text : without(text, found)
}

/** Where these values stand, in no order. */
export function knownIn(text: string, all: readonly KnownValues[]): readonly Found[] {
  const some = all.filter(({ any }) => any)
  if (some.length === 0 || text.length < SHORTEST) return []
  const found: Found[] = []
  for (const view of readingsOf(text))
    for (const [kind, reading] of READINGS) {
      // Of a text that is read, no more is left than there was.
      if (some.every((known) => view.text.length < known[kind].shortest)) continue
      const read = readText(view, reading)
      for (const known of some) known[kind].find(read, found)
    }
  return found
}

const READINGS = [
  ['whole', folded],
  ['letters', letters],
  ['digits', digits],
  ['base64', base64Letters],
] as const

/** The text with the placeholder of each in its place. Its line ends stay. */
export function without(text: string, found: readonly Found[]): string {
  let clean = ''
  let at = 0
  for (const { start, end, placeholder } of apart(found)) {
    clean += text.slice(at, start) + placeholder + text.slice(start, end).replace(/[^\n]+/g, '')
    at = end
  }
  return clean + text.slice(at)
}

/** The same in order, with one in place of those that share a character. */
export function* apart(found: readonly Found[]): Generator<Found> {
  const inOrder = [...found].sort((a, b) => a.start - b.start || b.end - a.end)
  for (let i = 0; i < inOrder.length; ) {
    const { start, placeholder } = inOrder[i]!
    let { end } = inOrder[i]!
    for (i++; i < inOrder.length && inOrder[i]!.start < end; i++) end = Math.max(end, inOrder[i]!.end)
    yield { start, end, placeholder }
  }
}

/** The value as people hand it over and as bytes. Those of less than six characters stay: taking them out would tear ordinary words. */
function spellingsOf(given: string): ReadonlySet<string> {
  const written = [given, given.trim(), given.replace(/[\r\n]+/g, ''), readableText(given)]
  return new Set([...written, ...piecesOf(given)].flatMap((one) => [one, utf8ByteString(one)]).filter((one) => one.length >= SHORTEST))
}

/** In the place of a scope or a path a value is taken apart at its slashes. */
function piecesOf(given: string): readonly string[] {
  return given
    .split(/\/|%2f/i)
    .filter((piece) => piece.length >= SHORTEST_PIECE && /[a-z]/.test(piece) && /[A-Z]/.test(piece) && /\d/.test(piece))
}

/** What is left of it in base64 wherever it begins: at each of three places, without the characters that its neighbours share. */
function base64Forms(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((shift) => {
    const text = base64Of(Uint8Array.from([...new Array<number>(shift).fill(0), ...bytes]))
    return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6))
  })
}

/** The same in base32, at each of five places of its first digit. */
function base32Forms(bytes: Uint8Array): string[] {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  return [0, 1, 2, 3, 4].map((skipped) => {
    let text = ''
    for (let at = skipped; at + 5 <= bits.length; at += 5) text += BASE32[Number.parseInt(bits.slice(at, at + 5), 2)]
    return text
  })
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
/** Letters and digits alone are compared of longer values: shorter ones are words that texts put together. */
const SHORTEST_TORN = 16
/** Of a piece: it may be a word, which has no capitals and digits amid its letters. */
const SHORTEST_PIECE = 10
