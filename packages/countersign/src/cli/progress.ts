/** One line on a terminal's standard error that says what is happening, written over and over, and gone before anything else is printed. */
import { visibleLines } from '../report/index.js'
import { fitToSay, type Io } from './terminal-rules.js'

export class Progress {
  readonly #io: Io
  readonly #shown: boolean
  #started: number
  #told: number | undefined

  /** @param wanted Where the report is for a program, nothing is printed. In a pipe it never is. */
  constructor(io: Io, wanted = true) {
    this.#io = io
    this.#shown = wanted && io.stderr.isTTY === true
    this.#started = this.#shown ? io.now() : 0
  }

  /** Counts from now: what came before was the user's own time. */
  begin(): void {
    if (this.#shown) this.#started = this.#io.now()
  }

  /** Tells it where the command has taken some time already, and a little since it was last told. */
  tell(what: () => string, now = this.#shown ? this.#io.now() : 0): void {
    if (!this.#shown || now - this.#started < QUIET_MILLISECONDS) return
    if (this.#told !== undefined && now - this.#told < TELL_MILLISECONDS) return
    this.#told = now
    // What is longer than a line could not be wiped away.
    const columns = this.#io.stderr.columns ?? this.#io.stdout.columns ?? USUAL
    const line = visibleLines(fitToSay(this.#io, `countersign: ${what()}; Ctrl-C ends it`)).replaceAll('\n', ' ')
    this.#io.stderr.write(`${CLEAR_LINE}${[...line].slice(0, Math.max(1, columns - 1)).join('')}`)
  }

  clear(): void {
    if (this.#told !== undefined) this.#io.stderr.write(CLEAR_LINE)
    this.#told = undefined
  }
}

const CLEAR_LINE = '\r\u001b[K'
const QUIET_MILLISECONDS = 300
const TELL_MILLISECONDS = 200
const USUAL = 80
