/** How far a clock is off, as far as a measurement can say: between two bounds. */

/** Milliseconds; positive where the clock is ahead. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/**
 * What an answer to SNTP says: the clock's offset, give or take half of what the network took.
 * @param sent and received by this clock; the two others by the server's.
 */
export function ofSntp({ sent, serverReceived, serverSent, received }: SntpTimes): Interval {
  const ahead = (sent - serverReceived + (received - serverSent)) / 2
  const half = Math.max(0, received - sent - (serverSent - serverReceived)) / 2
  return { low: ahead - half, high: ahead + half }
}

export interface SntpTimes {
  readonly sent: number
  readonly serverReceived: number
  readonly serverSent: number
  readonly received: number
}

/** What the Date header of an answer says: it was written, in whole seconds, between sending and receiving. */
export function ofHttpDate({
  sent,
  received,
  date,
}: {
  readonly sent: number
  readonly received: number
  readonly date: number
}): Interval {
  return { low: sent - (date + 1000), high: received - date }
}

/** The interval that most measurements share, and how many those are: Marzullo's algorithm. */
export function agreed(intervals: readonly Interval[]): (Interval & { readonly count: number }) | undefined {
  const edges = intervals
    .flatMap(({ low, high }) => [
      { at: low, step: 1 },
      { at: high, step: -1 },
    ])
    .sort((a, b) => a.at - b.at || b.step - a.step)
  let open = 0
  let best: (Interval & { readonly count: number }) | undefined
  for (const [index, { at, step }] of edges.entries()) {
    open += step
    if (step === 1 && open > (best?.count ?? 0)) best = { low: at, high: edges[index + 1]?.at ?? at, count: open }
  }
  return best
}

/** The least that the clock is off: 0 where it may be right. */
export function leastOff({ low, high }: Interval): number {
  return low > 0 ? low : high < 0 ? high : 0
}

export function middle({ low, high }: Interval): number {
  return (low + high) / 2
}

/** The time zone or summer time that an offset may be: a multiple of a quarter of an hour, in minutes. */
export function zoneShape({ low, high }: Interval): number | undefined {
  const minutes = Math.round(middle({ low, high }) / QUARTER) * 15
  const off = minutes * 60_000
  return minutes !== 0 && Math.abs(minutes) <= MOST_ZONE && low - SLACK <= off && off <= high + SLACK ? minutes : undefined
}

/** "3 h 0 min", "4 min 20 s", "0.4 s". */
export function duration(milliseconds: number): string {
  const seconds = Math.abs(milliseconds) / 1000
  if (seconds < 0.05) return 'less than 0.1 s'
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  const minutes = Math.round(whole / 60)
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
  return `${Math.round(minutes / 60 / 24)} days`
}

const QUARTER = 15 * 60_000
/** A zone is 14 hours from UTC at most; a date that is one day off is 24. */
const MOST_ZONE = 26 * 60
/** A clock set by hand from a zone drifts a little. */
const SLACK = 20_000
