/** The settings in a text, whatever notation they stand in: lines of a configuration, arguments of a call, options, variables. */

/** One setting, so written that two notations of it are equal. */
export interface Statement {
  /** Lower case. */
  readonly name: string
  /** As written, without quotation marks. */
  readonly value: string
  readonly at: number
}

/** The statements of the named settings. Comments are none. Linear in the text. */
export function statementsOf(text: string, names: ReadonlySet<string>): readonly Statement[] {
  const found: Statement[] = []
  let tried = 0
  for (const match of text.matchAll(SETTING)) {
    const name = match[1]!.toLowerCase()
    if (!names.has(name)) continue
    if (++tried > MOST) break
    if (isComment(text, match.index)) continue
    const value = valueIn(text, match.index + match[0].length)
    if (value !== '') found.push({ name, value, at: match.index })
  }
  return found
}

/** Whether the line has begun a comment before this place. */
function isComment(text: string, at: number): boolean {
  const start = text.lastIndexOf('\n', at - 1) + 1
  if (at - start > LONGEST_LINE) return false
  const before = text.slice(start, at).replace(/:\/\//g, '')
  return /^\s{0,80}(?:#|\/\/|;|--\s|<!--|\*)|\s(?:#|\/\/)\s/.test(before)
}

/** What stands after the name: one word or quoted text; of a directive all its words. */
function valueIn(text: string, from: number): string {
  const rest = text.slice(from, from + LONGEST_VALUE)
  const sign = /^["'\]]?[ \t]{0,20}(=>|:=|[=:(]|[ \t])[ \t]{0,20}/.exec(rest)
  if (sign === null) return ''
  const value = rest.slice(sign[0].length)
  const quoted = /^"([^"\n]*)"|^'([^'\n]*)'/.exec(value)
  if (quoted !== null) return quoted[1] ?? quoted[2] ?? ''
  const words = sign[1]!.trim() === '' ? /^[^;\n{}#]*/.exec(value) : /^[^\s;,)}\]"']*/.exec(value)
  return (words?.[0] ?? '')
    .trim()
    .replace(/["'\\]/g, '')
    .replace(/\s+/g, ' ')
}

const SETTING = /(?<![\w.-])(?:--|-D)?["'[]{0,2}([A-Za-z][\w.-]{1,80})(?![\w.-])/g
const LONGEST_LINE = 2000
const LONGEST_VALUE = 300
const MOST = 500
