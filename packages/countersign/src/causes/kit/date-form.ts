/**
 * The forms in which signers write a request date that should read YYYYMMDDTHHMMSSZ.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Date"
 */
import type { CaseFile } from '../../case/index.js'
import { authorizationOf, HEADER, headerValue, parseRequestDate } from '../../sigv4/index.js'
import { requestsSeen } from './case-views.js'

/** The signed X-Amz-Date of a request that the evidence shows, where it is of the right form. */
export function rightDateSent(file: CaseFile): string | undefined {
  return requestsSeen(file)
    .filter(({ request }) => authorizationOf(request)?.signedHeaders?.toLowerCase().split(';').includes(HEADER.amzDate) === true)
    .flatMap(({ request }) => headerValue(request, HEADER.amzDate)?.trim() ?? [])
    .find((written) => dateFault(written) === undefined)
}

/** What is wrong with a text that is not a basic ISO 8601 date in UTC; `undefined` if it is one. */
export function dateFault(text: string): string | undefined {
  if (parseRequestDate(text) !== undefined) return undefined
  return FAULTS.find(([form]) => form.test(text))?.[1] ?? 'not of the form YYYYMMDDTHHMMSSZ'
}

/** The same instant in the forms that signers confuse with "20150830T123600Z". */
export function otherForms(basic: string): string[] {
  const time = parseRequestDate(basic)
  if (time === undefined) return []
  const date = new Date(time)
  const iso = date.toISOString()
  const short = basic.slice(0, -1)
  return [
    iso.replace('.000', ''),
    iso,
    date.toUTCString(),
    short,
    `${short}UTC`,
    `${short}GMT`,
    `${short}+0000`,
    `${short}.000Z`,
    basic.slice(0, 8),
    basic.slice(0, 13),
    basic.toLowerCase(),
    basic.replace('T', ''),
    basic.replace('T', ' '),
    String(time / 1000),
    String(time),
  ]
}

const FAULTS: readonly (readonly [form: RegExp, fault: string])[] = [
  [/^$/, 'empty'],
  [/[^\x20-\x7e]/, 'written with digits or letters outside ASCII, as a locale of the machine does'],
  [/^\d{8}T\d{6}(?:UTC|GMT)$/, 'ended with the name of the zone ("UTC") in place of "Z", as %Z writes it'],
  [/^\d{8}T\d{6}[ ]?(?:[A-Z]{3,5})$/, 'ended with the name of a local zone in place of "Z"'],
  [/^\d{8}T\d{6}[+-]\d\d:?\d\d$/, 'local time with an offset in place of UTC with "Z"'],
  [/^\d{8}T\d{6}$/, 'without the "Z" at the end'],
  [/^\d{8}T\d{6} ?[AP]M/i, 'written with a 12-hour clock'],
  [/^\d{8}T\d{6}\.\d+Z?$/, 'with parts of a second'],
  [/^\d{8}t\d{6}z$/, 'in lower case'],
  [
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?$/,
    'in the extended form of ISO 8601 (with "-" and ":"); the basic form has none',
  ],
  [/^\d{4}-\d\d-\d\d \d/, 'a date and a time with a space between'],
  [/^[A-Za-z]{3},? \d/, 'an HTTP date, which belongs into the Date header'],
  [/^\d{8}T\d{6}Z$/, 'of the right form, but no such day or hour exists: months and minutes (MM, mm) or hours may be exchanged'],
  [/^\d{8}T\d{4}Z$/, 'without seconds'],
  [/^\d{10}(?:\d{3})?$/, 'seconds or milliseconds since 1970'],
  [/^\d{8}$/, 'a day without a time'],
]
