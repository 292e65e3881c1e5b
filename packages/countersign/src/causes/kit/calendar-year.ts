/**
 * Repairs of a date that was written with the year of the week, which differs from the calendar year in the days around New Year.
 * @see https://www.unicode.org/reports/tr35/tr35-dates.html "Y: Year in Week of Year based calendars"
 */
import type { Fix } from './explanation.js'

/** What is written, and in which pattern. */
export function calendarYearFixes(what: 'scope date' | 'request date'): readonly Fix[] {
  const title = `write the ${what} with the calendar year`
  const [time, clock] = what === 'scope date' ? ['', ''] : ["'T'HHmmss'Z'", 'T%H%M%SZ']
  return [
    {
      title,
      applicability: 'exact',
      command: `DateTimeFormatter.ofPattern("uuuuMMdd${time}").withZone(ZoneOffset.UTC)   // not "YYYYMMdd"`,
      appliesTo: ['java', 'kotlin'],
    },
    { title, applicability: 'exact', command: `formatter.dateFormat = "yyyyMMdd${time}"   // not "YYYYMMdd"`, appliesTo: ['swift'] },
    {
      title: `${title} (strftime)`,
      applicability: 'exact',
      command: `%Y%m%d${clock}   # not %G%m%d`,
      appliesTo: ['python', 'ruby', 'php', 'shell'],
    },
  ]
}
