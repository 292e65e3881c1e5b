/**
 * The spellings in which a value can stand somewhere, as ways to undo them rather than as a list: escapes one within the other, bytes
 * as digits, other capitals, torn apart.
 */
import { byteString, bytesOfBase64 } from '../../sigv4/index.js'
import { readingBy } from './needles.js'
import { readOff, rewritten, type View } from './view.js'

/** The text with its escapes undone, once, and again, and what stands in it as digits or base64 read. The first is the text itself. */
export function* readingsOf(text: string): Generator<View> {
  let view: View | undefined = { text }
  for (let depth = 0; view !== undefined && depth <= DEEP; depth++) {
    yield view
    const unmarked = rewritten(view, MARKS, () => '')
    if (unmarked !== undefined) yield unmarked
    for (const column of DUMPED) {
      const read = readOff(view, column.runs, column.read)
      if (read !== undefined) yield read
    }
    for (const [runs, read] of WRITTEN_BYTES) {
      let bytes = readOff(view, runs, read)
      for (let within = 0; bytes !== undefined && within < SHALLOW; within++) {
        yield bytes
        bytes = rewritten(bytes, ESCAPE, unescaped)
      }
    }
    view = rewritten(view, ESCAPE, unescaped)
  }
}

/** The text as its names read: without colours and what nobody sees, in plain letters, its escapes undone one layer after the other. */
export function* nameReadingsOf(text: string): Generator<View> {
  let view: View | undefined = { text }
  for (let depth = 0; view !== undefined && depth <= DEEP; depth++) {
    yield rewritten(view, UNREAD, plainly) ?? view
    view = rewritten(view, ESCAPE, unescaped)
  }
}

/** Blanks of any width are blanks, full-width letters are letters; the rest of {@link UNREAD} is nothing. */
function plainly(written: string): string {
  const code = written.charCodeAt(0)
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0)
  return BLANKS.test(written) ? ' ' : ''
}

const LETTER = /[\p{L}\p{N}\ud800-\udfff]/u
/** What the first 256 have of these: the whole of Unicode takes long to make a pattern of. */
export const LATIN_LETTER = /[0-9A-Za-z\xaa\xb2\xb3\xb5\xb9\xba\xbc-\xbe\xc0-\xd6\xd8-\xf6\xf8-\xff]/

const BASE64_SIGNS: Readonly<Record<string, string>> = { '-': '+', _: '/' }

/** Capitals and small letters alike; in a query an unescaped "+" is read as a blank. */
export const folded = readingBy(foldedCode)

/** Letters and digits only: what was wrapped, quoted in pieces, lost a sign or had it replaced. */
export const letters = readingBy((code) => ((code < 256 ? LATIN_LETTER : LETTER).test(String.fromCharCode(code)) ? foldedCode(code) : 0))

/** Digits with nothing between them. */
export const digits = readingBy((code) => (/[\s:,;_-]/.test(String.fromCharCode(code)) ? 0 : foldedCode(code)))

/** Base64 of either alphabet, also where lines are folded. */
export const base64Letters = readingBy((code) => {
  const sign = String.fromCharCode(code)
  return /\s/.test(sign) ? 0 : (BASE64_SIGNS[sign]?.charCodeAt(0) ?? code)
})

function foldedCode(code: number): number {
  const lower = String.fromCharCode(code).toLowerCase()
  return code === 0x2b ? 0x20 : lower.length === 1 ? lower.charCodeAt(0) : code
}

function unescaped(written: string): string {
  const [, hex, octal, decimal, name, letter] = ESCAPED.exec(written) ?? []
  if (hex !== undefined) return character(Number.parseInt(hex, 16), written)
  if (octal !== undefined) return character(Number.parseInt(octal, 8), written)
  if (decimal !== undefined) return character(Number(decimal), written)
  return ENTITIES[name?.toLowerCase() ?? ''] ?? LETTERS[letter ?? ''] ?? letter ?? written
}

function character(code: number, otherwise: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : otherwise
}

function bitsRead(run: string): string {
  return run.replace(/[^01]/g, '').replace(/[01]{8}/g, (byte) => String.fromCharCode(Number.parseInt(byte, 2)))
}

function hexRead(run: string): string {
  const digits = run.replace(/0x|[^0-9a-f]/gi, '')
  return digits.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)))
}

/** Java writes bytes with a sign. */
function numbersRead(run: string): string {
  return run.replace(/-?\d+[^\d-]*/g, (number) => String.fromCharCode(Number.parseInt(number, 10) & 255))
}

/** Letters before it, as those of a path, may belong to the run: it is read from each of four places. */
function base64Read(shift: number): (run: string) => string | undefined {
  return (run) => {
    const signs = run.slice(shift).replace(/[-_]/g, (sign) => BASE64_SIGNS[sign]!)
    const bytes = bytesOfBase64(signs.length % 4 === 1 ? signs.slice(0, -1) : signs)
    return bytes === undefined ? undefined : byteString(bytes)
  }
}

const UNREAD =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a terminal are what is looked for
  /\u001b\[[0-9;]{0,40}[A-Za-z]|\u241b?\[\d{1,3}(?:;\d{1,3}){0,6}m|[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]|[\u00a0\u2000-\u200a\u202f\u3000]|[\uff01-\uff5e]/g
const BLANKS = /[\u00a0\u2000-\u200a\u202f\u3000]/
/** Each layer makes the text shorter; nobody's tools make more. */
const DEEP = 8
const SHALLOW = 3
const ESCAPE =
  /%u[0-9a-f]{4}|%[0-9a-f]{2}|\\u000[0-9a-f]{5}|\\u\{[0-9a-f]{1,6}\}|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\[0-7]{3}|\\[^0-9ux]|&#x[0-9a-f]{1,6};|&#\d{1,7};|&(?:amp|lt|gt|quot|apos|sol|plus|equals|nbsp);/gi
const ESCAPED = /^(?:(?:%u?|\\[ux]\{?|&#x)([0-9a-f]{1,8})[};]?|\\([0-7]{3})|&#(\d{1,7});|&([a-z]+);|\\(.))$/is
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  sol: '/',
  plus: '+',
  equals: '=',
  nbsp: ' ',
}
const LETTERS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
/** What is put into a text to show it: tags and the colours of a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a terminal are what is looked for
const MARKS = /<\/?[a-z][^<>]{0,200}>|\u001b\[[0-9;]{0,40}[A-Za-z]/gi
/** The columns of a dump, each read from line to line: an address, bytes in hexadecimal digits, the same as text. */
const DUMPED: readonly { readonly runs: RegExp; readonly read: (run: string) => string }[] = [
  {
    runs: /(?<=(?:^|\n)[ \t]{0,8}(?:0x)?[0-9a-f]{4,8}:?[ \t]{1,4})[0-9a-f]{2}(?:[ \t]{0,2}[0-9a-f]{2}){0,15}(?=[ \t]{2}|[ \t]*[\r\n]|[ \t]*$)/gi,
    read: hexRead,
  },
  {
    runs: /(?<=(?:^|\n)[ \t]{0,8}(?:0x)?[0-9a-f]{4,8}:?[ \t]{1,4}[0-9a-f]{2}(?:[ \t]{0,2}[0-9a-f]{2}){0,15}[ \t]{2,60}\|?)[^\s|][^\r\n|]{0,31}/gi,
    read: (run) => run,
  },
]
/** Bytes as they are written: hexadecimal digits or decimal numbers, with or without something between them, and base64. */
const WRITTEN_BYTES: readonly (readonly [runs: RegExp, read: (run: string) => string | undefined])[] = [
  [/(?<![0-9a-z])(?:0x)?[0-9a-f]{2}(?:[\s:,;+_-]{0,3}(?:0x)?[0-9a-f]{2}){5,}(?![0-9a-z])/gi, hexRead],
  [/(?<![\d-])-?\d{1,3}(?:[ \t]{0,2},\s{0,8}-?\d{1,3}|[ \t]{1,2}-?\d{1,3}){5,}(?!\d)/g, numbersRead],
  [/(?:=[0-9a-f]{2}){4,}/gi, hexRead],
  [/(?<![0-9a-z])[01]{8}(?:[\s,;_-]{0,3}[01]{8}){5,}(?![0-9a-z])/gi, bitsRead],
  ...[0, 1, 2, 3].map((shift) => [/[A-Za-z0-9+/_-]{16,}/g, base64Read(shift)] as const),
]
