/** Whether a regular expression takes linear time on what is made to slow it down. */
import { runInThisContext } from 'node:vm'
import { growthText, overgrown, processorTime } from './growth.ts'
import { type Attack, attacksOn } from './pattern-attacks.ts'

/** Why a pattern is refused, with the text that slows it down; undefined where it is linear. */
export function refusalOf(pattern: RegExp, hang = 240_000): string | undefined {
  const on: { text: string } = { text: '' }
  try {
    return bounded(() => slowedBy(pattern, on), hang)
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    return `${on.text}: does not end`
  }
}

function slowedBy(pattern: RegExp, on: { text: string }): string | undefined {
  const own = new RegExp(pattern.source, pattern.flags)
  const ask = (text: string): unknown => {
    own.lastIndex = 0
    return own.global ? text.replace(own, '') : own.exec(text)
  }
  for (const attack of attacksOn(pattern))
    for (const end of ENDS) {
      on.text = `${JSON.stringify(attack.before)} + ${JSON.stringify(attack.repeated)} x N + ${JSON.stringify(end)}`
      const work = (bytes: number): (() => unknown) => {
        const text = grown(attack, bytes) + end
        return () => ask(text)
      }
      // From small to large: what takes exponential or cubic time is seen before it takes minutes.
      for (const bytes of SIZES) {
        const took = processorTime(work(bytes))
        if (took > ENDLESS) return `${on.text}: ${bytes} bytes take ${took.toFixed(0)} ms`
        if (bytes < SCREENED || took < WORTH_MEASURING || took < 6 * processorTime(work(bytes / 4))) continue
        const slow = overgrown(work, bytes, 8 * bytes)
        if (slow !== undefined) return `${on.text}: ${growthText(slow)}`
      }
    }
  return undefined
}

function grown({ before, repeated }: Attack, bytes: number): string {
  return before + repeated.repeat(Math.ceil(bytes / repeated.length))
}

/** A regular expression that backtracks for ever ends only by the time limit of a script. */
function bounded<Result>(run: () => Result, milliseconds: number): Result {
  const scope = globalThis as { growthRun?: () => Result }
  scope.growthRun = run
  try {
    return runInThisContext('growthRun()', { timeout: milliseconds }) as Result
  } finally {
    delete scope.growthRun
  }
}

/** After the repetition: nothing, or what keeps most patterns from matching. */
const ENDS = ['', '\n\u0000!']
const SCREENED = 8192
const SIZES = [64, 512, SCREENED]
const WORTH_MEASURING = 4
const ENDLESS = 1000
