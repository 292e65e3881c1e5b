/**
 * Shell commands pasted among other text, cut into words; variables stay as they are.
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 */

export interface ShellCommand {
  /** The command's name and its arguments, unquoted. */
  readonly words: readonly string[]
  /** `NAME=value` before the command. */
  readonly assignments: readonly (readonly [string, string])[]
  readonly start: number
  readonly end: number
}

/** The commands of this name in a text. */
export function shellCommands(text: string, name: 'curl' | 'aws'): readonly ShellCommand[] {
  const found: ShellCommand[] = []
  const mark = new RegExp(
    `(?:^|[\\n;|&(\`]) {0,8}(?:[$#>%] ?|PS> )?((?:[A-Za-z_]\\w{0,60}=[^\\s"']{0,300} ){0,8})(${name}(?:\\.exe)?)(?=[ \\t])`,
    'g',
  )
  let until = 0
  for (const match of text.matchAll(mark)) {
    const at = match.index + match[0].length - match[2]!.length
    if (at < until) continue
    const { words, end } = wordsFrom(text, at)
    if (words.length < 2 || !/^(?:-|https?:|["'$<]|[a-z][\w-]*$|s3:|\w+\.\w)/.test(words[1]!)) continue
    const assignments = [...match[1]!.matchAll(/(\w{1,61})=(\S{0,300}) /g)].map(([, variable, value]) => [variable!, value!] as const)
    found.push({ words, assignments, start: at - match[1]!.length, end })
    until = end
  }
  return found
}

function wordsFrom(text: string, from: number): { readonly words: readonly string[]; readonly end: number } {
  const words: string[] = []
  const limit = Math.min(text.length, from + MAX_COMMAND)
  let word: string | undefined
  let i = from
  for (; i < limit; i++) {
    const char = text[i]!
    const continued = CONTINUED.exec(text.slice(i, i + 4))
    if (continued !== null) i += continued[0].length - 1
    else if (char === '\n' || char === ';' || char === '|' || char === '`' || (char === '&' && /[&\s]/.test(text[i + 1] ?? '\n'))) break
    else if (char === ' ' || char === '\t' || char === '\r') {
      if (word !== undefined) words.push(word)
      word = undefined
      if (/^[ \t]#/.test(text.slice(i, i + 2))) break
    } else if (char === "'" || char === '"' || (char === '$' && text[i + 1] === "'")) {
      const quoted = quotedFrom(text, i, limit)
      word = (word ?? '') + quoted.value
      i = quoted.end - 1
    } else if (char === '\\') word = (word ?? '') + (text[++i] ?? '')
    else word = (word ?? '') + char
  }
  return { words: word === undefined ? words : [...words, word], end: Math.min(i, text.length) }
}

/** A quoted part: nothing is special between single quotes; between double quotes the backslash is, before a few characters. */
function quotedFrom(text: string, at: number, limit: number): { readonly value: string; readonly end: number } {
  const ansi = text[at] === '$'
  const quote = text[ansi ? at + 1 : at]!
  const open = ansi ? at + 2 : at + 1
  let value = ''
  for (let i = open; i < limit; i++) {
    const char = text[i]!
    if (char === quote) return { value, end: i + 1 }
    const next = text[i + 1] ?? ''
    if (char !== '\\' || (quote === "'" && !ansi)) value += char
    else if (ansi) {
      value += ANSI[next] ?? '\\' + next
      i++
    } else if (/["\\$`]/.test(next)) {
      value += next
      i++
    } else if (next === '\n') i++
    else value += char
  }
  return { value, end: limit }
}

const MAX_COMMAND = 100_000
/** A line that goes on: a backslash (sh), a caret (cmd) or a backtick (PowerShell) before the line's end. */
const CONTINUED = /^[\\^`][ \t]?\r?\n/
const ANSI: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', "'": "'", '"': '"', '\\': '\\' }
