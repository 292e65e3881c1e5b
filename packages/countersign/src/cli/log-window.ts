/** The parts that matter of a log too large to be kept whole: the lines round signing's own words, in bounded memory. */
import { LINES_AFTER, LINES_BEFORE, REFUSAL, signingWords } from '../intake/index.js'

/** What became of a log. */
export interface KeptOfLog {
  /** The kept lines, as a byte string. */
  readonly text: string
  /** Lines that name an error code of authentication. */
  readonly refusals: number
  /** How many of them were kept. */
  readonly refusalsKept: number
}

/** Lines that stand together in the log. */
interface Group {
  readonly lines: string[]
  length: number
  refusals: number
}

/** Takes bytes piece by piece; keeps what stands near a mark: of what is too much the beginning, refusals, and the end. */
export class LogWindow {
  readonly #limit: number
  readonly #marks = signingWords()
  /** The first groups, which stay. */
  readonly #first: Group[] = []
  #firstLength = 0
  #firstIsFull = false
  /** Of the groups between those and the last ones: the first that hold a refusal, and what stands before it. */
  readonly #refused: Group[] = []
  #refusedLength = 0
  /** The last groups: the oldest goes when there are too many. */
  readonly #last: Group[] = []
  #lastLength = 0
  #current: Group | undefined
  /** Lines after a mark that are still to be kept. */
  #after = 0
  #refusals = 0
  /** What was read last, without a mark: an unfinished line, and lines that may stand before a mark. */
  #recent = Buffer.allocUnsafeSlow(2 * RECENT)
  #recentLength = 0

  /** @param limit The most characters kept. */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** The bytes may be overwritten afterwards: what is still to be seen of them is copied. */
  push(bytes: Uint8Array): void {
    if (this.#after > 0 || this.#hasMark(bytes)) {
      this.#judge(bytes, false)
      return
    }
    const room = this.#recent.length - this.#recentLength
    if (bytes.length > room) this.#shift(bytes.length)
    const end = bytes.subarray(-this.#recent.length)
    this.#recent.set(end, this.#recentLength)
    this.#recentLength += end.length
  }

  /** Makes room for so many bytes; what has to be at hand stays. */
  #shift(length: number): void {
    const stays = Math.min(this.#recentLength, Math.max(0, RECENT - length))
    this.#recent.copyWithin(0, this.#recentLength - stays, this.#recentLength)
    this.#recentLength = stays
  }

  /** What was kept. */
  end(): KeptOfLog {
    this.#judge(new Uint8Array(0), true)
    const kept = [...this.#first, ...this.#refused, ...this.#last]
    return {
      text: kept.flatMap(({ lines }) => lines).join('\n'),
      refusals: this.#refusals,
      refusalsKept: kept.reduce((sum, { refusals }) => sum + refusals, 0),
    }
  }

  #hasMark(bytes: Uint8Array): boolean {
    if (this.#marks.next(bytes, 0) >= 0) return true
    const before = this.#recent.subarray(Math.max(0, this.#recentLength - LONGEST_WORD), this.#recentLength)
    return before.length > 0 && this.#marks.next(Buffer.concat([before, bytes.subarray(0, LONGEST_WORD)]), 0) >= 0
  }

  #judge(given: Uint8Array, last: boolean): void {
    const bytes = Buffer.concat([this.#recent.subarray(0, this.#recentLength), given])
    // A line that has not ended waits for its end; one without an end is no line of a log.
    const ended = last ? bytes.length : bytes.lastIndexOf(LINE_FEED) + 1
    const end = bytes.length - ended > LONGEST_LINE ? bytes.length : ended
    /** Lines from here to `at` may stand before the next mark. */
    let from = 0
    let at = 0
    while (at < end) {
      if (this.#after > 0) {
        at = this.#keep(bytes, at, end)
        from = at
        continue
      }
      const mark = this.#marks.next(bytes, at)
      if (mark < 0 || mark >= end) break
      const start = bytes.lastIndexOf(LINE_FEED, mark) + 1
      this.#current = undefined
      for (let line = linesBefore(bytes, from, start); line < start; ) line = this.#keep(bytes, line, start)
      at = start
      this.#after = 1
    }
    const rest = bytes.subarray(this.#after > 0 ? at : linesBefore(bytes, from, end))
    if (rest.length > this.#recent.length) this.#recent = Buffer.allocUnsafeSlow(rest.length + RECENT)
    this.#recent.set(rest)
    this.#recentLength = rest.length
  }

  /** @returns Where the next line begins. */
  #keep(bytes: Buffer, start: number, most: number): number {
    const stop = lineEnd(bytes, start, most)
    const line = bytes.toString('latin1', start, Math.min(bytes[stop - 1] === LINE_FEED ? stop - 1 : stop, start + LONGEST_LINE))
    const marked = this.#marks.next(bytes.subarray(start, stop), 0) >= 0
    this.#after = marked ? LINES_AFTER : Math.max(0, this.#after - 1)
    const refusals = marked && REFUSAL.test(line) ? 1 : 0
    this.#refusals += refusals
    // A group that never ends is several, so that its end, and its refusals, can stay without the rest.
    if (this.#current === undefined || this.#current.length + line.length > this.#limit / 32) {
      this.#current = { lines: [], length: 0, refusals: 0 }
      this.#last.push(this.#current)
    }
    const group = this.#current
    group.lines.push(line)
    group.length += line.length + 1
    group.refusals += refusals
    this.#lastLength += line.length + 1
    this.#makeRoom()
    return stop
  }

  /** The first quarter of what may be kept stays, and half of it is for refusals; the rest is for the last groups. */
  #makeRoom(): void {
    while (!this.#firstIsFull && this.#last.length > 1) {
      this.#firstIsFull = this.#firstLength + this.#last[0]!.length > this.#limit / 4
      if (!this.#firstIsFull) this.#firstLength += this.#moveTo(this.#first)
    }
    while (this.#last.length > 2 && this.#firstLength + this.#refusedLength + this.#lastLength > this.#limit) {
      const [oldest, next] = this.#last as [Group, Group]
      const wanted = oldest.refusals > 0 || next.refusals > 0
      if (wanted && this.#refusedLength + oldest.length <= this.#limit / 2) this.#refusedLength += this.#moveTo(this.#refused)
      else this.#moveTo([])
    }
  }

  /** @returns The length of the group that moved. */
  #moveTo(groups: Group[]): number {
    const group = this.#last.shift()!
    this.#lastLength -= group.length
    groups.push(group)
    return group.length
  }
}

/** Where the lines begin that may stand before the line at `start`. */
function linesBefore(bytes: Buffer, from: number, start: number): number {
  let begin = start
  // The search begins before the line feed that ends the line before.
  for (let i = 0; i < LINES_BEFORE && begin > from; i++) begin = begin < 2 ? 0 : Math.max(from, bytes.lastIndexOf(LINE_FEED, begin - 2) + 1)
  return start - begin > LONGEST_LINE ? start : begin
}

function lineEnd(bytes: Buffer, start: number, most: number): number {
  const end = bytes.indexOf(LINE_FEED, start)
  return end < 0 || end >= most ? most : end + 1
}

const LONGEST_WORD = 48
/** Bytes before a mark that are at hand. */
const RECENT = 1 << 16
const LINE_FEED = 0x0a
const LONGEST_LINE = 1_048_576
