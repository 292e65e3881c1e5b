/** Two values under one another, the difference marked: what a person would otherwise search for letter by letter. */
import { columnsOf, visibleValue } from './redaction/visible.js'

/** One pair of lines. `carets` stands under `signed`, with its own leading spaces; "" where nothing can be marked. */
export interface FrameRow {
  readonly calculated: string
  readonly signed: string
  readonly carets: string
}

export interface FrameOptions {
  /** The most columns a value may take. */
  readonly width?: number
}

/**
 * Frames two values. Of values with several lines only the lines that differ are shown, paired by what stands before
 * their colon; a long line is cut to a window round its first difference.
 */
export function frame(calculated: string, signed: string, options: FrameOptions = {}): readonly FrameRow[] {
  const width = options.width ?? 72
  return linePairs(calculated, signed).map(([left, right]) => rowOf(left, right, width))
}

function rowOf(calculated: string | undefined, signed: string | undefined, width: number): FrameRow {
  if (calculated === undefined || signed === undefined) {
    return { calculated: shown(calculated, width), signed: shown(signed, width), carets: '' }
  }
  const left = [...visibleValue(calculated)]
  const right = [...visibleValue(signed)]
  const prefix = commonPrefix(left, right)
  const equal = prefix === left.length && prefix === right.length
  const tail = commonSuffix(left.slice(prefix), right.slice(prefix))
  const first = equal ? prefix : slidLeft(left, right, prefix, tail)
  const start = windowStart(first, Math.max(left.length, right.length), width)
  const leftShown = windowed(left, start, width)
  const rightShown = windowed(right, start, width)
  // What is inserted on one side only is marked on that side's column all the same, one caret at least.
  const marked = Math.min(Math.max(right.length - prefix - tail, 1), Math.max(width - (first - start), 1))
  const before = (start > 0 ? 1 : 0) + columnsOf(right.slice(start, first).join(''))
  const under = right.slice(first, first + marked).join('')
  const carets = equal || left.length === 0 || right.length === 0 ? '' : ' '.repeat(before) + '^'.repeat(Math.max(columnsOf(under), 1))
  return { calculated: leftShown, signed: rightShown, carets }
}

function shown(text: string | undefined, width: number): string {
  return text === undefined ? '(no such line)' : windowed([...visibleValue(text)], 0, width)
}

function windowStart(first: number, length: number, width: number): number {
  if (length <= width) return 0
  return Math.max(0, Math.min(first - Math.floor(width / 3), length - width))
}

function windowed(characters: readonly string[], start: number, width: number): string {
  if (characters.length === 0) return '(empty)'
  const end = start + width
  return (start > 0 ? '…' : '') + characters.slice(start, end).join('') + (end < characters.length ? '…' : '')
}

/** A pair of lines that differ; absent where one side has no such line. */
export type Pair = readonly [calculated: string | undefined, signed: string | undefined]

/** The pairs of lines worth showing. */
export function linePairs(calculated: string, signed: string): readonly Pair[] {
  const left = linesOf(calculated)
  const right = linesOf(signed)
  if (left.length <= 1 && right.length <= 1) return [[calculated, signed]]
  const onlyLeft = without(left, right)
  const onlyRight = without(right, left)
  if (onlyLeft.length === 0 && onlyRight.length === 0) {
    const at = left.findIndex((line, i) => line !== right[i])
    return [at < 0 ? [calculated, signed] : [left[at], right[at]]]
  }
  const pairs: Pair[] = []
  const taken = new Set<number>()
  for (const line of onlyLeft) {
    const at = onlyRight.findIndex((other, i) => !taken.has(i) && nameOf(other) === nameOf(line))
    if (at >= 0) taken.add(at)
    pairs.push([line, at < 0 ? undefined : onlyRight[at]])
  }
  for (const [i, line] of onlyRight.entries()) if (!taken.has(i)) pairs.push([undefined, line])
  return pairs.slice(0, MOST_PAIRS)
}

function linesOf(text: string): string[] {
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others]
  return lines.filter((line) => {
    const at = left.indexOf(line)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

function nameOf(line: string): string {
  return line
    .slice(0, Math.max(line.indexOf(':'), 0))
    .trim()
    .toLowerCase()
}

/** An insertion as far to the left as it can stand: of "%20" and "%2520" it is "25", not "52". */
function slidLeft(left: readonly string[], right: readonly string[], prefix: number, tail: number): number {
  const longer = right.length > left.length ? right : left
  const shorter = longer === right ? left : right
  const inserted = longer.length - shorter.length
  if (inserted === 0 || shorter.length !== prefix + tail) return prefix
  let first = prefix
  while (first > 0 && longer[first - 1] === longer[first + inserted - 1]) first--
  return first
}

function commonPrefix(a: readonly string[], b: readonly string[]): number {
  let i = 0
  while (i < a.length && i < b.length && a[i] === b[i]) i++
  return i
}

function commonSuffix(a: readonly string[], b: readonly string[]): number {
  let i = 0
  while (i < a.length && i < b.length && a[a.length - 1 - i] === b[b.length - 1 - i]) i++
  return i
}

const MOST_PAIRS = 4
