/**
 * Request dates: "20150830T123600Z", and the HTTP dates that stand in for them.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Date"
 */

/**
 * Milliseconds since 1970 of a basic ISO 8601 date ("20150830T123600Z"); `undefined` if it is not one.
 * @internal
 */
export function parseRequestDate(text: string): number | undefined {
  return BASIC.test(text)
    ? utcOf(['', text.slice(0, 4), text.slice(4, 6), text.slice(6, 8), text.slice(9, 11), text.slice(11, 13), text.slice(13, 15)])
    : undefined
}

/**
 * As {@link parseRequestDate}, and also the extended form and the HTTP date, which AWS accepts in a header.
 * @internal
 */
export function parseLenientDate(text: string): number | undefined {
  const basic = parseRequestDate(text)
  if (basic !== undefined) return basic
  const extended = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|\+00:?00)$/.exec(text)
  if (extended !== null) return utcOf(extended)
  const http = /^(?:[A-Za-z]{3,9},? )?(\d{1,2})[ -]([A-Za-z]{3})[ -](\d{4}) (\d\d):(\d\d):(\d\d) (?:GMT|UTC|[+-]0000)$/.exec(text.trim())
  if (http === null) return undefined
  const month = MONTHS.indexOf(http[2]!.toLowerCase())
  if (month < 0) return undefined
  return utcOf(['', http[3]!, String(month + 1), http[1]!, http[4]!, http[5]!, http[6]!])
}

/**
 * A request date in ISO 8601's basic form, in UTC, of milliseconds since 1970. Parts of a second are dropped.
 *
 * @example
 * ```js
 * import { requestDateText } from 'countersign/sigv4'
 *
 * requestDateText(Date.UTC(2015, 7, 30, 12, 36, 0)) // => '20150830T123600Z'
 * ```
 * @public
 */
export function requestDateText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[-:]|\.\d+/g, '')
}

function utcOf(parts: ArrayLike<string>): number | undefined {
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  const [hour, minute, second] = [Number(parts[4]), Number(parts[5]), Number(parts[6])]
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0
  const exists = day >= 1 && day <= (DAYS[month - 1] ?? 0) + leap && hour < 24 && minute < 60 && second < 60
  return exists ? Date.UTC(year, month - 1, day, hour, minute, second) : undefined
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const BASIC = /^\d{8}T\d{6}Z$/
