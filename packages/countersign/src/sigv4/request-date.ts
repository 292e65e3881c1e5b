/**
 * Request dates: "20150830T123600Z", and the HTTP dates that stand in for them.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Date"
 */

/** Milliseconds since 1970 of a basic ISO 8601 date ("20150830T123600Z"); `undefined` if it is not one. */
export function parseRequestDate(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  return parts === null ? undefined : utcOf(parts)
}

/** As {@link parseRequestDate}, and also the extended form and the HTTP date, which AWS accepts in a header. */
export function parseLenientDate(text: string): number | undefined {
  const basic = parseRequestDate(text)
  if (basic !== undefined) return basic
  const extended = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|\+00:?00)$/.exec(text)
  if (extended !== null) return utcOf(extended)
  const http = /^(?:[A-Za-z]{3,9},? )?(\d{1,2})[ -]([A-Za-z]{3})[ -](\d{4}) (\d\d):(\d\d):(\d\d) (?:GMT|UTC|\+0000)$/.exec(text.trim())
  if (http === null) return undefined
  const month = MONTHS.indexOf(http[2]!.toLowerCase())
  if (month < 0) return undefined
  return utcOf(['', http[3]!, String(month + 1), http[1]!, http[4]!, http[5]!, http[6]!])
}

/** "20150830T123600Z" of milliseconds since 1970; parts of a second are dropped. */
export function requestDateText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[-:]|\.\d+/g, '')
}

function utcOf(parts: ArrayLike<string>): number | undefined {
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((i) => Number(parts[i])) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const time = Date.UTC(year, month - 1, day, hour, minute, second)
  const back = new Date(time)
  const lawful = back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60 && second < 60
  return lawful ? time : undefined
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
