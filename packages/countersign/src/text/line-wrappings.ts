/** What stands before each line because of where a text has been: a log's time stamp, a container's name, a quotation mark, an indent. */
import type { Edit } from './edited-text.js'

/**
 * The edits that take one wrapping off, the outermost; none where there is none.
 *
 * @param begins What a block begins with, indent included, whose indent is a wrapping.
 */
export function unprefixed(text: string, begins: RegExp): readonly Edit[] {
  const lines = linesOf(text)
  const full = lines.filter(({ blank }) => !blank)
  const whole = full.length < LEAST ? undefined : WHOLE.find((wrapping) => fits(wrapping, text, full))
  if (whole !== undefined) return full.flatMap((line) => cut(text, line, whole.pattern))
  const quoted = CURL.test(text) ? [] : runs(text, lines, QUOTED)
  return quoted.length > 0 ? quoted : indented(text, lines, begins)
}

/** A line of a log, taken out of it, without what stands before what it says: the time and the level, or whose line it is. */
export function bareLine(line: string): string {
  const prefix = LONE.find((one) => one.test(line))
  return prefix === undefined ? line : line.replace(prefix, '')
}

interface Span {
  readonly start: number
  readonly end: number
  readonly blank: boolean
}

interface Wrapping {
  readonly pattern: RegExp
  /** The prefix is the same on each line, but for its digits. */
  readonly same?: true
  /** The share of the lines that must have it. */
  readonly share: number
}

function linesOf(text: string): readonly Span[] {
  const lines: Span[] = []
  for (let start = 0; start < text.length; ) {
    const feed = text.indexOf('\n', start)
    const end = feed < 0 ? text.length : feed
    lines.push({ start, end, blank: text.slice(start, Math.min(end, start + 200)).trim() === '' })
    start = end + 1
  }
  return lines
}

function prefixOf(text: string, line: Span, pattern: RegExp): string | undefined {
  return pattern.exec(text.slice(line.start, Math.min(line.end, line.start + LONGEST)))?.[0]
}

function fits({ pattern, same, share }: Wrapping, text: string, full: readonly Span[]): boolean {
  const prefixes = full.slice(0, SAMPLE).flatMap((line) => prefixOf(text, line, pattern) ?? [])
  if (prefixes.length < share * Math.min(full.length, SAMPLE)) return false
  const blind = (prefix: string): string => prefix.trimEnd().replace(/\d+/g, '0')
  return same === undefined || prefixes.every((prefix) => blind(prefix) === blind(prefixes[0]!))
}

function cut(text: string, line: Span, pattern: RegExp): readonly Edit[] {
  const prefix = prefixOf(text, line, pattern)
  return prefix === undefined || prefix === '' ? [] : [{ start: line.start, end: line.start + prefix.length, put: '' }]
}

/** Runs of lines that all have the prefix: a quotation among other text. */
function runs(text: string, lines: readonly Span[], pattern: RegExp): readonly Edit[] {
  const edits: Edit[] = []
  let run: Edit[] = []
  for (const line of lines) {
    const one = cut(text, line, pattern)
    if (one.length > 0) for (const edit of one) run.push(edit)
    else {
      if (run.length >= LEAST) for (const one of run) edits.push(one)
      run = []
    }
  }
  return run.length >= LEAST ? [...edits, ...run] : edits
}

/** The indent of the blocks that begin so. */
function indented(text: string, lines: readonly Span[], begins: RegExp): readonly Edit[] {
  const edits: Edit[] = []
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!
    const indent = line.blank ? undefined : prefixOf(text, line, begins)
    if (indent === undefined) continue
    let next = i
    for (; next < lines.length; next++) {
      const { start, end, blank } = lines[next]!
      if (!blank && !text.startsWith(indent, start)) break
      const length = blank ? Math.min(end - start, indent.length) : indent.length
      if (length > 0 && text.slice(start, start + length).trim() === '') edits.push({ start, end: start + length, put: '' })
    }
    i = next - 1
  }
  return edits
}

const LEAST = 3
const SAMPLE = 2000
const LONGEST = 260
const TIME = '\\[?\\d{4}[-/]\\d\\d[-/]\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?: ?(?:Z|UTC|[+-]\\d\\d:?\\d\\d))?\\]?'
const WHOLE: readonly Wrapping[] = [
  // Container runtimes: time, stream, whole or partial line.
  { pattern: new RegExp(`^${TIME} (?:stdout|stderr) [FP](?: |(?=\\r?$))`), share: 1 },
  { pattern: new RegExp(`^${TIME}(?: |\\t|(?=\\r?$))`), share: 1 },
  { pattern: /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [\w.-]{1,80} [\w./@-]{1,60}(?:\[\d{1,8}\])?:(?: |(?=\r?$))/, share: 1 },
  { pattern: /^==> [\w.-]{1,40}:(?: |(?=\r?$))/, share: 1 },
  { pattern: /^[\w.-]{1,60} {0,30}\|(?: |(?=\r?$))/, same: true, share: 1 },
  { pattern: /^\[(?:pod\/)?[\w.-]{1,100}(?:\/[\w.-]{1,100})?\](?: |(?=\r?$))/, same: true, share: 1 },
  { pattern: /^\[?(?:DEBUG|INFO|WARN|WARNING|ERROR|TRACE|debug|info|warn|error|trace)\]?:? {1,3}/, share: 1 },
  { pattern: /^[\w./@-]{1,60}(?:\[[\w.-]{1,30}\])?:(?: |(?=\r?$))/, same: true, share: 1 },
  { pattern: /^(?:\||\u00e2\u0094\u0082)(?: |(?=\r?$))/, share: 1 },
]
/** What may stand before a line that is taken alone. */
const LONE: readonly RegExp[] = [
  /^==> [\w.-]{1,40}: ?/,
  /^\s{0,8}[>|#] ?(?=\S|$)/,
  /^(?:[<>*] |[<>*]$)/,
  /^[\w.-]{1,40}\s{0,20}\| ?/,
  new RegExp(`^${TIME} (?:\\[?(?:DEBUG|INFO|WARN|WARNING|ERROR|TRACE)\\]?:? )?`),
]
const QUOTED = /^ {0,3}>(?: |(?=\r?$))/
const CURL = /^[*<] /m

/** The same as a step of several: with the beginning that is looked for. */
export function unprefixedBefore(begins: RegExp): (text: string) => readonly Edit[] {
  return (text) => unprefixed(text, begins)
}
