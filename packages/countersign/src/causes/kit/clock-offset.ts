/**
 * What the size of an offset between two clocks tells: time zones, days and calendars leave their own round numbers.
 * @see https://en.wikipedia.org/wiki/List_of_UTC_offsets
 */

/** What an offset looks like. */
export interface OffsetShape {
  /** For the end of a sentence: "the size of a time zone". */
  readonly name: string
  /** A whole sentence. */
  readonly says: string
  /** Whether the code that writes the date is to blame, not the clock. */
  readonly zone: boolean
  /** Whether it is a year: then a pattern wrote the year of the week. */
  readonly year?: true
}

/** The shape of an offset in seconds; `undefined` where it is of no round size. */
export function offsetShape(seconds: number): OffsetShape | undefined {
  const size = Math.abs(seconds)
  const years = size / YEAR
  if (years > 500 && Math.abs(years - 543) < 1)
    return shape('years were counted in the Buddhist calendar', 'The years differ by 543, as the Buddhist calendar does.')
  if ([365, 366].some((days) => Math.abs(size - days * DAY) <= WIDE_SLACK))
    return {
      name: 'exactly one year',
      says: 'The offset is exactly one year: around New Year the date pattern "YYYY" writes the year of the week.',
      zone: false,
      year: true,
    }
  if (Math.abs(size - DAY) <= SLACK)
    return shape('exactly one day', 'The offset is exactly one day: a date taken in local time, or set wrong by a day.')
  const minutes = Math.round(size / 60 / 15) * 15
  if (minutes < 30 || minutes > 14 * 60 || Math.abs(size - minutes * 60) > SLACK) return undefined
  if (minutes === 12 * 60)
    return shape(
      '12 hours, the size of a 12-hour clock or a time zone',
      'The offset is 12 hours: a 12-hour clock (%I in place of %H), or a time zone.',
    )
  if (minutes % 60 === 0) return zone('a whole number of hours')
  return ODD_ZONES.has(minutes) ? zone(`${durationText(minutes * 60)}, a zone that is not of whole hours`) : undefined
}

/** "7 h 0 min 3 s", "9 min 18 s", "2 days 1 h": the two or three largest units, without a sign. */
export function durationText(seconds: number): string {
  const size = Math.abs(Math.round(seconds))
  const [days, hours, minutes, rest] = [Math.floor(size / DAY), Math.floor((size % DAY) / 3600), Math.floor((size % 3600) / 60), size % 60]
  if (days > 730) return `${Math.floor(size / YEAR)} years`
  if (days > 0) return `${days} day${days === 1 ? '' : 's'}${hours > 0 || minutes > 0 ? ` ${hours} h ${minutes} min` : ''}`
  if (hours > 0) return `${hours} h ${minutes} min${rest === 0 ? '' : ` ${rest} s`}`
  if (minutes > 0) return `${minutes} min${rest === 0 ? '' : ` ${rest} s`}`
  return `${rest} s`
}

function zone(size: string): OffsetShape {
  return shape(
    `${size}, exactly a time-zone or DST offset`,
    `The offset is within 90 s of ${size}: local time written as UTC, or DST, not a clock that drifts.`,
  )
}

function shape(name: string, says: string): OffsetShape {
  return { name, says, zone: true }
}

const DAY = 86400
const YEAR = 365.2425 * DAY
/** A message arrives within this, and clocks that are right differ by less. */
const SLACK = 90
/** No clock is off by a year and some minutes by chance. */
const WIDE_SLACK = 900
/** Half and quarter hours that are zones (or their summer time), in minutes. */
const ODD_ZONES = new Set([150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825])
