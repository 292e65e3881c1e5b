/** A text as it reads after something was undone in it, which still knows where each of its characters stood. */

export interface View {
  readonly text: string
  /** Where the character at this offset stood in the text first given: from `start` up to `end`. */
  start(offset: number): number
  end(offset: number): number
}

/** A text as it is. */
export function viewOf(text: string): View {
  return { text, start: (offset) => offset, end: (offset) => offset + 1 }
}

/** The view with something in place of each match; the same object where nothing matches. All that is put stands where the match stood. */
export function rewritten(view: View, pattern: RegExp, put: (match: string) => string): View {
  const { text } = view
  const pieces: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  let at = 0
  const keep = (to: number): void => {
    pieces.push(text.slice(at, to))
    for (; at < to; at++) {
      starts.push(view.start(at))
      ends.push(view.end(at))
    }
  }
  for (const match of text.matchAll(pattern)) {
    const [whole] = match
    const placed = put(whole)
    if (placed === whole) continue
    keep(match.index)
    pieces.push(placed)
    at = match.index + whole.length
    const [start, end] = [view.start(match.index), view.end(at - 1)]
    for (let i = 0; i < placed.length; i++) {
      starts.push(start)
      ends.push(end)
    }
  }
  if (at === 0) return view
  keep(text.length)
  return { text: pieces.join(''), start: (offset) => starts[offset]!, end: (offset) => ends[offset]! }
}
