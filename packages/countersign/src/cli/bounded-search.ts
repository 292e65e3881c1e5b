/** Runs reading and diagnosis step by step: within one time limit, with progress on a terminal, and until Ctrl-C. */
import type { ReadingAndSearching, SearchProgress } from '../diagnosis/index.js'
import type { ReadingProgress } from '../intake/index.js'
import { visibleLines } from '../report/index.js'
import { type Io, say } from './terminal-rules.js'

/**
 * The diagnosis, or the best one that was found when the time was up or the user had enough.
 * @param maxSeconds `undefined`: only the limit of trials ends it. It holds for reading and searching together.
 */
export async function boundedDiagnosis<Found>(steps: ReadingAndSearching<Found>, io: Io, maxSeconds: number | undefined): Promise<Found> {
  const started = io.now()
  const progress = new Progress(io, started)
  let [breathed, interrupted, stop] = [started, false, false]
  const stopListening = io.onInterrupt(() => {
    interrupted = true
  })
  try {
    for (;;) {
      const step = steps.next(stop)
      if (step.done === true) return step.value
      const now = io.now()
      if (now - breathed >= BREATH_MILLISECONDS) {
        breathed = now
        // A signal is delivered only when nothing runs.
        await new Promise((resolve) => setImmediate(resolve))
      }
      progress.tell(now, step.value)
      const late = maxSeconds !== undefined && now - started >= 1000 * maxSeconds
      if (stop || !(interrupted || late)) continue
      stop = true
      progress.clear()
      say(io, `${interrupted ? 'interrupted' : `stopped after ${maxSeconds} s`}: this is the best answer so far`)
    }
  } finally {
    stopListening()
    progress.clear()
  }
}

function progressText(progress: ReadingProgress | SearchProgress): string {
  if ('trials' in progress) return `${progress.trials.toLocaleString('en')} of at most ${progress.most.toLocaleString('en')} attempts made`
  // A name may be long, or hold what moves a cursor.
  return `reading ${visibleLines(progress.source).replaceAll('\n', ' ').slice(-MOST_NAME)} (${progress.read + 1} of ${progress.of})`
}

/** One line on the terminal that is written over and over. */
class Progress {
  readonly #io: Io
  readonly #started: number
  #told: number

  constructor(io: Io, started: number) {
    this.#io = io
    this.#started = started
    this.#told = started
  }

  tell(now: number, step: ReadingProgress | SearchProgress): void {
    if (this.#io.stderr.isTTY !== true || now - this.#told < TELL_MILLISECONDS || now - this.#started < QUIET_MILLISECONDS) return
    this.#told = now
    this.#io.stderr.write(`${CLEAR_LINE}countersign: ${progressText(step)}; Ctrl-C ends it`)
  }

  clear(): void {
    if (this.#told > this.#started) this.#io.stderr.write(CLEAR_LINE)
  }
}

const MOST_NAME = 40
const CLEAR_LINE = '\r\u001b[K'
const BREATH_MILLISECONDS = 50
const TELL_MILLISECONDS = 200
const QUIET_MILLISECONDS = 500
