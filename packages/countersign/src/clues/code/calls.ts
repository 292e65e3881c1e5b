/** Calls and definitions of functions in code: balanced parentheses, arguments, parameters. Knows no language well, all of them a little. */
import type { Code } from './language.js'

export interface Arguments {
  readonly texts: readonly string[]
  /** Where each of them starts. */
  readonly starts: readonly number[]
  /** Just behind the closing parenthesis. */
  readonly end: number
}

/** A function written in the code. */
export interface Definition {
  readonly name: string
  readonly parameters: readonly string[]
  readonly start: number
  /** Just behind its parameters. */
  readonly body: number
  readonly end: number
}

/** The arguments of the call whose parenthesis opens at an offset; `undefined` where it does not close within reach. */
export function argumentsAt(text: string, open: number): Arguments | undefined {
  const texts: string[] = []
  const starts: number[] = []
  const last = Math.min(text.length, open + LONGEST_CALL)
  let depth = 0
  let from = open + 1
  for (let i = open; i < last; i++) {
    const char = text.charAt(i)
    if (char === '"' || char === '`' || (char === "'" && i > 0)) {
      const close = quoteEnd(text, i, last)
      if (close < 0) continue
      i = close
    } else if ('([{'.includes(char)) depth++
    else if (')]}'.includes(char)) depth--
    const separates = depth === 1 && (char === ',' || char === ';')
    if (!separates && depth > 0) continue
    const piece = text.slice(from, i)
    if (separates || piece.trim() !== '') {
      texts.push(piece.trim())
      starts.push(from + piece.length - piece.trimStart().length)
    }
    if (depth <= 0) return { texts, starts, end: i + 1 }
    from = i + 1
  }
  return undefined
}

/** The functions that the code defines, in the order of the text. */
export function definitionsOf(code: Code): readonly Definition[] {
  const { text, language } = code
  const found: Definition[] = []
  let tried = 0
  for (const match of text.matchAll(/\b(\w{1,40})\s{0,3}=\s{0,3}lambda\s{1,3}([\w, ]{1,80}):/g)) {
    if (found.length >= MOST_DEFINITIONS) break
    const body = match.index + match[0].length
    const end = text.indexOf('\n', body)
    const parameters = match[2]!.split(',').map((one) => one.trim())
    found.push({ name: match[1]!, parameters, start: match.index, body, end: end < 0 ? text.length : end })
  }
  for (const match of text.matchAll(DEFINITION)) {
    if (found.length >= MOST_DEFINITIONS || ++tried > MOST_TRIED) break
    const name = match.slice(1).find((group) => group !== undefined)
    if (name === undefined || KEYWORDS.test(name)) continue
    const open = match.index + match[0].length - 1
    const given = text.charAt(open) === '(' ? argumentsAt(text, open) : undefined
    const body = given?.end ?? open + 1
    const after = text.slice(body, body + 100)
    if (match[4] !== undefined && !/^\s{0,60}(?:throws [\w., ]{1,40}|async\s)?(?:=>|->|\{|const\s{0,5}\{)/.test(after)) continue
    // Perl takes its parameters apart in the body.
    const list = language === 'perl' ? /^[^;]{0,20}my\s{0,3}\(([^)]{0,80})\)\s{0,3}=\s{0,3}@_/.exec(text.slice(body, body + 160)) : null
    const own = list === null ? (given?.texts ?? []) : list[1]!.split(',')
    const parameters = own.map((one) => parameterName(one.trim(), language === 'go'))
    found.push({ name, parameters, start: match.index, body, end: bodyEnd(code, match.index, body) })
  }
  return found.sort((a, b) => a.start - b.start)
}

/** Where a function ends: by its braces, by the indentation of what follows, or with its statement. */
function bodyEnd({ text, language }: Code, start: number, body: number): number {
  const last = Math.min(text.length, body + LONGEST_BODY)
  const rest = text.slice(body, last)
  const oneLine = /^[^\n]{0,20}(?:,\s{0,3}do:|\s{0,3}=\s(?![^\n]{0,200}\{\s{0,3}\n))/.test(rest)
  if (oneLine) return body + (/\n\s{0,3}\n|\n(?=[ \t]{0,20}\S)/.exec(rest)?.index ?? rest.length)
  const ended = ENDED.has(language ?? '')
  if (language === 'python' || ended) {
    const margin = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', start) + 1, start))![0].length
    const next = new RegExp(`\\n[ \\t]{0,${Math.min(margin, 60)}}${ended ? 'end\\b' : '[^\\s)\\]}]'}`, 'i').exec(rest)
    return next === null ? last : body + next.index
  }
  const open = /^[^;{]{0,100}?\{/.exec(rest)
  const short = (language === 'erlang' ? /^\s{0,3}->\s{0,40}[^{\s]/ : /^[^\n{]{0,60}=>\s{0,40}[^{\s]/).exec(rest)
  if (open === null || (short !== null && short[0].length < open[0].length)) {
    const done = /;|\n\s{0,3}\n|\n(?=\S)/.exec(rest)
    return done === null ? last : body + done.index
  }
  let depth = 0
  for (let i = body + open[0].length - 1; i < last; i++) {
    if (text.charAt(i) === '{') depth++
    else if (text.charAt(i) === '}' && --depth === 0) return i
  }
  return last
}

/** The name in the declaration of a parameter: `byte[] key`, `key: bytes`, `ByVal key As String`, `key []byte`, `$key`. */
function parameterName(declared: string, typeLast: boolean): string {
  const plain = declared.replace(/\s{0,5}=[\s\S]*$/, '')
  const named =
    /(\w{1,40})(?:\(\))?\s{1,5}As\s/i.exec(plain) ??
    /([$@]?\w{1,40})\??\s{0,3}(?<!:):(?!:)/.exec(plain) ??
    (typeLast ? /^(\w{1,40})/.exec(plain) : null) ??
    /([$@]?\w{1,40})(?:\[\])?$/.exec(plain)
  return named?.[1] ?? ''
}

function quoteEnd(text: string, open: number, last: number): number {
  const quote = text.charAt(open)
  for (let i = open + 1; i < last; i++) {
    const char = text.charAt(i)
    if (char === '\\') i++
    else if (char === quote) return i
    else if (char === '\n' && quote !== '`') return -1
  }
  return -1
}

const LONGEST_CALL = 1200
const LONGEST_BODY = 4000
const MOST_DEFINITIONS = 200
const MOST_TRIED = 2000
const ENDED: ReadonlySet<string> = new Set(['ruby', 'lua', 'elixir', 'basic', 'delphi'])
const KEYWORDS =
  /^(?:if|for|while|switch|catch|return|function|foreach|elseif|using|when|match|with|new|and|or|not|in|print|echo|fetch|then|loop|until)$/i
// After a word of definition; an assigned function; Perl's sub; a typed or bare head, judged by what follows it.
const DEFINITIONS: readonly string[] = [
  String.raw`\b(?:def|defp|function|func|fn|fun|Function|Sub)\s{1,3}(?:\([^)\n]{1,40}\)\s{0,3})?(?:\w{1,30}\.)?&?([\w-]{1,40}[!?]?)\s{0,3}(?:<[^>\n]{1,60}>)?\(`,
  String.raw`\b([\w.]{1,40})\s{0,3}(?:=|<-|:)\s{0,3}(?:async\s{1,3})?(?:(?:function\s{0,3}\w{0,30}|fn|func)\s{0,3})?\((?=[^()\n]{0,120}\)\s{0,3}(?::\s{0,3}[^=\n]{1,40})?(?:=>|\{))`,
  String.raw`\bsub\s{1,3}(\w{1,40})\s{0,3}\{`,
  String.raw`(?:^|[ \t*&>\]])(\w{1,40})\s{0,2}\(`,
]
const DEFINITION = new RegExp(DEFINITIONS.join('|'), 'gm')
