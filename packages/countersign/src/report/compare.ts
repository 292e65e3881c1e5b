/**
 * Two canonical requests side by side: lines paired by diagnosis, and within a line the bytes that differ, both sides padded so that
 * what is alike stands in the same column.
 */
import type { ComparedLine, Comparison } from '../diagnosis/index.js'
import { columnsOf, visibleValue } from './redaction/visible.js'

/** A stretch of two lines. Of a difference either side can be "". */
export interface Run {
  readonly same: boolean
  readonly signer: string
  readonly verifier: string
}

/** The stretches of one pair of lines, as they are shown. A side without such a line has none. */
export function runsOf(line: ComparedLine): readonly Run[] {
  const signer = characters(line.signer)
  const verifier = characters(line.verifier)
  if (line.same) return [{ same: true, signer: signer.join(''), verifier: verifier.join('') }]
  if (line.signer === undefined || line.verifier === undefined)
    return [{ same: false, signer: signer.join(''), verifier: verifier.join('') }]
  const head = shared(signer, verifier, (a, i) => a[i])
  const tail = Math.min(
    shared(signer, verifier, (a, i) => a[a.length - 1 - i]),
    Math.min(signer.length, verifier.length) - head,
  )
  const middle = joined(between(signer.slice(head, signer.length - tail), verifier.slice(head, verifier.length - tail)))
  const alike = (text: readonly string[]): Run => ({ same: true, signer: text.join(''), verifier: text.join('') })
  return [alike(signer.slice(0, head)), ...middle, alike(signer.slice(signer.length - tail))].filter(
    ({ signer: a, verifier: b }) => a !== '' || b !== '',
  )
}

/** Whether two lines differ in what a report does not show, such as a session token. */
export function differsUnseen(line: ComparedLine): boolean {
  return !line.same && line.signer === line.verifier
}

export interface CompareOptions {
  /** Columns there are. Below 100 the two sides stand under one another. */
  readonly columns: number
  /** Lines that are alike are left out but for one before and after a difference. */
  readonly brief?: boolean
  /** Decorates what differs. */
  readonly mark?: (text: string) => string
}

/** The comparison as lines of text. */
export function comparedText({ lines }: Comparison, { columns, brief = false, mark = (text) => text }: CompareOptions): readonly string[] {
  const beside = columns >= BESIDE
  const room = beside ? Math.floor((columns - NUMBER - 4) / 2) : columns - NUMBER - SIDE - 2
  const shown = brief ? lines.map((_, i) => [lines[i - 1], lines[i], lines[i + 1]].some((one) => one !== undefined && !one.same)) : []
  const text: string[] = beside ? [`${' '.repeat(NUMBER + 2)}${'signer'.padEnd(room)}  verifier`] : []
  let left = 0
  lines.forEach((line, i) => {
    if (brief && shown[i] !== true) {
      left++
      return
    }
    if (left > 0) text.push(leftOut(left))
    left = 0
    const number = String(i + 1).padStart(NUMBER)
    for (const one of beside ? besideLines(line, number, room, mark) : stackedLines(line, number, room, mark)) text.push(one)
  })
  if (left > 0) text.push(leftOut(left))
  return text
}

function besideLines(line: ComparedLine, number: string, room: number, mark: (text: string) => string): string[] {
  return rowsOf(line, room).flatMap(({ signer, verifier, marks }, i) => {
    const head = i === 0 ? `${number}${line.same ? '  ' : '! '}` : ' '.repeat(NUMBER + 2)
    const pad = ' '.repeat(Math.max(room - columnsOf(signer), 0))
    const under = marks.trimEnd()
    const values = `${head}${signer}${pad}  ${verifier}`.trimEnd()
    return under === '' ? [values] : [values, `${' '.repeat(NUMBER + 2)}${mark(under.padEnd(room))}  ${mark(under)}`]
  })
}

function stackedLines(line: ComparedLine, number: string, room: number, mark: (text: string) => string): string[] {
  return rowsOf(line, room).flatMap(({ signer, verifier, marks }, i) => {
    const head = i === 0 ? number : ' '.repeat(NUMBER)
    if (line.same) return [`${head}  ${' '.repeat(SIDE)}${signer}`.trimEnd()]
    const under = marks.trimEnd()
    return [
      `${head}! ${(i === 0 ? 'signer' : '').padEnd(SIDE)}${signer}`.trimEnd(),
      `${' '.repeat(NUMBER + 2)}${(i === 0 ? 'verifier' : '').padEnd(SIDE)}${verifier}`.trimEnd(),
      ...(under === '' ? [] : [`${' '.repeat(NUMBER + 2 + SIDE)}${mark(under)}`]),
    ]
  })
}

interface Row {
  readonly signer: string
  readonly verifier: string
  readonly marks: string
}

/** A pair of lines folded to a width, both at the same places, with marks under what differs. */
function rowsOf(line: ComparedLine, room: number): readonly Row[] {
  if (line.signer === undefined || line.verifier === undefined) {
    const text = folded(line.signer ?? line.verifier ?? '', room)
    return text.map((part, i) => {
      const other = i === 0 ? NO_LINE : ''
      return { signer: line.signer === undefined ? other : part, verifier: line.verifier === undefined ? other : part, marks: '' }
    })
  }
  if (differsUnseen(line)) {
    const [first] = folded(line.signer, Math.max(room - UNSEEN.length - 1, 8))
    return [{ signer: `${first} ${UNSEEN}`, verifier: `${first} ${UNSEEN}`, marks: '' }]
  }
  const cells = runsOf(line).flatMap(cellsOf)
  if (cells.length === 0) return [{ signer: EMPTY, verifier: EMPTY, marks: '' }]
  const rows: Row[] = []
  for (let at = 0; at < cells.length; ) {
    let end = at + 1
    let used = cells[at]!.width
    while (end < cells.length && used + cells[end]!.width <= room) used += cells[end++]!.width
    const row = cells.slice(at, end)
    rows.push({
      signer: row.map(({ signer }) => signer).join(''),
      verifier: row.map(({ verifier }) => verifier).join(''),
      marks: row.map(({ same, width }) => (same ? ' ' : '^').repeat(width)).join(''),
    })
    at = end
  }
  if (line.signer === '') return rows.map((row, i) => ({ ...row, signer: i === 0 ? EMPTY : '', marks: '' }))
  if (line.verifier === '') return rows.map((row, i) => ({ ...row, verifier: i === 0 ? EMPTY : '', marks: '' }))
  return rows
}

interface Cell extends Row {
  readonly same: boolean
  readonly width: number
}

/** One character of each side, the narrower padded. */
function cellsOf({ same, signer, verifier }: Run): Cell[] {
  const [a, b] = [[...signer], [...verifier]]
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i): Cell => {
    const [left, right] = [a[i] ?? '', b[i] ?? '']
    const width = Math.max(columnsOf(left), columnsOf(right), 1)
    const padded = (text: string): string => text + GAP.repeat(width - columnsOf(text))
    return { same, width, signer: padded(left), verifier: padded(right), marks: '' }
  })
}

/** The cheapest way from one text to the other, by the table of longest common subsequences; long texts are replaced whole. */
function between(a: readonly string[], b: readonly string[]): readonly Run[] {
  if (a.length * b.length > MOST_CELLS || a.length === 0 || b.length === 0)
    return [{ same: false, signer: a.join(''), verifier: b.join('') }]
  const width = b.length + 1
  const common = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const same = a[i] === b[j]
      common[i * width + j] = same
        ? common[(i + 1) * width + j + 1]! + 1
        : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!)
    }
  }
  const runs: Run[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) runs.push({ same: true, signer: a[i++]!, verifier: b[j++]! })
    else if (j >= b.length || (i < a.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!))
      runs.push({ same: false, signer: a[i++]!, verifier: '' })
    else runs.push({ same: false, signer: '', verifier: b[j++]! })
  }
  return runs
}

/** Neighbours of one kind put together; stretches alike that are shorter than the differences round them join these. */
function joined(runs: readonly Run[]): readonly Run[] {
  const merge = (all: readonly Run[]): Run[] => {
    const out: Run[] = []
    for (const run of all) {
      const last = out.at(-1)
      if (last !== undefined && last.same === run.same)
        out[out.length - 1] = { same: run.same, signer: last.signer + run.signer, verifier: last.verifier + run.verifier }
      else out.push(run)
    }
    return out
  }
  const merged = merge(runs)
  // A letter or two alike by chance between two unlike words say nothing.
  return merge(
    merged.map((run, i) => {
      const [before, after] = [merged[i - 1], merged[i + 1]]
      const size = ({ signer, verifier }: Run): number => Math.max(signer.length, verifier.length)
      const chance = run.same && before !== undefined && after !== undefined && size(run) <= 2 && size(before) + size(after) > 4
      return chance ? { ...run, same: false } : run
    }),
  )
}

function folded(text: string, room: number): readonly string[] {
  const all = characters(text)
  if (all.length === 0) return [EMPTY]
  const rows: string[] = []
  for (let at = 0; at < all.length; at += room) rows.push(all.slice(at, at + room).join(''))
  return rows
}

function characters(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [...visibleValue(text)]
}

function shared(a: readonly string[], b: readonly string[], at: (all: readonly string[], i: number) => string | undefined): number {
  const most = Math.min(a.length, b.length)
  let i = 0
  while (i < most && at(a, i) === at(b, i)) i++
  return i
}

function leftOut(count: number): string {
  return `${'…'.padStart(NUMBER)}  ${count === 1 ? 'one line' : `${count} lines`} alike`
}

export const NO_LINE = '(no such line)'
export const EMPTY = '(empty)'
export const UNSEEN = '(differs in what is not shown)'
/** Stands where one side has nothing. */
export const GAP = '╌'
const BESIDE = 100
const NUMBER = 4
const SIDE = 10
const MOST_CELLS = 1_000_000
