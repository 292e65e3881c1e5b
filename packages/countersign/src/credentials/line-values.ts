/**
 * Credentials in lines of evidence as they are shown, rather too much of a line than too little: where a name stands before something
 * that no notation delimits (a table, a sentence, a fallback in code), all up to the end of the cell or of the line.
 */
import { commandValues } from './command-values.js'
import { announcedBy } from './credential-names.js'
import type { Hidden } from './hidden-kind.js'
import { LINE_FORMS } from './line-forms.js'
import { isNamed, namedRows, type Stretch } from './named-rows.js'

/** What is hidden in lines besides what is hidden everywhere. Time is linear in the text. */
export function* lineValues(text: string): Generator<Hidden> {
  let at = 0
  const lines = text.split('\n')
  const below = namedRows(lines)
  for (const line of lines) {
    for (const { start, end } of below.next().value ?? []) yield { start: start + at, end: end + at, kind: 'credential' }
    for (const { start, end, kind } of ofLine(line)) yield { start: start + at, end: end + at, kind }
    at += line.length + 1
  }
}

function* ofLine(line: string): Generator<Hidden> {
  yield* commandValues(line)
  for (const { form, only, named } of LINE_FORMS)
    for (const match of line.matchAll(form)) {
      const { hidden, name } = match.groups as { readonly hidden: string; readonly name?: string }
      if (OPEN.test(hidden) || (named === true && !isNamed(name!))) continue
      const start = match.index + match[0].lastIndexOf(hidden)
      if (only === undefined || only(hidden)) yield { start, end: start + hidden.length, kind: 'credential' }
    }
  let hiddenUntil = 0
  for (const match of line.matchAll(NAME)) {
    const end = match.index + match[0].length
    if (match.index < hiddenUntil || match[0].length > LONGEST_NAME || !isNamed(match[0])) continue
    const value = valueAfter(line, match.index, end)
    if (value === undefined) continue
    hiddenUntil = value.end
    yield { ...value, kind: 'credential' }
  }
}

function valueAfter(line: string, nameStart: number, nameEnd: number): Stretch | undefined {
  const leading = nameStart < INDENT && FIRST.test(line.slice(0, nameStart))
  for (const { link, value, open, leads } of LINKS) {
    if (leads === true && !leading) continue
    link.lastIndex = nameEnd
    const linked = link.exec(line)
    if (linked === null) continue
    value.lastIndex = nameEnd + linked[0].length
    const found = value.exec(line)
    if (found === null) continue
    const written = found[0].trim()
    if (written === '' || OPEN.test(written) || open?.test(written) === true || announcedBy(written) !== undefined) continue
    // A mark in quotes, as in "Authorization: ...", ends with them.
    const around = QUOTE.exec(line[nameStart - 1] ?? '')?.[0]
    const closed = around === undefined ? -1 : found[0].indexOf(around)
    const start = found.index + (found[0].length - found[0].trimStart().length)
    const end = found.index + (closed > 0 ? closed : found[0].trimEnd().length)
    if (end > start) return { start, end }
  }
  return undefined
}

/** What may stand between a name and its value, how far that reaches, and what of it is something else. */
interface Link {
  readonly link: RegExp
  readonly value: RegExp
  readonly open?: RegExp
  /** The name must be the first of its line. */
  readonly leads?: boolean
}

const LONGEST_NAME = 80
const FIRST = /^[\s"'`*>|-]*$/
const INDENT = 40
const QUOTE = /["'`]/
/** Something stands hidden already, or is a placeholder, a variable, a rule of a table, or a name of code that fetches it. */
const OPEN =
  /^(?:\\{0,3}["'`*]){0,3}(?:x{3,}\b|\[(?:session token|signature|credentials|secret|hidden-key-id|key|long value)\]|<[^<>]{0,60}>|\*{3}|\.{3}|\u2026|\$[{(A-Za-z]|%[A-Z_]{2,40}%|\{\{|-{2,}|:?-+:?$)/
const NAME =
  /secret access key|(?:secret|api|private|account|access) (?:key|token)|identified by|mot de passe|[\p{L}\p{M}][\p{L}\p{M}\p{N}_.-]*/giu
/** What closes a name: quotes, marks of Markdown, brackets. */
const CLOSED = '[\\])`*_"\']{0,4}'
const WORDS = /^[A-Za-z][A-Za-z -]{0,60}["'`]?$/
const LINKS: readonly Link[] = [
  // Rows of tables, and what was copied out of one.
  { link: new RegExp(`${CLOSED}[ ]{0,40}\\t[ \\t]{0,40}`, 'y'), value: /[^\t]{1,2048}/y, open: WORDS },
  { link: new RegExp(`${CLOSED}[ \\t]{0,40}\\|(?!\\|)[ \\t]{0,40}`, 'y'), value: /[^|]{1,2048}/y, open: WORDS },
  // A row with commas; an enumeration has plain names in it.
  {
    link: new RegExp(`${CLOSED}[ \\t]{0,4},[ \\t]{0,4}`, 'y'),
    value: /[^,;]{4,2048}/y,
    open: /^["'`]?(?:(?:[A-Za-z][A-Za-z_. -]*|x-[a-z0-9-]+|\d+)["'`)\]]{0,8}$|[^"'`]{0,200}["'`]\s?:)/i,
    leads: true,
  },
  // <td>name</td><td>value</td>, <key>name</key><string>value</string>
  {
    link: /[`*]{0,2}<\/[\w:]{1,40}>[ \t]{0,40}(?:<(?:td|th|dd|string|value|data|span|code|kbd|b|strong|em|p|div|li|a)(?:[ \t][^<>]{0,200})?>[ \t]{0,8}){1,3}/iy,
    value: /[^<]{1,2048}/y,
  },
  // <ns:name attribute="...">value
  { link: /(?:[ \t][^<>]{0,200})?(?<!\/)>(?=[^<>]{1,2048}<\/)/y, value: /[^<]{1,2048}/y },
  // name: Type = "value", name = """value"""
  {
    link: /[ \t]{0,4}:[ \t]{0,4}&?(?:'static )?(?:str|string|[A-Z][\w.<>]{0,60})[?!]?[ \t]{0,4}=[ \t]{0,4}/y,
    value: /.{1,2048}/y,
    open: /^[A-Za-z_.]+(?:[([]|$)/,
  },
  { link: /[ \t]{0,4}[:=][ \t]{0,4}(?:"""|''')/y, value: /(?:(?!"""|''').){1,2048}/y },
  // process.env.NAME || "value"
  { link: new RegExp(`${CLOSED}[ \\t]{0,8}(?:\\|\\||\\?\\?|or(?= )|else(?= ))[ \\t]{0,8}["'\`]`, 'y'), value: /[^"'`]{1,2048}/y },
  // setPassword("value")
  { link: /[ \t]{0,2}\([ \t]{0,4}[@bfru]{0,2}["'`]/y, value: /[^"'`]{1,2048}/y, open: /^(?:Bearer|Basic|[A-Za-z]{1,20}-[A-Za-z-]{1,40})$/ },
  // IDENTIFIED BY 'value', secret access key "value"
  { link: /[ \t]{1,4}(?:(?:with|as|by)[ \t]{1,4})?["'`]/iy, value: /[^"'`]{3,2048}/y, open: /[ ]|^[A-Za-z]+(?:-[A-Za-z]+)+$/ },
  // ["one", "value"]
  { link: /["'`][ \t]{0,4}:[ \t]{0,4}\[(?:["'`]\[[a-z -]{3,20}\]["'`][, ]{0,4}){0,20}/y, value: /(?!\[)[^\]]{1,2048}/y },
  // A sentence: name - value, name is: value
  {
    link: new RegExp(`${CLOSED}[ \\t]{1,4}[-\u2013\u2014/][ \\t]{1,4}`, 'y'),
    value: /.{1,2048}/y,
    open: /^(?:[A-Za-z']{1,20}[ ,.;:]{1,2}){3}/,
  },
  {
    link: new RegExp(`${CLOSED}[ \\t]{0,4}(?:[ \\t](?:is|was|are))?(?:[ \\t]{0,4}:|[ \\t]{1,4}=(?=[ \\t]))[*_]{0,3}[ \\t]{0,4}`, 'y'),
    value: /(?!["'`]).{1,2048}/y,
    open: /^(?:[A-Za-z']{1,20}[ ,.;:]{1,2}){3}|^[\\["'`(\s]{0,6}AWS(?:4| )|^[A-Za-z_.]{1,60}[[(]|^(?:process|os|env|self|this|config)\b/,
  },
]
