/** Where the value of a name stands: what may be between the two, and where the value ends. */
import type { Announced } from './credential-names.js'

export interface Name {
  readonly start: number
  readonly end: number
  readonly announced: Announced
  readonly technical: boolean
}

export interface Value {
  readonly start: number
  readonly end: number
  /** Nothing but white space is between name and value. */
  readonly weak: boolean
  readonly quoted: boolean
  /** Neither in quotes nor after "=": it may be a word of a sentence. */
  readonly bare: boolean
  /** Name and value are all of their line. */
  readonly alone: boolean
}

/** The value of a name; `undefined` where none follows. */
export function valueAfter(text: string, name: Name): Value | undefined {
  const quotedName = QUOTE.test(text[name.end] ?? '') || text.startsWith('\\"', name.end) || text.startsWith('&quot;', name.end)
  const pair = firstMatch(PAIR, text, name.end)
  if (pair !== undefined) return valueAt(text, name, name.end + pair.length, '=')
  const before = quotedName ? valueBefore(text, name.start) : undefined
  if (before !== undefined) return before
  const between = firstMatch(quotedName ? BETWEEN_QUOTED : BETWEEN, text, name.end)
  if (between !== undefined) return valueAt(text, name, name.end + between.length, between)
  if (text[name.end] === '>' && /[<:]/.test(text[name.start - 1] ?? '') && !text.slice(name.start, name.end).includes(' '))
    return valueAt(text, name, name.end + 1, '>')
  if (name.announced === 'signature' && firstMatch(HEX_AFTER, text, name.end) !== undefined)
    return valueAt(text, name, name.end + firstMatch(BLANK, text, name.end)!.length, ' ')
  if (name.announced === 'authorization' || name.announced === 'signature') return undefined
  const option = text.slice(Math.max(name.start - 2, 0), name.start) === '--'
  if (name.announced === 'cookie' && !option) return undefined
  const blank = firstMatch(SPOKEN, text, name.end)
  if (blank === undefined) return undefined
  const value = valueAt(text, name, name.end + blank.length, option ? '=' : ' ')
  return value === undefined || option ? value : { ...value, weak: true }
}

/** The match of a sticky expression at an offset. */
export function firstMatch(sticky: RegExp, text: string, at: number): string | undefined {
  sticky.lastIndex = at
  return sticky.exec(text)?.[0]
}

/** A value from its opening quotes and brackets on. */
function valueAt(text: string, name: Name, from: number, between: string): Value | undefined {
  const type = between.trimEnd() === ':' && name.announced !== 'cookie' ? firstMatch(TYPE, text, from) : undefined
  if (type !== undefined) return valueAt(text, name, from + type.length, '=')
  if (firstMatch(PLACED, text, from) !== undefined) return undefined
  const list = name.announced === 'cookie' ? firstMatch(LIST, text, from) : undefined
  if (list !== undefined)
    return { start: from + list.length, end: from + list.length + firstMatch(TO_BRACKET, text, from + list.length)!.length, ...SURE }
  const opened = firstMatch(OPENING, text, from) ?? ''
  const start = from + opened.length
  if (firstMatch(STANDS, text, start) !== undefined) return undefined
  // A quote with nothing after it closes what stands before the name.
  if (opened !== '' && /^(?:[\s;,.)\]}]|$)/.test(text.slice(start, start + 1))) return undefined
  const own = /(\\?["'`]|&quot;|%22)$/.exec(opened)?.[1]
  const around = /(\\?["'`]|&quot;)$/.exec(text.slice(Math.max(name.start - 6, 0), name.start))?.[1]
  const closing = own ?? (QUOTE.test(text[name.end] ?? '') ? undefined : around)
  const long = name.announced === 'cookie' || name.announced === 'authorization'
  const end =
    closing === undefined
      ? unquotedEnd(text, name, start, { long, opened, between })
      : quotedEnd(text, start, closing, long || own !== undefined)
  if (end <= start) return undefined
  // The name of a member is no value of the object's.
  if (opened.includes('{') && own !== undefined && firstMatch(MEMBER, text, end) !== undefined) return undefined
  const bare = own === undefined && !/=|%3d|>/i.test(between)
  return { start, end, weak: false, quoted: own !== undefined, bare, alone: bare && isAlone(text, name.start, end) }
}

/** Up to the closing quote, not over a line end. */
function quotedEnd(text: string, start: number, closing: string, spaces: boolean): number {
  const stop = Math.min(lineEnd(text, start), start + LONGEST)
  const body = text.slice(start, stop)
  let at = body.indexOf(closing)
  while (at > 0 && closing.length === 1 && body[at - 1] === '\\') at = body.indexOf(closing, at + 1)
  const end = at < 0 ? body.length : at
  const escaped = body.slice(0, end).search(/\\[rn]|%0[ad]/i)
  const shown = escaped < 0 ? end : escaped
  if (spaces) return start + body.slice(0, shown).trimEnd().length
  const space = body.slice(0, shown).search(/[\s&]/)
  return start + (space < 0 ? shown : space)
}

function unquotedEnd(
  text: string,
  name: Name,
  start: number,
  { long, opened, between }: { readonly long: boolean; readonly opened: string; readonly between: string },
): number {
  if (between === '>') return start + (firstMatch(TO_TAG, text, start) ?? '').length
  if (long) {
    const query = /^(?:=|%3d)$/i.test(between) && /[?&]/.test(text[name.start - 1] ?? '')
    const form = query ? SHORT_VALUE : /[[{(]$/.test(opened) ? IN_BRACKETS : TO_LINE_END
    return start + (firstMatch(form, text, start) ?? '').trimEnd().length
  }
  const setting =
    /^[ \t]{0,4}=/.test(between) && /(?:^|\n)[ \t]*(?:export |set |ENV )?$/.test(text.slice(Math.max(name.start - 24, 0), name.start))
  return start + (firstMatch(setting ? SETTING_VALUE : name.announced === 'key-id' ? ID_VALUE : SHORT_VALUE, text, start) ?? '').length
}

/** HAR and others may write `{"value":"...","name":"cookie"}`. */
function valueBefore(text: string, nameStart: number): Value | undefined {
  const lead = /["']\s{0,8},\s{0,8}["']?(?:name|key)["']?\s{0,4}:\s{0,4}["']$/i.exec(text.slice(Math.max(nameStart - 40, 0), nameStart))
  if (lead === null) return undefined
  const end = nameStart - lead[0].length
  const open = text.lastIndexOf(lead[0][0]!, end - 1)
  if (open < 0 || end - open > LONGEST || !/value["']?\s{0,4}:\s{0,4}$/i.test(text.slice(Math.max(open - 20, 0), open))) return undefined
  return { start: open + 1, end, ...SURE }
}

function isAlone(text: string, nameStart: number, end: number): boolean {
  const before = text.slice(Math.max(nameStart - 40, 0), nameStart)
  return /^[\s\-"'{>+*]*$/.test(before.slice(before.lastIndexOf('\n') + 1)) && /^[ \t]*(?:[\r\n]|$)/.test(text.slice(end, end + 40))
}

function lineEnd(text: string, from: number): number {
  const end = text.slice(from, from + LONGEST).search(/[\r\n]/)
  return end < 0 ? text.length : from + end
}

const SURE = { weak: false, quoted: true, bare: false, alone: false } as const
const LONGEST = 8192
const QUOTE = /["'`]/
const COLON = '(?::=|=>|->|[:=]|%253[ad]|%3[ad]|\\\\u003[ad]|&#61;|&#x3d;)'
const CLOSED = '(?:\\\\?["\'`]|&quot;|%22)'
/** What may be between: the brackets of a list, a closing one, "header", the separator. */
const BETWEEN = new RegExp(
  `(?:\\[[\\w-]{0,20}\\]|%5b[\\w-]{0,20}%5d|[\\])]|\\*)?(?:[ \\t]{1,2}(?:header|value|parameter|variable))?[ \\t]{0,40}${COLON}(?:\\*\\*(?=[ \\t]))?[ \\t]{0,40}`,
  'iy',
)
/** After a name in quotes a comma does it too: ("name", "value"). */
const BETWEEN_QUOTED = new RegExp(
  `${CLOSED}[\\])]?(?:(?:[ \\t]{1,2}(?:header|value|parameter|variable))?[ \\t]{0,40}${COLON}|[ \\t]{0,4},(?=[ \\t]{0,4}[[(bu]{0,2}["'\`]))[ \\t]{0,40}`,
  'iy',
)
/** {"name":"cookie","value":"..."} with other members between, "secret":{"value":"..."}, YAML of the same, <name>..</name><value>.. */
const PAIR =
  /(?:\\?["'`])?(?:<\/[A-Za-z]{1,12}>)?(?:[\s,]{0,40}"(?!value)[A-Za-z_]{1,24}"\s{0,4}:\s{0,4}(?:"[^"\n]{0,200}"|[\w.]{1,20})){0,3}[\s,;:{]{0,80}(?:\\?["'`<])?(?:[A-Za-z]{0,12}value|val)(?:\\?["'`])?(?:>|[ \t]{0,4}[:=])\s{0,40}/iy
/** A placeholder, a mask or a variable: nothing is left to hide. */
const STANDS = /<[^<>]{0,60}>|\*{3}|\.{3}|x{4}|X{3}|\u2026|\$[{(]|\$[A-Z_]{2,40}(?![A-Za-z0-9])|%[A-Z_]{2,40}%|\{\{/y
const OPENING = /[ \t]{0,4}(?:<!\[CDATA\[|(?:\[\]string\{|[[({]){0,3}(?:[bu]?(?:\\?["'`]|&quot;|%22))?)/y
/** A placeholder stands there already. */
const PLACED =
  /[ \t]{0,4}(?:\[\]string\{|[[({]){0,3}[bu]?(?:\\?["'`]|&quot;|%22)?\[(?:session token|signature|credentials|secret|hidden-key-id|key|long value)\]/y
/** "password is x", "--token x". */
const SPOKEN = /(?:[ \t]{1,4}(?:is|was|of))?[ \t]{1,40}(?=\S)/iy
const BLANK = /\s{1,8}(?:["'`])?/y
const HEX_AFTER = /\s{1,8}["'`]?(?:[0-9a-fA-F]{128,144}|[0-9a-fA-F]{64})(?![0-9a-fA-F])/y
/** Of a declaration: `key: String = "value"`. */
const TYPE = /&?(?:'static )?(?:str|string|[A-Z][\w.<>]{0,60})[?!]?[ \t]{0,4}=[ \t]{0,4}(?=@?["'`])/y
const MEMBER = /\\?["'`]\s{0,4}:/y
/** A list of cookies, each an object. */
const LIST = /[ \t]{0,4}\[(?=\s{0,80}\{)/y
const TO_BRACKET = /[^\]]{1,8192}/y
const SHORT_VALUE = /[^\s,;&"'<>`)\]}\\\u240a\u240d]{1,8192}/y
const ID_VALUE = /[^\s,;&"'<>`)\]}\\\u240a\u240d:]{1,512}/y
const SETTING_VALUE = /(?:[^\s&;"'`\\\u240a\u240d]|;(?![A-Za-z]\w{0,30}=)){1,8192}/y
const TO_TAG = /[^<]{1,8192}(?=<\/)/y
const TO_LINE_END = /(?:[^\r\n"'<>\\\u240a\u240d]|["'](?![ \t]{0,4}(?:[,)\]}]|$|[\r\n]))|\\(?![nr"'])){1,8192}/y
const IN_BRACKETS = /[^\r\n\]}"'\\\u240a\u240d]{1,8192}/y
