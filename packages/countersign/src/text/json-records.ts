/** Records of logs that are written as JSON: one object a line, an array, or an envelope around either. */
import { utf8ByteString } from '../sigv4/index.js'
import { type Line, logLines } from './log-lines.js'

/** One record: its values by dotted path in lower case without punctuation ("request.headers.User-Agent" is "requestheadersuseragent"). */
export interface JsonRecord {
  readonly start: number
  readonly end: number
  readonly value: unknown
}

/** The objects of a JSON log, in order; envelopes (`Records`, `Events`, `events`, `message`, `log`) are opened. */
export function jsonRecords(text: string): readonly JsonRecord[] {
  const first = text.search(/\S/)
  if (first < 0) return []
  if (text[first] === '{' || text[first] === '[') {
    const whole = parsed(text)
    if (whole !== undefined) return opened(whole, 0).map((value) => ({ start: first, end: text.trimEnd().length, value }))
  }
  return logLines(text).flatMap(lineRecord)
}

/** The members of a record, nested ones too, each under its path with only letters and digits, in lower case. */
export function flatMembers(record: unknown): ReadonlyMap<string, string> {
  const members = new Map<string, string>()
  const add = (value: unknown, path: string, depth: number): void => {
    if (members.size >= MOST_MEMBERS || depth > DEEPEST) return
    if (typeof value === 'string') members.set(path, byteText(value))
    else if (typeof value === 'number') members.set(path, String(value))
    else if (Array.isArray(value)) add(value[0], path, depth + 1)
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value)) add(one, path + name.toLowerCase().replace(/[^a-z0-9]/g, ''), depth + 1)
  }
  add(record, '', 0)
  return members
}

/** A member of an object by its own name. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}

/** A JSON string as a byte string: what stood there as bytes already is one, what was escaped becomes UTF-8. */
export function byteText(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a byte string holds any byte
  return /^[\u0000-\u00ff]*$/.test(value) ? value : utf8ByteString(value)
}

function lineRecord(line: Line): readonly JsonRecord[] {
  const open = line.text.indexOf('{')
  if (open < 0 || open > FURTHEST || line.text.length > LONGEST) return []
  const value = parsed(line.text.slice(open))
  return value === undefined ? [] : opened(value, 0).map((one) => ({ start: line.start, end: line.end, value: one }))
}

function opened(value: unknown, depth: number): readonly unknown[] {
  if (Array.isArray(value)) return depth > 3 ? [] : value.slice(0, MOST_RECORDS).flatMap((one) => opened(one, depth + 1))
  if (typeof value !== 'object' || value === null) return []
  for (const name of ENVELOPES) {
    const inside = memberOf(value, name)
    if (Array.isArray(inside)) return opened(inside, depth + 1)
    const inner = typeof inside === 'string' && /^\s{0,20}\{/.test(inside) && depth < 4 ? parsed(inside) : undefined
    if (inner !== undefined) return opened(inner, depth + 1)
  }
  return [value]
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

const ENVELOPES = ['Records', 'Events', 'events', 'CloudTrailEvent', '@message', 'message', 'log']
const MOST_MEMBERS = 300
const DEEPEST = 6
const MOST_RECORDS = 100_000
const FURTHEST = 400
const LONGEST = 300_000
