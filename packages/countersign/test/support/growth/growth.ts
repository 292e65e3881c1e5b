/** Whether work grows in line with its input: twice the text may take up to three times as long; quadratic work takes four. */

/** What took too long: how much text, how long, and how many times as long as half the text. */
export interface Growth {
  readonly bytes: number
  readonly milliseconds: number
  readonly times: number
}

/** Makes the work on so many bytes of input; what it returns is measured. */
export type WorkOn = (bytes: number) => () => unknown

/**
 * The first doubling at which a work took more than three times as long; undefined where there is none. Processor time, the
 * least of several runs. What takes a few milliseconds is not judged. What seems too much is measured again, and is refused
 * only where the next doubling confirms it: a busy machine slows one size down, quadratic work is slow at all of them.
 */
export function overgrown(work: WorkOn, from = 4096, to = 65_536): Growth | undefined {
  let before = least(work(from))
  for (let bytes = from * 2; bytes <= to; bytes *= 2) {
    let now = least(work(bytes))
    for (let again = 0; again < RETRIES && tooMuch(before, now); again++) {
      before = Math.max(before, least(work(bytes / 2)))
      now = Math.min(now, least(work(bytes)))
    }
    if (tooMuch(before, now) && goesOn(work, bytes, before, now)) return { bytes, milliseconds: now, times: now / before }
    before = now
  }
  return undefined
}

/** Work of a second and more is not asked for twice as much: no noise is that long. */
function goesOn(work: WorkOn, bytes: number, before: number, now: number): boolean {
  return now > BEYOND_NOISE || Math.min(least(work(bytes * 2)), least(work(bytes * 2))) > MOST_TIMES * MOST_TIMES * before
}

function tooMuch(before: number, now: number): boolean {
  return now > LEAST_JUDGED && now > MOST_TIMES * before
}

function least(run: () => unknown): number {
  let best = Infinity
  for (let round = 0; round < ROUNDS && best > 0; round++) {
    best = Math.min(best, processorTime(run))
    if (best > LONG) break
  }
  return best
}

/** The processor time of one run, in milliseconds. */
export function processorTime(run: () => unknown): number {
  const start = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

/** What was refused, in words. */
export function growthText({ bytes, milliseconds, times }: Growth): string {
  return `${bytes} bytes take ${milliseconds.toFixed(0)} ms, ${times.toFixed(1)} times as long as half of them`
}

const MOST_TIMES = 3
const LEAST_JUDGED = 20
const ROUNDS = 3
const RETRIES = 3
const BEYOND_NOISE = 1000
/** One run of so many milliseconds is long enough to be measured once. */
const LONG = 200
