/** A text with some stretches replaced, which still knows where each of its bytes stood. */

/** A stretch of a text, and what is put in its place. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly put: string
}

export interface EditedText {
  readonly text: string
  /** Where the byte at this offset stood in the text that was first given. */
  origin(offset: number): number
}

/** A text as it is. */
export function plainText(text: string): EditedText {
  return { text, origin: (offset) => offset }
}

/** The edits that put something in place of each match of a pattern. */
export function matchEdits(text: string, pattern: RegExp, put: (match: RegExpExecArray) => string): readonly Edit[] {
  return [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length, put: put(match) }))
}

/** The text after these edits, which are in order and do not overlap; the same object where there is none. */
export function edited(given: EditedText, edits: readonly Edit[]): EditedText {
  if (edits.length === 0) return given
  const { text } = given
  const pieces: string[] = []
  /** Where each kept or replaced piece begins: in the new text, in the old one, and whether it moved as it was. */
  const starts: number[] = []
  const olds: number[] = []
  const kept: boolean[] = []
  let length = 0
  const add = (piece: string, old: number, same: boolean): void => {
    if (piece === '') return
    pieces.push(piece)
    starts.push(length)
    olds.push(old)
    kept.push(same)
    length += piece.length
  }
  let at = 0
  for (const { start, end, put } of edits) {
    add(text.slice(at, start), at, true)
    add(put, start, false)
    at = end
  }
  add(text.slice(at), at, true)
  const origin = (offset: number): number => {
    if (offset >= length) return given.origin(text.length)
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return given.origin((olds[low] ?? 0) + (kept[low] === true ? offset - (starts[low] ?? 0) : 0))
  }
  return { text: pieces.join(''), origin }
}

/** Something that may stand around a text, and what is read once it is taken off. */
export interface Wrapping {
  readonly edits: (text: string) => readonly Edit[]
  /** on: what follows is taken off its result; aside: what follows begins where it began. */
  readonly go: 'on' | 'aside'
  /** Whether every byte surely is as it was written once it is off. Absent: it makes no reading, only the way to the next. */
  readonly sure?: boolean
  /** A reading also where nothing was there to take off. */
  readonly always?: true
  /** Wrappings may stand one in another. */
  readonly times?: number
  /** From longer texts it is not taken off. */
  readonly longest?: number
  /** What is taken off its result besides. */
  readonly within?: readonly Wrapping[]
}

export interface TextReading extends EditedText {
  readonly sure: boolean
}

/** The readings of a text as its wrappings are taken off, in the order of the list. */
export function readingsOf(text: string, wrappings: readonly Wrapping[]): readonly TextReading[] {
  return [...unwrapped(plainText(text), wrappings)]
}

function* unwrapped(given: EditedText, wrappings: readonly Wrapping[]): Iterable<TextReading> {
  let now = given
  for (const { edits, go, sure, always, times = 1, longest = Number.POSITIVE_INFINITY, within = [] } of wrappings) {
    if (now.text.length > longest) continue
    for (let round = 0; round < times; round++) {
      const next = edited(now, edits(now.text))
      if (next === now && always !== true) break
      if (sure !== undefined) yield { ...next, sure }
      yield* unwrapped(next, within)
      if (go === 'on') now = next
    }
  }
}
