/** Lines of access logs taken apart: words, quoted and bracketed fields, request lines and times. */

/** One field of a log line. */
export interface LogField {
  readonly text: string
  readonly mark: '' | '"' | '[' | '{'
  /** Offset of its first byte, mark included, in the line. */
  readonly at: number
}

/** The fields of a line: words between spaces, "quoted" text (a backslash escapes), [bracketed] and {braced} text. */
export function logFields(line: string): readonly LogField[] {
  const fields: LogField[] = []
  for (let i = 0; i < line.length && fields.length < MOST_FIELDS; ) {
    const char = line[i]!
    if (char === ' ' || char === '\t') {
      i++
      continue
    }
    const close = CLOSES[char]
    const end = close === undefined ? -1 : closing(line, i + 1, close)
    if (end >= 0) {
      fields.push({ text: line.slice(i + 1, end), mark: char as LogField['mark'], at: i })
      i = end + 1
      continue
    }
    const space = wordEnd(line, i + 1)
    fields.push({ text: line.slice(i, space), mark: '', at: i })
    i = space
  }
  return fields
}

/** The request line in a field: `GET /path?query HTTP/1.1`. The target is as logged. */
export function requestLineIn(text: string): { readonly method: string; readonly target: string } | undefined {
  const version = text.lastIndexOf(' HTTP/')
  if (version < 0 || text.length - version > 10) return undefined
  const space = text.indexOf(' ')
  const method = text.slice(0, space)
  const target = text.slice(space + 1, version)
  return space < version && /^[A-Z]{3,10}$/.test(method) && target.length <= LONGEST_TARGET && /^(?:\/|\*$|https?:\/\/)/.test(target)
    ? { method, target }
    : undefined
}

/** A logged value with the escapes of nginx, Apache and HAProxy undone: `\x22`, `\"`, `#22`. */
export function unescapedField(text: string, hash = false): string {
  const plain = text.includes('\\')
    ? text.replace(/\\(?:x([0-9A-Fa-f]{2})|(["\\]))/g, (_, hex: string | undefined, char: string | undefined) =>
        hex === undefined ? (char ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
      )
    : text
  return hash ? plain.replace(/#([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : plain
}

/**
 * Milliseconds since 1970 of a time as logs write it, if it names its zone: `06/Feb/2019:00:00:38 +0000`,
 * `2024-05-01T10:00:00.123Z`, seconds since 1970.
 */
export function logTime(text: string): number | undefined {
  const common = /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})? ([+-])(\d\d)(\d\d)$/.exec(text)
  if (common !== null) {
    const [, day, month, year, hour, minute, second, sign, zoneHours, zoneMinutes] = common
    const at = MONTHS.indexOf(month!)
    if (at < 0) return undefined
    const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1)
    return Date.UTC(Number(year), at, Number(day), Number(hour), Number(minute), Number(second)) - offset * 60_000
  }
  const iso = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:Z|([+-])(\d\d):?(\d\d))$/.exec(text)
  if (iso !== null) {
    const [, year, month, day, hour, minute, second, sign, zoneHours, zoneMinutes] = iso
    const offset = sign === undefined ? 0 : (Number(zoneHours) * 60 + Number(zoneMinutes)) * (sign === '-' ? -1 : 1)
    return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) - offset * 60_000
  }
  return /^1\d{9}(?:\.\d{1,9})?$/.test(text) ? Math.floor(Number(text)) * 1000 : /^1\d{12}$/.test(text) ? Number(text) : undefined
}

/** Whether a line is a record of an access or error log: no sentence, and many clients may be named in such. `>> "PUT ...` is a client's. */
export function isLogRecord(line: string): boolean {
  if (line.includes(' HTTP/')) return /(?<!>> )"[A-Z]{3,10} [^\s"]{1,16000} HTTP\/[\d.]{1,3}"/.test(line) && !TALK.test(line)
  return (
    /\[(?:debug|info|warn|error|crit)\] \d{1,9}#\d{1,9}: /.test(line.slice(0, 200)) ||
    /^#Fields: |^[^\t]{1,40}(?:\t[^\t]{0,4000}){7}/.test(line)
  )
}

/** Whether a field is the status of a response. */
export function isStatus(text: string | undefined): text is string {
  return text !== undefined && /^[1-5]\d\d$/.test(text)
}

/** Whether a text can be a host as a Host header names it. */
export function isHost(text: string): boolean {
  return text.length <= 260 && /^(?:[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+|localhost|\[[0-9A-Fa-f:]+\])(?::\d{1,5})?$/.test(text)
}

/** Words of a sentence in front of a request that it quotes; fields have no such row of words. */
const TALK = /^[^"[\]]{0,200}?(?:[A-Za-z']{1,20}[,.:;]? ){6}/

function closing(line: string, from: number, close: string): number {
  for (let i = from; i < line.length; i++) {
    if (line[i] === '\\' && close === '"') i++
    else if (line[i] === close) return i
  }
  return -1
}

function wordEnd(line: string, from: number): number {
  let i = from
  while (i < line.length && line[i] !== ' ' && line[i] !== '\t') {
    // `key="a value"` is one field.
    if (line[i] === '"' && (line[i - 1] === '=' || line[i - 1] === ':')) {
      const end = closing(line, i + 1, '"')
      if (end >= 0) i = end
    }
    i++
  }
  return i
}

const CLOSES: Readonly<Record<string, string>> = { '"': '"', '[': ']', '{': '}' }
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const MOST_FIELDS = 80
const LONGEST_TARGET = 16_000
