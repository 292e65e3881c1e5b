/**
 * A request date that is the local time of a place, by a time with its offset that stands in the same text.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Date": in UTC
 */
import { type Clue, clueAt } from '../../case/index.js'
import { parseRequestDate } from '../../sigv4/index.js'

/** The clue, where the digits of a request date are those of a time elsewhere in the text that is hours from UTC. */
export function wallClockClues(text: string, source: string): readonly Clue[] {
  const dates = [...text.matchAll(/(?<!\d)\d{8}T\d{6}Z/g)].slice(0, MOST)
  if (dates.length === 0) return []
  const places = [...text.matchAll(WITH_OFFSET)].slice(0, MOST).flatMap((match) => {
    const [, day = '', month = '', year = '', clock = '', isoDay = '', isoClock = '', offset = ''] = match
    const digits = isoDay === '' ? `${year}${number(month)}${day.padStart(2, '0')}T${clock}` : `${isoDay}T${isoClock}`
    const local = parseRequestDate(`${digits.replace(/[-:]/g, '')}Z`)
    return local === undefined || /^[+-]00:?00$/.test(offset) ? [] : [{ local, offset }]
  })
  for (const { 0: date, index } of dates) {
    const time = parseRequestDate(date)
    const place = places.find(({ local }) => time !== undefined && Math.abs(local - time) <= CLOSE)
    if (place === undefined) continue
    const message = `The request date ${date} is the local time of ${place.offset} with a Z behind it. It has to be in UTC.`
    return [
      clueAt(text, source, index, {
        rule: 'request-date-of-wall-clock',
        about: 'clock.format',
        strength: 'strong',
        tags: ['request-date-malformed'],
        message,
      }),
    ]
  }
  return []
}

function number(month: string): string {
  return String('janfebmaraprmayjunjulaugsepoctnovdec'.indexOf(month.toLowerCase()) / 3 + 1).padStart(2, '0')
}

/** "18 Jul 2024 08:12:34 +0800", "2024-07-18T08:12:34+08:00". */
const WITH_OFFSET =
  /(?:(\d{1,2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) (\d\d:\d\d:\d\d)|(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d{1,9})?) ?([+-]\d\d:?\d\d)(?!\d)/gi
const CLOSE = 120_000
const MOST = 50
