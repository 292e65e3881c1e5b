/**
 * The JSON objects in a text, whole or cut, among anything else; and the string members of one that does not parse.
 */
import { utf8ByteString } from '../sigv4/index.js'
import { unescapeText } from './escapes.js'

/** String members by name, of one object. */
export type Members = ReadonlyMap<string, string>

/** An object that stands in a text and holds string members; nested objects are given one by one. */
export interface FoundObject {
  readonly start: number
  readonly end: number
  readonly objects: readonly Members[]
  readonly whole: boolean
}

/** Every outermost `{...}` of a text that mentions one of `names` as a member; at most 200 are looked at, and few of them in vain. */
export function jsonObjects(text: string, names: RegExp): readonly FoundObject[] {
  const found: FoundObject[] = []
  let at = 0
  let vain = 0
  for (let looks = 0; looks < MOST_LOOKS && vain < MOST_VAIN; looks++) {
    const start = text.indexOf('{', at)
    if (start < 0) break
    const end = endOfObject(text, start)
    const stretch = text.slice(start, end ?? Math.min(text.length, start + LONGEST))
    if (!names.test(stretch)) {
      if (end === undefined) vain += stretch.length
      at = end ?? start + 1
      continue
    }
    const parsed = end === undefined ? undefined : parse(stretch)
    if (parsed !== undefined) {
      found.push({ start, end: start + stretch.length, objects: membersOf(parsed, 0), whole: true })
      at = start + stretch.length
      continue
    }
    const loose = looseMembers(stretch)
    if (loose.size > 0 && [...loose.keys()].some((name) => names.test(`"${name}":`))) {
      found.push({ start, end: start + stretch.length, objects: [loose], whole: end !== undefined })
      at = start + stretch.length
    } else {
      vain += stretch.length
      at = start + 1
    }
  }
  return found
}

/** The index after the brace that closes the one at `start`; `undefined` where none does nearby. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0
  const limit = Math.min(text.length, start + LONGEST)
  for (let i = start; i < limit; i++) {
    const char = text[i]
    if (char === '"') {
      i++
      while (i < limit && text[i] !== '"') i += text[i] === '\\' ? 2 : 1
    } else if (char === '{') depth++
    else if (char === '}' && --depth === 0) return i + 1
  }
  return undefined
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json.replace(ESCAPE, (whole, hex: string | undefined) => (hex === undefined ? whole : asBytes(whole, hex))))
  } catch {
    return undefined
  }
}

/** An escaped character beyond ASCII becomes its UTF-8 bytes, as the rest of a byte string is. */
function asBytes(whole: string, hex: string): string {
  const units = hex.split(/\\u/i).map((unit) => Number.parseInt(unit, 16))
  return (units[0] ?? 0) < 0x80 ? whole : utf8ByteString(units.map((unit) => String.fromCharCode(unit)).join(''))
}

function membersOf(value: unknown, depth: number): readonly Members[] {
  if (typeof value !== 'object' || value === null || depth > 4) return []
  if (Array.isArray(value)) return value.slice(0, 50).flatMap((one) => membersOf(one, depth + 1))
  const entries = Object.entries(value)
  const own = new Map<string, string>()
  for (const [name, one] of entries) if (typeof one === 'string' || typeof one === 'number') own.set(name, String(one))
  return [...(own.size > 0 ? [own] : []), ...entries.slice(0, 100).flatMap(([, one]) => membersOf(inner(one), depth + 1))]
}

/** JSON inside a JSON string, as in the body of a Lambda response. */
function inner(value: unknown): unknown {
  return typeof value === 'string' && /^\s{0,20}\{/.test(value) && value.length < LONGEST ? parse(value) : value
}

/** Members of an object that is no JSON: cut short, in single quotes, or with line feeds inside its strings. */
function looseMembers(text: string): Members {
  const members = new Map<string, string>()
  LOOSE_NAME.lastIndex = 0
  for (let looks = 0; looks < 100; looks++) {
    const match = LOOSE_NAME.exec(text)
    if (match === null) break
    const quote = match[2] ?? '"'
    let end = LOOSE_NAME.lastIndex
    while (end < text.length && !(text[end] === quote && CLOSES.test(text.slice(end + 1, end + 40)))) end += text[end] === '\\' ? 2 : 1
    const raw = text.slice(LOOSE_NAME.lastIndex, end).replace(JOINED, '')
    if (!members.has(match[1] ?? '')) members.set(match[1] ?? '', unescapeText(raw))
    LOOSE_NAME.lastIndex = Math.min(end + 1, text.length)
  }
  return members
}

const MOST_LOOKS = 1000
const LONGEST = 65_536
/** Bytes that were looked at and will be again, from the next brace on. */
const MOST_VAIN = 16 * LONGEST
const ESCAPE = /\\(?:u((?:d[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2})|[0-9a-f]{4})|.)/gis
const LOOSE_NAME = /["']?\b([A-Za-z_][A-Za-z_]{0,40})["']?\s{0,10}:\s{0,10}(["'])/g
/** How Node prints a long string: `'...' +\n  '...'`. */
const JOINED = /['"] ?\+ ?\n {0,60}['"]/g
const CLOSES = /^\s{0,20}(?:[,}\]]|$)/
