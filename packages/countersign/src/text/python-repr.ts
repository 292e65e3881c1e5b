/**
 * Dictionaries of strings as Python, Ruby, Rust and JavaScript print them, and the strings inside.
 * @see https://docs.python.org/3/reference/lexical_analysis.html#string-and-bytes-literals
 */
import { utf8ByteString } from '../sigv4/index.js'

export interface QuotedText {
  readonly value: string
  /** Offset after the closing quote. */
  readonly end: number
}

/** The quoted string that starts at `at` ("'v'", 'b"v"'); `undefined` where none does, or where it is cut. */
export function quotedText(text: string, at: number): QuotedText | undefined {
  const open = /[bu]/.test(text[at] ?? '') ? at + 1 : at
  const quote = text[open]
  if (quote !== "'" && quote !== '"') return undefined
  let value = ''
  for (let i = open + 1; i < Math.min(text.length, open + MAX_VALUE); i++) {
    const char = text[i]!
    if (char === quote) return { value, end: i + 1 }
    if (char !== '\\') value += char
    else {
      const escaped = ESCAPE.exec(text.slice(i, i + 10))
      value += unescaped(escaped?.[0] ?? '\\')
      i += (escaped?.[0].length ?? 1) - 1
    }
  }
  return undefined
}

/** The pairs of a dictionary whose "{" stands at `at`, and where it ends. A value that is a list gives a pair for each member. */
export function dictionaryAt(
  text: string,
  at: number,
): { readonly pairs: readonly (readonly [string, string])[]; readonly end: number } | undefined {
  if (text[at] !== '{') return undefined
  const pairs: (readonly [string, string])[] = []
  let i = at + 1
  while (i < text.length) {
    i = skip(text, i, ' \t\r\n,')
    if (text[i] === '}') return { pairs, end: i + 1 }
    const name = quotedText(text, i)
    if (name === undefined) return pairs.length > 0 ? { pairs, end: i } : undefined
    i = skip(text, name.end, ' :=>[\r\n\t')
    let value = quotedText(text, i)
    if (value === undefined) {
      const rest = /^[^,}\n]{0,200}/.exec(text.slice(i, i + 200))?.[0] ?? ''
      i += Math.max(rest.length, 1)
      continue
    }
    while (value !== undefined) {
      pairs.push([name.value, value.value])
      i = skip(text, value.end, ' \t]')
      const after = skip(text, i, ', \t\r\n')
      const next = quotedText(text, after)
      // Inside a list another value follows; in a dictionary, another name and its mark.
      value = next !== undefined && !/^\s{0,4}(?::|=>)/.test(text.slice(next.end, next.end + 8)) ? next : undefined
    }
  }
  return pairs.length > 0 ? { pairs, end: i } : undefined
}

function skip(text: string, from: number, chars: string): number {
  let i = from
  while (i < text.length && chars.includes(text[i]!)) i++
  return i
}

function unescaped(escaped: string): string {
  const kind = escaped[1]
  if (kind === 'x') return String.fromCharCode(Number.parseInt(escaped.slice(2), 16))
  if (kind === 'u') return utf8ByteString(String.fromCharCode(Number.parseInt(escaped.replace(/[^0-9a-fA-F]/g, ''), 16)))
  return SIMPLE[kind ?? ''] ?? (kind === undefined ? '\\' : kind)
}

const ESCAPE = /^\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]{1,4}\}|[^xu])/
/** A longer value is no header: it is a body, or a quote that nobody closed. */
const MAX_VALUE = 65_536
const SIMPLE: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' }
