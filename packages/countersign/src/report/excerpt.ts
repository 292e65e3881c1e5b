/** Places in the user's own bytes: by line and column, and the lines themselves where a report has room for them. */
import type { EvidenceSource } from '../case/index.js'
import { withoutUnnamed } from '../credentials/index.js'
import type { Location } from '../text/index.js'
import { withoutCredentialsBeside, withoutCredentialsInLines } from './redaction/redact.js'

/** From 1. A column counts bytes, as the offsets do. */
export interface LineAndColumn {
  readonly line: number
  readonly column: number
}

/** A line of the evidence, fit to be shown. */
export interface ExcerptLine {
  readonly number: number
  /** What stands before, in and after the place; the middle is "" where the place does not reach into this line. */
  readonly before: string
  readonly marked: string
  readonly after: string
}

/** Line and column of an offset. */
export function lineAndColumn(text: string, offset: number): LineAndColumn {
  let line = 1
  let start = 0
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line++
    start = at + 1
  }
  return { line, column: Math.max(offset - start, 0) + 1 }
}

/**
 * The lines of a place, and one before and after; none where the place is not within the text, or its lines are too long to be
 * shown.
 *
 * @param clean Takes out what may not be shown.
 */
export function excerpt(source: EvidenceSource, { start, end }: Location, clean: (text: string) => string): readonly ExcerptLine[] {
  const { text } = source
  if (start < 0 || end < start || end > text.length) return []
  const last = start + Math.min(end - start, MOST_MARKED)
  const from = lineStart(text, lineStart(text, start) - 1)
  const to = lineEnd(text, lineEnd(text, last) + 1)
  if (to - from > MOST_TEXT) return []
  // A name may stand in a line before its value: some lines before the place are cleaned with it.
  const context = contextStart(text, from)
  const known = withoutSecrets(text.slice(context, to), clean)
  const cleaned = known.split('\n')
  const beside = withoutCredentialsBeside(known, text.slice(context, to)).split('\n')
  const whole = text.slice(context, to).split('\n')
  const skipped = text.slice(context, from).split('\n').length - 1
  const lines: ExcerptLine[] = []
  let { line: number } = lineAndColumn(text, from)
  for (let at = from; at <= to && lines.length < MOST_LINES; number++) {
    const stop = Math.min(lineEnd(text, at), to)
    const line = text.slice(at, stop).replace(/\r$/, '')
    const shown = cleaned.length === whole.length ? cleaned[skipped + lines.length]!.replace(/\r$/, '') : withoutSecrets(line, clean)
    const aside =
      beside.length === whole.length ? beside[skipped + lines.length]!.replace(/\r$/, '') : withoutCredentialsBeside(shown, line)
    lines.push({ number, ...shownLine({ line, shown, beside: aside }, start - at, end - at, clean) })
    at = stop + 1
  }
  return lines
}

/** The line without what may not be shown, cut to a window round the place. The place is marked only where nothing was taken out of it. */
function shownLine(
  { line, shown, beside }: { readonly line: string; readonly shown: string; readonly beside: string },
  start: number,
  end: number,
  clean: (text: string) => string,
): Omit<ExcerptLine, 'number'> {
  const [from, to] = [Math.max(start, 0), Math.min(end, line.length)]
  const marked = from < to ? line.slice(from, to) : ''
  const at = marked === '' ? -1 : placeOf(shown, marked, line, from, clean)
  if (at < 0) return { before: cut(beside), marked: '', after: '' }
  const [before, after] = [shown.slice(0, at), shown.slice(at + marked.length)].map((part) => withoutCredentialsBeside(part, part)) as [
    string,
    string,
  ]
  return { before: cutLeft(before), marked: cut(marked), after: after.length > SIDE ? `${after.slice(0, SIDE)}…` : after }
}

/** Where the marked bytes stand in the shown line: nothing within them was changed, and what stands before them alike. */
function placeOf(shown: string, marked: string, line: string, from: number, clean: (text: string) => string): number {
  if (shown === line) return from
  const at = withoutSecrets(line.slice(0, from), clean).length
  return shown.startsWith(marked, at) ? at : -1
}

/** Evidence can hold a secret that nobody named: what looks like one is taken out, unless its place says that it is another thing. */
function withoutSecrets(text: string, clean: (text: string) => string): string {
  return withoutUnnamed(withoutCredentialsInLines(clean(text)))
}

function cutLeft(text: string): string {
  return text.length > SIDE ? `…${text.slice(-SIDE)}` : text
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
}

/** Where the lines begin that are read with those shown: the name of a block or of a table's column stands before its values. */
function contextStart(text: string, from: number): number {
  let start = from
  for (let lines = 0; lines < CONTEXT_LINES && start > 0; lines++) start = lineStart(text, start - 1)
  return Math.max(start, from - MOST_CONTEXT)
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end < 0 || offset > text.length ? text.length : end
}

const MOST_LINES = 9
const MOST_TEXT = 65_536
const MOST_MARKED = 2_000
const MOST_CONTEXT = 2_000
const CONTEXT_LINES = 20
const LONGEST = 240
const SIDE = 120
