/** A command, run once on its way. */
import { type Io, say } from '../terminal-rules.js'
import { NOT_FOUND, NOT_STARTED, startChild } from './child.js'
import { HOP, type Means } from './means.js'
import type { ReportedRun } from './run-report.js'
import { RequestCollector } from './seen-requests.js'

export interface OnceRules {
  readonly way: ReportedRun['way']
  readonly words: readonly string[]
  /** "none": what it prints is of no interest. */
  readonly stdout: 'inherit' | 'stderr' | 'none'
  /** The endpoint, where it is not the one that was asked for. */
  readonly straight?: string
}

export async function once({ way, words, stdout, straight }: OnceRules, means: Means, io: Io): Promise<ReportedRun> {
  const { collector, opened } = await opening(means, io, straight)
  const child = startChild({ words, env: { ...io.env, ...opened.variables }, cwd: io.cwd, stdout })
  const exitCode = await child.ended
  if (exitCode === NOT_FOUND || exitCode === NOT_STARTED) say(io, `${words[0]}: ${NOT_RUN[exitCode]}`)
  await opened.close(CLOSING_MILLISECONDS)
  return { way, to: opened.to, exitCode, ...(await collector.finished(DIAGNOSING_MILLISECONDS)) }
}

/** A way that is open, and what takes in the requests that pass on it. */
export async function opening({ secrets, kept, open, codeBehind }: Means, io: Io, straight?: string) {
  const collector = new RequestCollector(secrets, HOP, codeBehind)
  const opened = await open(
    {
      onExchange: (seen) => {
        collector.add(seen)
        kept?.keep(seen)
      },
      onRefused: ({ reason }) => say(io, `not passed on: ${reason}`),
      settled: kept?.settled,
    },
    straight,
  )
  return { collector, opened }
}

const NOT_RUN = { [NOT_FOUND]: 'there is no such command', [NOT_STARTED]: 'it cannot be started' } as const
export const CLOSING_MILLISECONDS = 2000
export const DIAGNOSING_MILLISECONDS = 60_000
