/** The parts that matter of a log too large to be kept whole: the lines round signing's own words, in bounded memory. */

/** Takes text piece by piece; keeps what stands near a mark. */
export class LogWindow {
  readonly #limit: number
  #kept: string[] = []
  #keptLength = 0
  #recent: string[] = []
  #recentLength = 0
  #after = 0
  #rest = ''
  #leftOut = 0

  /** @param limit The most characters kept. */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** Characters that were not kept so far. */
  get leftOut(): number {
    return this.#leftOut
  }

  push(text: string): void {
    const joined = this.#rest + text
    const skipped = this.#after === 0 && !SPELLINGS.some((spelling) => joined.includes(spelling)) ? this.#uninteresting(joined) : 0
    const lines = joined.slice(skipped).split('\n')
    this.#rest = lines.pop()!
    // A line without an end is no line of a log.
    if (this.#rest.length > LONGEST_LINE) {
      lines.push(this.#rest)
      this.#rest = ''
    }
    for (const line of lines) this.#line(line)
  }

  /** What was kept. */
  end(): string {
    if (this.#rest !== '') this.#line(this.#rest)
    this.#rest = ''
    for (const line of this.#recent) this.#leftOut += line.length + 1
    this.#recent = []
    return this.#kept.join('\n')
  }

  /** How much of a text without a mark can be passed over: all but the lines that may stand before the next mark. */
  #uninteresting(text: string): number {
    let end = text.length
    for (let i = 0; i <= LINES_BEFORE && end > 0; i++) end = text.lastIndexOf('\n', end - 1)
    if (end <= 0) return 0
    for (const line of this.#recent) this.#leftOut += line.length + 1
    this.#recent = []
    this.#recentLength = 0
    this.#leftOut += end + 1
    return end + 1
  }

  #line(whole: string): void {
    const line = whole.length > LONGEST_LINE ? whole.slice(0, LONGEST_LINE) : whole
    this.#leftOut += whole.length - line.length
    if (MARKS.test(line)) {
      for (const before of this.#recent) this.#keep(before)
      this.#recent = []
      this.#recentLength = 0
      this.#after = LINES_AFTER
      this.#keep(line)
    } else if (this.#after > 0) {
      this.#after--
      this.#keep(line)
    } else {
      this.#recent.push(line)
      this.#recentLength += line.length
      while (this.#recent.length > LINES_BEFORE || this.#recentLength > LONGEST_LINE) {
        const gone = this.#recent.shift()!
        this.#recentLength -= gone.length
        this.#leftOut += gone.length + 1
      }
    }
  }

  #keep(line: string): void {
    if (this.#keptLength + line.length > this.#limit) {
      this.#leftOut += line.length + 1
      return
    }
    this.#kept.push(line)
    this.#keptLength += line.length + 1
  }
}

const MARKS = /authorization|canonical|string[ -]?to[ -]?sign|x-amz-|<Error|<Code>|signature|AWS4-HMAC|aws4_request/i
/** What every mark contains in the spellings that logs use: found much faster than the pattern. */
const SPELLINGS = [
  ...['uthorization', 'UTHORIZATION', 'anonical', 'ANONICAL', 'ignature', 'IGNATURE', '-amz-', '-Amz-', '-AMZ-', 'AWS4-', 'aws4_', 'AWS4_'],
  ...['tring to', 'tring-to', 'tring-To', 'tringto', 'tringTo', 'tring To', 'TRING TO', '<Error', '<error', '<Code', '<code'],
]
const LINES_BEFORE = 30
const LINES_AFTER = 60
const LONGEST_LINE = 1_048_576
