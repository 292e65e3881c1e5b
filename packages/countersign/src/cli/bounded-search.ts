/** Runs reading and diagnosis step by step: within one time limit, with progress on a terminal, and until Ctrl-C. */
import type { ReadingAndSearching, SearchProgress } from '../diagnosis/index.js'
import type { ReadingProgress } from '../intake/index.js'
import { Progress } from './progress.js'
import { type Io, say } from './terminal-rules.js'

/**
 * The diagnosis, or the best one that was found when the time was up or the user had enough.
 * @param maxSeconds `undefined`: only the limit of trials ends it. It holds for reading and searching together.
 */
export async function boundedDiagnosis<Found>(
  steps: ReadingAndSearching<Found>,
  io: Io,
  maxSeconds: number | undefined,
  progress = new Progress(io),
): Promise<Found> {
  const started = io.now()
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
      const at = step.value
      progress.tell(() => progressText(at), now)
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
  if ('trials' in progress) {
    const { trials, most } = progress
    return `searching, ${Math.min(trials, most).toLocaleString('en')} of at most ${most.toLocaleString('en')} attempts made`
  }
  return `reading ${progress.source.slice(-MOST_NAME)} (${progress.read + 1} of ${progress.of})`
}

const MOST_NAME = 40
const BREATH_MILLISECONDS = 50
