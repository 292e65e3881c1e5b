/**
 * Interleaved rounds: each round does every contender's work for about the same time, in rotated order. A ratio is the median of
 * per-round ratios, so that a noisy machine disturbs both sides of it alike.
 *
 * Time is the processor time of the whole process (helper threads too), because the wall clock also counts what other processes
 * did meanwhile; `--wall` takes the wall clock. What the contender before left to be collected is collected before the clock starts.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc')
const WALL = process.argv.includes('--wall')
const argument = process.argv.indexOf('--rounds')
export const ROUNDS = argument < 0 ? 15 : Number(process.argv[argument + 1])
const WARM_UP = 400e6
const ROUND = 40e6

/** Nanoseconds. */
function now() {
  if (WALL) return Number(process.hrtime.bigint())
  const { user, system } = process.cpuUsage()
  return (user + system) * 1000
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}

/**
 * @param contenders By name: functions of a counter, each doing the work once, where what is not `true` is a failure; or signers of
 *   `process-peers.mjs`, whose processes say what time they took.
 * @returns By name: median and least microseconds, and the times of each round.
 */
export async function measured(contenders) {
  const all = []
  for (const [name, work] of Object.entries(contenders)) {
    if (typeof work !== 'function') {
      all.push(await elsewhere(name, work))
      continue
    }
    const found = await work(0)
    if (found !== true) throw new Error(`${name} does not do its work: ${found}`)
    // A separate loop, compiled for this contender alone.
    const waits = work(1) instanceof Promise ? 'await ' : ''
    const loop = new Function(
      'work',
      `return async (n) => { let done = 0; for (let i = 0; i < n; i++) if (${waits}work(i) === true) done++; return done }`,
    )(work)
    let [times, spent] = [1, 0]
    for (const start = now(); now() - start < WARM_UP; ) {
      const before = now()
      await loop(times)
      spent = now() - before
      if (spent < ROUND / 2) times *= 2
    }
    all.push({ name, loop, times: Math.max(1, Math.round((times * ROUND) / spent)), rounds: [] })
  }
  for (let round = 0; round < ROUNDS; round++)
    for (let i = 0; i < all.length; i++) {
      const one = all[(i + round) % all.length]
      if (one.spent !== undefined) {
        one.rounds.push((await one.spent(one.times)) / one.times / 1000)
        continue
      }
      collectGarbage({ type: 'minor' })
      const before = now()
      const done = await one.loop(one.times)
      one.rounds.push((now() - before) / one.times / 1000)
      if (done !== one.times) throw new Error(`${one.name} failed ${one.times - done} times`)
    }
  return Object.fromEntries(all.map(({ name, rounds }) => [name, { median: median(rounds), least: Math.min(...rounds), rounds }]))
}

/** A contender in another process, warm. */
async function elsewhere(name, { spent }) {
  let [times, took] = [1000, 0]
  for (let warm = 0; warm < WARM_UP; warm += took) took = await spent(times)
  return { name, spent, times: Math.max(1, Math.round((times * ROUND) / took)), rounds: [] }
}

export function ratio(of, to) {
  return median(of.rounds.map((time, round) => time / to.rounds[round]))
}

/** Prints a scene: each contender, and how many times as long as the one called `ours` it took. */
export function print(title, results, ours) {
  console.log(`\n${title}`)
  for (const [name, result] of Object.entries(results)) {
    const figures = `${result.median.toFixed(2).padStart(8)} us  least ${result.least.toFixed(2).padStart(7)}`
    console.log(`  ${name.padEnd(38)} ${figures}   ${ratio(result, results[ours]).toFixed(2).padStart(7)} x ${ours}`)
  }
}
