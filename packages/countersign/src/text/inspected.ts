/**
 * Objects as JavaScript prints them: `util.inspect`, console.log, JSON.
 * @see https://nodejs.org/api/util.html#utilinspectobject-options
 */
import { quotedText } from './python-repr.js'

/** `undefined` stands for everything that has no text: undefined, functions, what was left out. */
export type Inspected = string | readonly Inspected[] | InspectedObject | undefined
export interface InspectedObject {
  readonly [name: string]: Inspected
}

/** The object whose "{" stands at `at`, and the offset after it; `undefined` where it is cut, or larger than any request. */
export function inspectedObject(text: string, at: number): { readonly value: InspectedObject; readonly end: number } | undefined {
  const reader = new Reader(text, at)
  const value = reader.object(0)
  return value === undefined ? undefined : { value, end: reader.at }
}

/** Whether a value is an object with names. */
export function isInspectedObject(value: Inspected): value is InspectedObject {
  return typeof value === 'object' && !Array.isArray(value)
}

class Reader {
  readonly #text: string
  readonly #limit: number
  at: number

  constructor(text: string, at: number) {
    this.#text = text
    this.#limit = Math.min(text.length, at + LONGEST)
    this.at = at
  }

  object(depth: number): InspectedObject | undefined {
    if (this.#text[this.at] !== '{' || depth > DEEPEST) return undefined
    this.at++
    const found: [string, Inspected][] = []
    while (this.at < this.#limit) {
      this.#skip(' \t\r\n,')
      if (this.#text[this.at] === '}') {
        this.at++
        return Object.fromEntries(found)
      }
      const name = this.#name()
      if (name === undefined) {
        // "... 3 more items", "[Symbol(x)]: y" and the like.
        if (!this.#toNext()) return undefined
        continue
      }
      const value = this.#value(depth)
      if (value === CUT) return undefined
      found.push([name, value])
    }
    return undefined
  }

  #list(depth: number): readonly Inspected[] | typeof CUT {
    this.at++
    const found: Inspected[] = []
    while (this.at < this.#limit) {
      this.#skip(' \t\r\n,')
      if (this.#text[this.at] === ']') {
        this.at++
        return found
      }
      const before = this.at
      const value = this.#value(depth)
      if (value === CUT) return CUT
      found.push(value)
      if (this.at === before) this.at++
    }
    return CUT
  }

  #name(): string | undefined {
    const quoted = quotedText(this.#text, this.at)
    const bare = quoted === undefined ? /^[A-Za-z_$][\w$-]{0,100}/.exec(this.#text.slice(this.at, this.at + 102))?.[0] : undefined
    const end = quoted?.end ?? this.at + (bare?.length ?? 0)
    const mark = /^\s{0,4}:/.exec(this.#text.slice(end, end + 6))
    if (mark === null || (quoted === undefined && bare === undefined)) return undefined
    this.at = end + mark[0].length
    this.#skip(' \t\r\n')
    return quoted?.value ?? bare
  }

  #value(depth: number): Inspected | typeof CUT {
    this.#skip(' \t\r\n')
    const first = this.#text[this.at]
    if (first === "'" || first === '"' || first === '`') return this.#string()
    // A class stands before its braces: "HttpRequest {", "URL {", "[Object: null prototype] {".
    const named = /^(?:[A-Za-z_$][\w$.]{0,60}|\[[^\]\n]{1,60}\])(?:\(\d{1,9}\))?[ \t](?=[{[])/.exec(
      this.#text.slice(this.at, this.at + 130),
    )
    if (named !== null) this.at += named[0].length
    const open = this.#text[this.at]
    if (open === '{') return this.object(depth + 1) ?? CUT
    if (open === '[' && named === null && /^\[[A-Z][\w: ]{0,60}\]/.test(this.#text.slice(this.at, this.at + 64))) return this.#bare()
    if (open === '[') return depth > DEEPEST ? CUT : this.#list(depth + 1)
    return this.#bare()
  }

  /** A number, a word, or what stands for something that is not shown. */
  #bare(): Inspected {
    const word = /^(?:<[^>\n]{0,4000}>|\[[^\]\n]{0,100}\]|[^,}\]\n]{0,400})/.exec(this.#text.slice(this.at, this.at + 4100))?.[0] ?? ''
    this.at += word.length
    const plain = word.trim()
    return /^(?:-?\d|null$|true$|false$)/.test(plain) ? plain : undefined
  }

  /** A string, or several that a "+" joins. */
  #string(): Inspected | typeof CUT {
    let whole = ''
    for (;;) {
      const one = this.#text[this.at] === '`' ? this.#template() : quotedText(this.#text, this.at)
      if (one === undefined || one.end > this.#limit) return CUT
      whole += one.value
      this.at = one.end
      const more = /^\s{0,40}\+\s{0,200}(?=['"`])/.exec(this.#text.slice(this.at, this.at + 244))
      if (more === null) return whole
      this.at += more[0].length
    }
  }

  #template(): { readonly value: string; readonly end: number } | undefined {
    const end = this.#text.indexOf('`', this.at + 1)
    return end < 0 ? undefined : { value: this.#text.slice(this.at + 1, end), end: end + 1 }
  }

  /** To the next line or member. */
  #toNext(): boolean {
    const rest = /^[^\n,}]{0,2000}/.exec(this.#text.slice(this.at, Math.min(this.#limit, this.at + 2000)))?.[0] ?? ''
    this.at += Math.max(1, rest.length)
    return this.at < this.#limit
  }

  #skip(chars: string): void {
    while (this.at < this.#limit && chars.includes(this.#text[this.at]!)) this.at++
  }
}

const CUT = Symbol('cut')
const LONGEST = 262_144
const DEEPEST = 12
