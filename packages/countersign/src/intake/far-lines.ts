/** A long log without the lines that say nothing of a signature: short enough for every way of reading. */
import { bytesOf } from '../sigv4/index.js'
import type { Edit } from '../text/index.js'
import { LINES_AFTER, LINES_BEFORE, REFUSAL, signingWords } from './signing-words.js'

/** A stretch of whole lines. */
interface Stretch {
  readonly start: number
  readonly end: number
}

/** The edits that take out the lines far from signing's own words; none where the text is not long. */
export function farLines(text: string): readonly Edit[] {
  if (text.length <= LONG) return []
  const near = linesRound(text, wordsIn(text), LINES_BEFORE)
  // Where every line is about signing, the refusals are what is asked about.
  const kept = lengthOf(near) <= LONG ? near : lastOf(linesRound(text, refusalsIn(text), LINES_BEFORE_REFUSAL))
  if (kept.length === 0) return []
  const starts = [0, ...kept.map(({ end }) => end)]
  const ends = [...kept.map(({ start }) => start), text.length]
  return starts.flatMap((start, i) => (start < ends[i]! ? [{ start, end: ends[i]!, put: '' }] : []))
}

/** One place of a word in each line that has one. */
function wordsIn(text: string): readonly number[] {
  const [bytes, words] = [bytesOf(text), signingWords()]
  const places: number[] = []
  for (let at = words.next(bytes, 0); at >= 0; at = words.next(bytes, lineEnd(text, at))) places.push(at)
  return places
}

function refusalsIn(text: string): readonly number[] {
  return [...text.matchAll(new RegExp(REFUSAL, 'g'))].map(({ index }) => index)
}

/** So many lines before each place, and those after it; stretches that meet are one. */
function linesRound(text: string, places: readonly number[], before: number): readonly Stretch[] {
  const stretches: Stretch[] = []
  for (const place of places) {
    const last = stretches.at(-1)
    let start = text.lastIndexOf('\n', place) + 1
    for (let i = 0; i < before && start > (last?.end ?? 0); i++) start = start < 2 ? 0 : text.lastIndexOf('\n', start - 2) + 1
    let end = lineEnd(text, place)
    for (let i = 0; i < LINES_AFTER && end < text.length; i++) end = lineEnd(text, end)
    if (last !== undefined && start <= last.end) stretches[stretches.length - 1] = { start: last.start, end }
    else stretches.push({ start, end })
  }
  return stretches
}

/** The last stretches, as many as are not too long together. */
function lastOf(stretches: readonly Stretch[]): readonly Stretch[] {
  let [first, length] = [stretches.length, 0]
  for (; first > 0; first--) {
    const { start, end } = stretches[first - 1]!
    length += end - start
    if (length > LONG) break
  }
  return stretches.slice(first)
}

function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((length, { start, end }) => length + end - start, 0)
}

/** Where the line after this place begins. */
function lineEnd(text: string, place: number): number {
  const feed = text.indexOf('\n', place)
  return feed < 0 ? text.length : feed + 1
}

/** Characters from which a text is long: not every way of reading is tried on it. */
export const LONG = 1_000_000
const LINES_BEFORE_REFUSAL = 150
