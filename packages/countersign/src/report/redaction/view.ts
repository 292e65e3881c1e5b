/** A text as it reads after something was undone in it, which still knows where each of its characters stood. */

export interface View {
  readonly text: string
  /** Where each character stood in the text first given: from here. Absent: where it stands. */
  readonly starts?: Int32Array
  /** Up to here, exclusive. */
  readonly ends?: Int32Array
}

export function startOf({ starts }: View, offset: number): number {
  return starts === undefined ? offset : starts[offset]!
}

export function endOf({ ends }: View, offset: number): number {
  return ends === undefined ? offset + 1 : ends[offset]!
}

/** The view with something in place of each match; `undefined` where nothing changes. All that is put stands where the match stood. */
export function rewritten(view: View, pattern: RegExp, put: (match: string) => string): View | undefined {
  const { text } = view
  const pieces: Piece[] = []
  let at = 0
  for (const { index, 0: whole } of text.matchAll(pattern)) {
    const placed = put(whole)
    if (placed === whole) continue
    if (index > at) pieces.push({ text: text.slice(at, index), from: at })
    at = index + whole.length
    pieces.push({ text: placed, from: index, to: at })
  }
  if (pieces.length === 0) return undefined
  if (at < text.length) pieces.push({ text: text.slice(at), from: at })
  return joined(view, pieces)
}

/** What each match reads as, one after the other and nothing between them; `undefined` where nothing matches or can be read. */
export function readOff(view: View, pattern: RegExp, read: (match: string) => string | undefined): View | undefined {
  const pieces: Piece[] = []
  for (const { index, 0: whole } of view.text.matchAll(pattern)) {
    const text = read(whole)
    if (text !== undefined) pieces.push({ text, from: index, to: index + whole.length })
  }
  return pieces.length === 0 ? undefined : joined(view, pieces)
}

/** A stretch of a text: kept as it was, or put in the place of another, which ends at `to`. */
interface Piece {
  readonly text: string
  readonly from: number
  readonly to?: number
}

function joined(view: View, pieces: readonly Piece[]): View {
  const text = pieces.map((piece) => piece.text).join('')
  const [starts, ends] = [new Int32Array(text.length), new Int32Array(text.length)]
  let at = 0
  for (const { text: own, from, to } of pieces) {
    const end = at + own.length
    if (to === undefined)
      for (let i = 0; at < end; i++, at++) {
        starts[at] = startOf(view, from + i)
        ends[at] = endOf(view, from + i)
      }
    else {
      starts.fill(startOf(view, from), at, end)
      ends.fill(endOf(view, to - 1), at, end)
      at = end
    }
  }
  return { text, starts, ends }
}
