/** What was measured of the clock, and what its daemon says. */
import { clockTools } from '../../evidence/index.js'
import type { Interval, SntpTimes } from './interval.js'
import { ofHttpDate, ofSntp } from './interval.js'
import type { TimedAnswer } from './skew-standard.js'

/** One look at another clock. */
export type ClockReading =
  | ({ readonly how: 'sntp'; readonly server: string; readonly stratum: number; readonly synchronized: boolean } & SntpTimes)
  | {
      readonly how: 'http'
      readonly server: string
      readonly sent: number
      readonly received: number
      readonly date: number | undefined
      readonly cached: boolean
    }
  /** `problem` is a sentence that ends a line: "no answer within 3 s". */
  | { readonly how: 'sntp' | 'http'; readonly server: string; readonly problem: string }

/** What a command printed; absent where it is not installed or did not answer. */
export interface CommandAnswer {
  readonly command: string
  readonly output?: string
  readonly problem?: string
}

/** What a reading says of the offset. */
export function intervalOf(reading: ClockReading): Interval | undefined {
  if ('problem' in reading) return undefined
  if (reading.how === 'sntp') return reading.synchronized ? ofSntp(reading) : undefined
  const { sent, received, date, cached } = reading
  return date === undefined || cached ? undefined : ofHttpDate({ sent, received, date })
}

/** A reading as the standard of the SDKs takes it. */
export function timedAnswer(reading: ClockReading): TimedAnswer | undefined {
  if ('problem' in reading || reading.how !== 'http') return undefined
  const { sent, received, date, cached } = reading
  return { sent: sent / 1000, received: received / 1000, date: date === undefined ? undefined : date / 1000, cached }
}

/** What the tools say of the clock that they keep. */
export interface DaemonWord {
  readonly command: string
  readonly synchronized?: boolean
  /** Milliseconds; positive where the clock is ahead. */
  readonly offset?: number
}

export function daemonWords(answers: readonly CommandAnswer[]): readonly DaemonWord[] {
  return answers.flatMap(({ command, output }): readonly DaemonWord[] => {
    if (output === undefined) return []
    const said = new Map<string, string>()
    for (const one of clockTools.read({ name: command, text: output }))
      if (one.kind === 'setting' && one.setting.means !== undefined && !said.has(one.setting.means.name))
        said.set(one.setting.means.name, one.setting.value)
    const synchronized = said.get('clock-synchronized')
    const offset = said.get('clock-offset')
    if (synchronized === undefined && offset === undefined) return []
    return [
      {
        command,
        ...(synchronized !== undefined && { synchronized: synchronized === 'yes' }),
        ...(offset !== undefined && { offset: Number(offset) * 1000 }),
      },
    ]
  })
}
