/** The checks of the clock. */
import { type Check, check, type System } from '../check.js'
import { type ClockReading, type CommandAnswer, type DaemonWord, daemonWords, intervalOf, timedAnswer } from './clock-readings.js'
import { agreed, duration, type Interval, leastOff, middle, zoneShape } from './interval.js'
import { DETECTION_THRESHOLD, skewOf } from './skew-standard.js'

export interface ClockEvidence {
  readonly system: System
  readonly readings: readonly ClockReading[]
  readonly daemon: readonly CommandAnswer[]
  /** Where the correction of the clock is switched off: a variable or a profile, in words. */
  readonly correctionOff: string | undefined
}

export function clockChecks(evidence: ClockEvidence): readonly Check[] {
  const words = daemonWords(evidence.daemon)
  const measured = agreed(evidence.readings.map(intervalOf).filter((one) => one !== undefined)) ?? daemonInterval(words)
  return [
    offsetCheck(evidence, measured),
    windowCheck(measured),
    zoneCheck(evidence.system, measured),
    daemonCheck(evidence, words),
    correctionCheck(evidence, measured),
  ]
}

function offsetCheck(evidence: ClockEvidence, measured: Interval | undefined): Check {
  const seen = evidence.readings.map(readingLine)
  if (measured === undefined)
    return check('clock.offset', 'skipped', 'no other clock answered, so the offset is not known', { detail: seen })
  const far = Math.abs(leastOff(measured))
  const detail = far >= WARN ? [...seen, CONTAINERS] : seen
  const strays = evidence.readings.filter((reading) => isStray(reading, measured)).length
  const more = strays === 0 ? '' : `; ${strays === 1 ? 'one server disagrees' : `${strays} servers disagree`}`
  const says = far < RIGHT ? `the clock is right, within ${duration(widest(measured))}` : `the clock is ${offsetWords(measured)}`
  if (far >= WARN) return check('clock.offset', far >= SHORTEST_WINDOW ? 'fail' : 'warn', says + more, { detail, fix: syncFix(evidence) })
  return check('clock.offset', strays === 0 ? 'ok' : 'warn', says + more, { detail })
}

function windowCheck(measured: Interval | undefined): Check {
  if (measured === undefined) return check('clock.window', 'skipped', 'the offset is not known')
  const far = Math.abs(leastOff(measured))
  const refused = WINDOWS.filter(({ window }) => far >= window)
  const detail = WINDOWS.map(({ who, window }) => `${who}: ${duration(window)}, ${far >= window ? 'refused' : 'accepted'}`)
  if (refused.length === 0) return check('clock.window', 'ok', 'the offset is within the window of every service', { detail })
  return check('clock.window', 'fail', `refused for the clock: ${refused.map(({ who }) => who).join('; ')}`, { detail })
}

function zoneCheck(system: System, measured: Interval | undefined): Check {
  if (measured === undefined) return check('clock.time-zone', 'skipped', 'the offset is not known')
  const minutes = zoneShape(measured)
  if (minutes === undefined) return check('clock.time-zone', 'ok', 'the offset is not the size of a time zone')
  const shape = minutes % 1440 === 0 ? 'a whole day' : `${duration(minutes * 60_000)}, the size of a time zone or of summer time`
  return check('clock.time-zone', 'fail', `the clock is ${minutes > 0 ? 'ahead' : 'behind'} by ${shape}`, {
    detail: [
      'The local time was set as if it were UTC, or the hardware clock holds local time. Drift does not stop at whole quarters of an hour.',
    ],
    fix: ZONE_FIXES[system],
  })
}

function daemonCheck({ daemon, system }: ClockEvidence, words: readonly DaemonWord[]): Check {
  const detail = [
    ...words.map(({ command, synchronized, offset }) => {
      const state = synchronized === undefined ? '' : synchronized ? 'synchronized' : 'not synchronized'
      return `${command}: ${[state, offset === undefined ? '' : `${duration(offset)} ${offset < 0 ? 'behind' : 'ahead'}`].filter((one) => one !== '').join(', ')}`
    }),
    ...daemon.filter(({ problem }) => problem !== undefined).map(({ command, problem }) => `${command}: ${problem}`),
  ]
  if (words.length === 0) return check('clock.daemon', 'skipped', 'no tool here says whether the clock is kept', { detail })
  const kept = words.find(({ synchronized, offset }) => synchronized === true || (synchronized === undefined && offset !== undefined))
  if (kept !== undefined) return check('clock.daemon', 'ok', `${kept.command} says that the clock is kept`, { detail })
  return check('clock.daemon', 'warn', `${words[0]!.command} says that the clock is not synchronized`, { detail, fix: KEEP_FIXES[system] })
}

function correctionCheck({ correctionOff, readings }: ClockEvidence, measured: Interval | undefined): Check {
  const learned = readings.map((reading) => skewOf(timedAnswer(reading) ?? NOTHING)).find((skew) => skew !== undefined)
  const detail = [
    `An SDK that corrects the clock begins at ${duration(DETECTION_THRESHOLD * 1000)}: JavaScript v3, Java v2, Go v2, Rust, .NET, C++.`,
    'The AWS CLI, boto3, PHP and curl never do, so one wrong clock fails there and goes unnoticed here.',
    ...(learned === undefined ? [] : [`From the Date header, an SDK would learn ${learned < 0 ? '-' : '+'}${duration(learned * 1000)}.`]),
  ]
  if (correctionOff !== undefined)
    return check('clock.correction', 'warn', `${correctionOff} switches the SDKs’ correction of the clock off`, { detail })
  const far = measured === undefined ? 0 : Math.abs(leastOff(measured)) / 1000
  if (far < DETECTION_THRESHOLD)
    return check('clock.correction', 'ok', 'the SDKs’ correction of the clock is on, and not needed', { detail })
  return check('clock.correction', 'warn', 'some SDKs correct this clock, others fail: they disagree on one machine', { detail })
}

function daemonInterval(words: readonly DaemonWord[]): Interval | undefined {
  const offset = words.find(({ synchronized, offset }) => synchronized !== false && offset !== undefined)?.offset
  return offset === undefined ? undefined : { low: offset - DAEMON_SLACK, high: offset + DAEMON_SLACK }
}

function readingLine(reading: ClockReading): string {
  const head = `${reading.how === 'sntp' ? 'SNTP' : 'Date header'} of ${reading.server}`
  if ('problem' in reading) return `${head}: ${reading.problem}`
  const found = intervalOf(reading)
  if (found !== undefined) return `${head}: ${offsetWords(found)}, give or take ${duration((found.high - found.low) / 2)}`
  if (reading.how === 'sntp') return `${head}: that server says that it is not synchronized`
  return `${head}: ${reading.cached ? 'out of a cache (Age), so it says nothing' : 'there is none'}`
}

function isStray(reading: ClockReading, { low, high }: Interval): boolean {
  const found = intervalOf(reading)
  return found !== undefined && (found.high < low || found.low > high)
}

function offsetWords(interval: Interval): string {
  const offset = middle(interval)
  return `${duration(offset)} ${offset < 0 ? 'behind' : 'ahead'}`
}

function widest({ low, high }: Interval): number {
  return Math.max(Math.abs(low), Math.abs(high))
}

function syncFix({ system, daemon }: ClockEvidence): NonNullable<Check['fix']> {
  const chrony = daemon.some(({ command, output }) => command.startsWith('chronyc') && output !== undefined)
  return system === 'linux' && chrony ? { command: 'sudo chronyc makestep', os: 'linux' } : KEEP_FIXES[system]
}

const CONTAINERS = 'A container has the clock of its host: set it there.'
const KEEP_FIXES = {
  linux: { command: 'sudo timedatectl set-ntp true', os: 'linux' },
  macos: { command: 'sudo sntp -sS time.apple.com', os: 'macos' },
  windows: { command: 'w32tm /resync', os: 'windows' },
} as const
const ZONE_FIXES = {
  linux: { command: 'sudo timedatectl set-local-rtc 0 && sudo timedatectl set-ntp true', os: 'linux' },
  macos: KEEP_FIXES.macos,
  windows: { command: 'tzutil /l & tzutil /s "<your time zone>" & w32tm /resync', os: 'windows' },
} as const

/**
 * How long before or after its time a request is accepted.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/signing-elements.html
 */
const WINDOWS: readonly { readonly who: string; readonly window: number }[] = [
  { who: 'most services', window: 5 * 60_000 },
  { who: 'Amazon S3', window: 15 * 60_000 },
]
const SHORTEST_WINDOW = 5 * 60_000
const WARN = 60_000
/** Below that nobody needs a figure. */
const RIGHT = 1000
/** What a daemon rounds away, and what passes until it is read. */
const DAEMON_SLACK = 1000
const NOTHING = { sent: 0, received: 0, date: undefined, cached: false }
