/**
 * Tokens of a program in any of the usual languages: names, texts, numbers, signs. Comments and white space are left out.
 *
 * One tokenizer for all of them, since people paste parts without saying of what. What two languages write in the same way and mean
 * differently is read so that less is known, never more: a "$name" in quotes may be a variable, so the text is not wholly known.
 */

export interface ProgramToken {
  readonly kind: 'name' | 'text' | 'number' | 'sign'
  /** Of a text, its value with escapes undone; what is filled in at run time is {@link OPEN}. */
  readonly value: string
  readonly start: number
  readonly end: number
  /** The first of its line. */
  readonly first: boolean
  /** Of a text: the names filled in, in their order; "" for what is more than a name. */
  readonly filled?: readonly string[]
}

/** Stands in a text for what a program fills in. */
export const OPEN = '\u0000'

/** The tokens of a text, the first so many. */
export function programTokens(text: string): readonly ProgramToken[] {
  const tokens: ProgramToken[] = []
  const open = new Map<string, number>()
  let first = true
  let at = 0
  while (at < text.length && tokens.length < MOST_TOKENS) {
    const char = text[at]!
    if (char === '\n') first = true
    if (/\s/.test(char)) at++
    else {
      const comment = commentEnd(text, at, tokens.at(-1))
      if (comment !== undefined) at = comment
      else {
        const token = { ...tokenAt(text, at, open), start: at, first }
        tokens.push(token)
        first = false
        at = token.end
      }
    }
  }
  return tokens
}

type Read = Omit<ProgramToken, 'start' | 'first'>

function tokenAt(text: string, at: number, opened: OpenQuotes): Read {
  const char = text[at]!
  const quoted = QUOTED.test(char) || /[@$A-Za-z]/.test(char) ? quotedAt(text, at, opened) : undefined
  if (quoted !== undefined) return quoted
  for (const [kind, pattern] of PLAIN) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match !== null) return { kind, value: match[0], end: at + match[0].length }
  }
  return { kind: 'sign', value: char, end: at + 1 }
}

/** The end of a comment that begins here. A "//" behind a colon is of a URL; a "#" begins a comment only where a blank follows. */
function commentEnd(text: string, at: number, before: ProgramToken | undefined): number | undefined {
  const two = text.slice(at, at + 2)
  if (two === '/*') {
    const close = text.indexOf('*/', at + 2)
    return close < 0 || close - at > LONGEST_COMMENT ? undefined : close + 2
  }
  const line = two === '//' ? before?.value !== ':' || before.end !== at : /^#[\s!#]/.test(two) || /^--\s/.test(text.slice(at, at + 3))
  if (!line) return undefined
  const feed = text.indexOf('\n', at)
  return feed < 0 ? text.length : feed
}

/** A text in quotes, with the marks of its language before it: r"", f"", b"", $"", @"", b''. */
function quotedAt(text: string, at: number, opened: OpenQuotes): Read | undefined {
  PREFIX.lastIndex = at
  const prefix = PREFIX.exec(text)
  if (prefix === null) return undefined
  const marks = prefix[1]!.toLowerCase()
  const quote = prefix[2]!
  const open = at + prefix[0].length
  const long = quote.length === 3
  const raw = /[r@]/.test(marks)
  const braces = /[f$]/.test(marks)
  const last = Math.min(text.length, open + LONGEST_TEXT)
  if (open <= (opened.get(quote) ?? -1)) return undefined
  const filled: string[] = []
  let value = ''
  for (let i = open; i < last; i++) {
    const char = text[i]!
    if (long ? text.startsWith(quote, i) : char === quote)
      return { kind: 'text', value, end: i + quote.length, ...(filled.length > 0 && { filled }) }
    // A quote that its own line does not close is an apostrophe.
    if (char === '\n' && !long && quote !== '`') {
      opened.set(quote, i)
      return undefined
    }
    const hole = holeAt(text, i, braces, quote)
    if (hole !== undefined) {
      value += OPEN
      filled.push(hole.name)
      i = hole.end - 1
    } else if (char === '\\' && !raw) {
      const undone = escapeAt(text, i)
      value += undone.value
      i = undone.end - 1
    } else value += char
  }
  opened.set(quote, last)
  return undefined
}

/** Quotes that did not close, and how far was looked: nothing before that is looked through again. */
type OpenQuotes = Map<string, number>

/** What is filled in at run time: ${x}, #{x}, \(x), {x} where braces are marked, $x outside of plain quotes. */
function holeAt(text: string, at: number, braces: boolean, quote: string): { readonly name: string; readonly end: number } | undefined {
  const two = text.slice(at, at + 2)
  const open = two === '${' || two === '#{' || two === '\\(' || two === '{$' ? at + 1 : braces && text[at] === '{' && two !== '{{' ? at : -1
  if (open < 0) {
    if (text[at] !== '$' || quote === '`') return undefined
    VARIABLE.lastIndex = at
    const name = VARIABLE.exec(text)
    return name === null ? undefined : { name: name[1]!, end: at + name[0].length }
  }
  const close = text.slice(open, open + LONGEST_HOLE).search(two === '\\(' ? /\)/ : /\}/)
  if (close < 0) return undefined
  const inside = text.slice(two === '{$' ? at + 1 : open + 1, open + close).trim()
  return { name: /^[$@]?[\w.]{1,80}$/.test(inside) ? inside.replace(/^[$@]/, '') : '', end: open + close + 1 }
}

function escapeAt(text: string, at: number): { readonly value: string; readonly end: number } {
  const next = text[at + 1] ?? ''
  const code = /^\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4}))/.exec(text.slice(at, at + 6))
  const digits = code?.[1] ?? code?.[2]
  if (digits !== undefined) return { value: String.fromCharCode(Number.parseInt(digits, 16)), end: at + code![0].length }
  return { value: ESCAPES[next] ?? next, end: at + 2 }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', 0: '\0', '\n': '' }
const QUOTED = /["'`]/
const PREFIX = /((?:[rRbBfFuU]{1,2}|[@$]{1,2})?)("""|'''|["'`])/y
const VARIABLE = /\$([A-Za-z_]\w{0,60})/y
const PLAIN: readonly (readonly [kind: 'name' | 'number' | 'sign', pattern: RegExp])[] = [
  ['name', /[$@]{0,2}[A-Za-z_][\w]*[?!]?(?=\()|[$@]{0,2}[A-Za-z_]\w*/y],
  ['number', /\d[\w.]*/y],
  ['sign', /=>|->|::|\?\.|:=|\+=|\.=|\.\.\.?|==|!=|<=|>=|&&|\|\||\*\*|<-/y],
]
const MOST_TOKENS = 60_000
const LONGEST_TEXT = 20_000
const LONGEST_HOLE = 200
const LONGEST_COMMENT = 20_000
