/** What tools and programs put around a whole text: each wrapping as the edits that take it off. */
import { type Edit, matchEdits } from './edited-text.js'
import { decodeEntities, escapeEdits } from './escapes.js'
import { byteText, memberOf } from './json-records.js'

/** Colours of a terminal, a byte order mark, and the seams where Python's pprint breaks a long byte string. */
export function terminalMarks(text: string): readonly Edit[] {
  const inner = text.includes('\u001b') || /\n {1,60}b['"]/.test(text) ? matchEdits(text, COLOUR_OR_SEAM, () => '') : []
  return text.startsWith('\u00ef\u00bb\u00bf') ? [{ start: 0, end: 3, put: '' }, ...inner] : inner
}

/** Lines that a container runtime or the journal keeps as JSON, one object each. */
export function loggedLines(text: string): readonly Edit[] {
  if (!/^\s{0,20}\{/.test(text) || !/"(?:log|MESSAGE)"\s{0,4}:/.test(text.slice(0, 4000))) return []
  const edits: Edit[] = []
  for (let start = 0; start < text.length; ) {
    const feed = text.indexOf('\n', start)
    const end = feed < 0 ? text.length : feed + 1
    const line = text.slice(start, end).trim()
    const logged = line === '' ? '' : loggedText(line)
    if (logged === undefined) return []
    edits.push({ start, end, put: logged === '' || logged.endsWith('\n') ? logged : `${logged}\n` })
    start = end
  }
  return edits
}

function loggedText(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(line)
    const log = memberOf(value, 'log')
    if (typeof log === 'string' && (memberOf(value, 'stream') ?? memberOf(value, 'time')) !== undefined) return byteText(log)
    const message = memberOf(value, 'MESSAGE')
    return typeof message === 'string' && memberOf(value, '__REALTIME_TIMESTAMP') !== undefined ? `${byteText(message)}\n` : undefined
  } catch {
    return undefined
  }
}

/**
 * The records of syslog, in which a daemon wrote every control character as "#" and its three octal digits. What stands before each record
 * is taken off, so that a text of several lines begins on its own line.
 * @see https://www.rsyslog.com/doc/rainerscript/global.html (parser.escapeControlCharactersOnReceive)
 */
export function syslogRecords(text: string): readonly Edit[] {
  return text.includes('#012') && SYSLOG_RECORD.test(text) ? syslogEscapes(text) : []
}

/** The same where what stands before the records was left out already. */
export function syslogEscapes(text: string): readonly Edit[] {
  if (!text.includes('#012')) return []
  const heads = matchEdits(text, SYSLOG_HEAD, () => '')
  const marks = matchEdits(text, SYSLOG_ESCAPE, ([, octal]) => String.fromCharCode(Number.parseInt(octal!, 8)))
  return [...heads, ...marks].sort((a, b) => a.start - b.start)
}

/** Entities of a text copied out of the source of a page: it holds escaped angle brackets or quotes, and no plain ones. */
export function pageEntities(text: string): readonly Edit[] {
  if (!/&(?:lt|gt|quot|#34|#39|#x27);/.test(text) || /[<>"]/.test(text)) return []
  return matchEdits(text, PAGE_ENTITY, ([entity]) => decodeEntities(entity))
}

/** Line feeds that a terminal put where its width ended: the longest lines all end there. */
export function joinedLines(text: string): readonly Edit[] {
  const lengths = text.split('\n').map((line) => (line.endsWith('\r') ? line.length - 1 : line.length))
  const width = lengths.reduce((most, length) => Math.max(most, length), 0)
  const full = lengths.filter((length) => length === width).length
  if (width < 60 || width > 400 || (full < 3 && !WIDTHS.has(width))) return []
  const edits: Edit[] = []
  let at = 0
  for (let i = 0; i + 1 < lengths.length; i++) {
    const end = text.indexOf('\n', at)
    if (lengths[i] === width && (lengths[i + 1] ?? 0) > 0) edits.push({ start: at + width, end: end + 1, put: '' })
    at = end + 1
  }
  return edits
}

/** Strings in quotes, and lines, in which line feeds are spelled "\n". The quotes of such a string become line feeds. */
export function stringEscapes(text: string): readonly Edit[] {
  if (!ESCAPED_FEED.test(text)) return []
  const edits: Edit[] = []
  for (let start = 0; start < text.length; ) {
    const feed = text.indexOf('\n', start)
    const end = feed < 0 ? text.length : feed
    const line = text.slice(start, end)
    if (ESCAPED_FEED.test(line)) {
      const strings = quotedStretches(line).filter((one) => ESCAPED_FEED.test(line.slice(one.start, one.end)))
      for (const { start: from, end: to } of strings) {
        edits.push({ start: start + from - 1, end: start + from, put: '\n' })
        for (const one of unescaped(line.slice(from, to), start + from)) edits.push(one)
        edits.push({ start: start + to, end: start + to + 1, put: '\n' })
      }
      if (strings.length === 0) for (const one of unescaped(line, start)) edits.push(one)
    }
    start = end + 1
  }
  return edits
}

function unescaped(text: string, at: number): readonly Edit[] {
  return escapeEdits(text).map(({ start, end, put }) => ({ start: at + start, end: at + end, put }))
}

/** What stands between quotation marks in a line, without the marks. */
function quotedStretches(line: string): readonly { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = []
  for (let i = 0; i < line.length; i++) {
    const quote = line[i]
    if (quote !== '"' && quote !== "'") continue
    let end = i + 1
    while (end < line.length && line[end] !== quote) end += line[end] === '\\' ? 2 : 1
    if (end >= line.length) break
    found.push({ start: i + 1, end })
    i = end
  }
  return found
}

/** Quotation marks that a word processor bent, back to straight ones. */
export function straightQuotes(text: string): readonly Edit[] {
  return text.includes('\u00e2\u0080') ? matchEdits(text, BENT, ([bent]) => (/[\u0098\u0099]/.test(bent) ? "'" : '"')) : []
}

const HEAD = String.raw`^(?:<\d{1,3}>1? ?)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.+Z-]{8,24}) [\w.-]{1,80} [\w./@-]{1,60}(?:\[\d{1,8}\])?: ?`
const SYSLOG_HEAD = new RegExp(HEAD, 'gm')
const SYSLOG_RECORD = new RegExp(`${HEAD}[^\\n]{0,4000}?#012`, 'm')
const SYSLOG_ESCAPE = /#(0(?:0[1-7]|1[0-7]|2[0-7]|3[0-7]))/g
/** Columns of terminals. */
const WIDTHS = new Set([80, 100, 120, 132, 160])
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character opens a colour sequence
const COLOUR_OR_SEAM = /\u001b\[[0-9;?]{0,20}[A-Za-z]|(['"])\r?\n {1,60}b\1/g
const ESCAPED_FEED = /\\n|\\u000a/
const PAGE_ENTITY = /&(?:lt|gt|quot|amp|apos|#34|#39|#[xX]27|#[xX]22);/g
const BENT = /\u00e2\u0080[\u0098\u0099\u009c\u009d]/g
