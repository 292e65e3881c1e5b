/**
 * Shell commands pasted among other text, cut into words. Variables that are set above are filled in where a shell does so; the others
 * stay as they are.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 */
import { utf8ByteString } from '../sigv4/index.js'

export interface ShellCommand {
  /** The command's name and its arguments, unquoted. */
  readonly words: readonly string[]
  /** `NAME=value` before the command. */
  readonly assignments: readonly (readonly [string, string])[]
  readonly start: number
  readonly end: number
}

/** The commands of this name in a text. */
export function shellCommands(text: string, name: CommandName): readonly ShellCommand[] {
  const found: ShellCommand[] = []
  let variables: Variables | undefined
  const mark = new RegExp(
    `(?:^|[\\n;|&(\`]|\\$\\() {0,8}((?:[$#>%] ?|PS> )?)((?:[A-Za-z_]\\w{0,60}=[^\\s"']{0,300} ){0,8})(${name}(?:\\.exe)?)(?=[ \\t])`,
    name.includes('-') ? 'gi' : 'g',
  )
  let until = 0
  for (const match of text.matchAll(mark)) {
    const at = match.index + match[0].length - match[3]!.length
    if (at < until) continue
    variables ??= shellVariables(text)
    const inside = /\(\s{0,8}$/.test(text.slice(Math.max(0, at - 10), at))
    const { words, end } = wordsFrom(text, at, variables, inside)
    if (words.length < 2 || !/^(?:-|https?:|["'$<]|[a-z][\w-]*$|s3:|\w+\.\w)/.test(words[1]!)) continue
    const assignments = [...match[2]!.matchAll(/(\w{1,61})=(\S{0,300}) /g)].map(([, variable, value]) => [variable!, value!] as const)
    found.push({ words, assignments, start: at - match[2]!.length - match[1]!.length, end })
    until = end
  }
  return found
}

function wordsFrom(
  text: string,
  from: number,
  variables: Variables,
  inside: boolean,
): { readonly words: readonly string[]; readonly end: number } {
  const words: string[] = []
  const limit = Math.min(text.length, from + MAX_COMMAND)
  let word: string | undefined
  let i = from
  for (; i < limit; i++) {
    const char = text[i]!
    const continued = CONTINUED.exec(text.slice(i, i + 4))
    if (continued !== null) i += continued[0].length - 1
    else if (
      char === '\n' ||
      (inside && char === ')') ||
      char === ';' ||
      char === '|' ||
      char === '`' ||
      (char === '&' && /[&\s]/.test(text[i + 1] ?? '\n'))
    )
      break
    else if (char === ' ' || char === '\t' || char === '\r') {
      if (word !== undefined) words.push(word)
      word = undefined
      if (/^[ \t]#/.test(text.slice(i, i + 2))) break
    } else if (char === "'" || char === '"' || (char === '$' && text[i + 1] === "'")) {
      const quoted = jsonQuoted(text, i, limit) ?? quotedFrom(text, i, limit, (name) => variables(name, from))
      word = (word ?? '') + quoted.value
      i = quoted.end - 1
    } else if (char === '\\') word = (word ?? '') + (text[++i] ?? '')
    else if (char === '$') {
      const filled = variableAt(text, i, (name) => variables(name, from))
      word = (word ?? '') + filled.value
      i = filled.end - 1
    } else word = (word ?? '') + char
  }
  return { words: word === undefined ? words : [...words, word], end: Math.min(i, text.length) }
}

/** A quoted part: nothing is special between single quotes; between double quotes the backslash is, before a few characters. */
function quotedFrom(text: string, at: number, limit: number, known: (name: string) => string | undefined): Part {
  const ansi = text[at] === '$'
  const quote = text[ansi ? at + 1 : at]!
  const open = ansi ? at + 2 : at + 1
  let value = ''
  for (let i = open; i < limit; i++) {
    const char = text[i]!
    if (char === quote) return { value, end: i + 1 }
    const next = text[i + 1] ?? ''
    if (ansi && char === '\\') {
      const undone = ansiEscape(text, i)
      value += undone.value
      i = undone.end - 1
    } else if (char === '$' && quote === '"') {
      const filled = variableAt(text, i, known)
      value += filled.value
      i = filled.end - 1
    } else if (char !== '\\' || quote === "'") value += char
    else if (/["\\$`]/.test(next)) {
      value += next
      i++
    } else if (next === '\n') i++
    else value += char
  }
  return { value, end: limit }
}

interface Part {
  readonly value: string
  readonly end: number
}

/**
 * JSON between double quotes that nobody escaped, as programs print the command that they mean: to a shell it would be in pieces.
 * It ends at the last quote of its line behind which a word ends and before which JSON does.
 */
function jsonQuoted(text: string, at: number, limit: number): Part | undefined {
  if (!/^"(?:\{"|\[[{"]|\{\})/.test(text.slice(at, at + 3))) return undefined
  const feed = text.indexOf('\n', at)
  const line = text.slice(at + 1, Math.min(limit, feed < 0 ? text.length : feed))
  const ends = [...line.matchAll(/[}\]](?=["](?:[\s;|)]|$))/g)].map(({ index }) => index + 1).slice(-MOST_ENDS)
  for (const end of ends.reverse())
    try {
      JSON.parse(line.slice(0, end))
      return { value: line.slice(0, end), end: at + end + 2 }
    } catch {}
  return undefined
}

/** `$name` or `${name}` with its value, or as it stands. */
function variableAt(text: string, at: number, known: (name: string) => string | undefined): Part {
  const match = /^\$(?:\{([A-Za-z_]\w{0,60})\}|(?:env:)?([A-Za-z_]\w{0,60}))/.exec(text.slice(at, at + 70))
  const value = match === null ? undefined : known(match[1] ?? match[2]!)
  return match === null ? { value: '$', end: at + 1 } : { value: value ?? match[0], end: at + match[0].length }
}

function ansiEscape(text: string, at: number): Part {
  const code = /^\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|([0-7]{1,3}))/.exec(text.slice(at, at + 6))
  if (code === null) {
    const next = text[at + 1] ?? ''
    return { value: ANSI[next] ?? '\\' + next, end: at + 2 }
  }
  const value = Number.parseInt(code[1] ?? code[2] ?? code[3]!, code[3] === undefined ? 16 : 8)
  return {
    value: code[2] === undefined ? String.fromCharCode(value & 0xff) : utf8ByteString(String.fromCharCode(value)),
    end: at + code[0].length,
  }
}

/** What a variable was set to last before a place. */
type Variables = (name: string, before: number) => string | undefined

/** The variables of a text: `NAME=value`, `export NAME="value"`, `$name = 'value'`, `set NAME=value`. What a command gives is not known. */
function shellVariables(text: string): Variables {
  const set = new Map<string, (Part & { readonly plain: boolean })[]>()
  for (const match of text.slice(0, MAX_ASSIGNED).matchAll(ASSIGNED)) {
    const raw = match[2]!
    const plain = raw.startsWith("'")
    const value = raw.replace(/^(["'])(.*)\1$/, '$2')
    if (/`|\$\(|["']/.test(value)) continue
    const list = set.get(match[1]!) ?? []
    if (list.length < MOST_VALUES) set.set(match[1]!, [...list, { value, end: match.index + match[0].length, plain }])
  }
  const filledIn = (name: string, before: number, depth: number): string | undefined => {
    const found = set
      .get(name)
      ?.filter(({ end }) => end <= before)
      .at(-1)
    if (found === undefined || found.plain || depth > DEEPEST) return found?.value
    return found.value.replace(
      /\$(?:\{(\w{1,61})\}|([A-Za-z_]\w{0,60}))/g,
      (whole, braced, bare) => filledIn(braced ?? bare, found.end - 1, depth + 1) ?? whole,
    )
  }
  return (name, before) => filledIn(name, before, 0)
}

const ASSIGNED =
  /^[ \t]{0,20}(?:[$#>] )?(?:export |readonly |local |declare |set |\$(?:env:)?)?([A-Za-z_]\w{0,60})(?: ?= ?)("[^"\n]{0,2000}"|'[^'\n]{0,2000}'|[^\s"';|&]{1,2000})[ \t]{0,20}(?=[;\r\n]|$|#)/gm
const MAX_ASSIGNED = 131_072
const MOST_VALUES = 20
const DEEPEST = 4
const MOST_ENDS = 5
/** Names of commands, as they stand in a pattern. */
export type CommandName = 'curl' | 'aws' | 'wget' | 'https?' | 'Invoke-(?:RestMethod|WebRequest)' | 'Get-S3PreSignedURL' | 's3cmd' | 'mc'
const MAX_COMMAND = 100_000
/** A line that goes on: a backslash (sh), a caret (cmd) or a backtick (PowerShell) before the line's end. */
const CONTINUED = /^[\\^`][ \t]?\r?\n/
const ANSI: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', e: '\u001b', "'": "'", '"': '"', '\\': '\\' }
