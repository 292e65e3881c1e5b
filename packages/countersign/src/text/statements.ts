/**
 * The settings in a text, whatever notation they stand in: lines of a configuration, arguments of a call, options, variables; and a name
 * with its value beside it, as Kubernetes, task definitions and Hadoop's files have them.
 */

/** One setting, so written that two notations of it are equal. */
export interface Statement {
  /** Lower case. */
  readonly name: string
  /** The name as written. */
  readonly spelled: string
  /** As written, without quotation marks. */
  readonly value: string
  readonly at: number
  /** What says that the value is one: a sign between the two ("=", ":", "=>", "("), "--" before the name; "" where nothing but a blank does. */
  readonly sign: string
  readonly quoted: boolean
  /** The value as it stands there, within its quotation marks. */
  readonly stands?: { readonly text: string; readonly at: number }
}

/** The statements of the settings that are asked for by their names, in lower case, in their order. Comments are none. Linear in the text. */
export function statementsOf(text: string, asked: (name: string) => boolean): readonly Statement[] {
  const known = new Map<string, boolean>()
  const isAsked = (name: string): boolean => {
    const answer = known.get(name) ?? asked(name)
    if (known.size < MOST_NAMES) known.set(name, answer)
    return answer
  }
  return [...inLines(text, isAsked), ...besideNames(text, isAsked)].sort((a, b) => a.at - b.at)
}

function inLines(text: string, isAsked: (name: string) => boolean): readonly Statement[] {
  const found: Statement[] = []
  let tried = 0
  for (const match of text.matchAll(SETTING)) {
    const name = match[1]!.toLowerCase()
    if (!isAsked(name)) continue
    if (++tried > MOST) break
    if (isComment(text, match.index)) continue
    const after = match.index + match[0].length
    const { value, sign, quoted, stands, skipped } = valueIn(text, after)
    if (value === '') continue
    const own = sign === '' && match[0].startsWith('--') ? '--' : sign
    const place = { text: stands, at: after + skipped }
    found.push({ name, spelled: match[1]!, value, at: match.index, sign: own, quoted, stands: place })
  }
  return found
}

function besideNames(text: string, isAsked: (name: string) => boolean): readonly Statement[] {
  const found: Statement[] = []
  for (const notation of BESIDE)
    for (const match of text.matchAll(notation)) {
      const name = match[1]!.toLowerCase()
      if (!isAsked(name) || isComment(text, match.index)) continue
      if (found.length >= MOST) return found
      const value = match[2]!.trim().replace(/^(["'])(.*)\1$/, '$2')
      if (value !== '') found.push({ name, spelled: match[1]!, value, at: match.index, sign: '=', quoted: true })
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

/** What stands after the name, and how far behind it: one word or quoted text; of a directive all its words, one space apart. */
function valueIn(
  text: string,
  from: number,
): Pick<Statement, 'value' | 'sign' | 'quoted'> & { readonly stands: string; readonly skipped: number } {
  const rest = text.slice(from, from + LONGEST_VALUE)
  const before = /^["'\]]?[ \t]{0,20}(=>|:=|[=:(]|[ \t])[ \t]{0,20}/.exec(rest)
  if (before === null) return { value: '', sign: '', quoted: false, stands: '', skipped: 0 }
  const skipped = before[0].length
  const value = rest.slice(skipped)
  const sign = before[1]!.trim()
  const inQuotes = /^"([^"\n]*)"|^'([^'\n]*)'/.exec(value)
  if (inQuotes !== null) {
    const stands = inQuotes[1] ?? inQuotes[2] ?? ''
    return { value: stands, sign, quoted: true, stands, skipped: skipped + 1 }
  }
  const words = sign === '' ? /^[^;\n{}#]*/.exec(value) : /^[^\s;,)}\]"']*/.exec(value)
  const stands = (words?.[0] ?? '').trimEnd()
  return {
    value: stands
      .trim()
      .replace(/["'\\]/g, '')
      .replace(/\s+/g, ' '),
    sign,
    quoted: false,
    stands,
    skipped,
  }
}

const SETTING = /(?<![\w.-])(?:--|-D)?["'[]{0,2}([A-Za-z][\w.-]{1,80})(?![\w.-])/g
const BESIDE = [
  /\bname["']?[ \t]{0,10}[:=][ \t]{0,10}["']?([A-Za-z][\w.-]{1,80})["']?,?\s{1,80}["']?value["']?[ \t]{0,10}[:=][ \t]{0,10}("[^"\n]{0,200}"|'[^'\n]{0,200}'|[^\s"',}#]{1,200})/gi,
  /<name>\s{0,10}([\w.-]{2,80})\s{0,10}<\/name>\s{0,40}<value>([^<]{0,200})<\/value>/gi,
]
const LONGEST_LINE = 2000
const LONGEST_VALUE = 300
const MOST = 500
const MOST_NAMES = 5000
