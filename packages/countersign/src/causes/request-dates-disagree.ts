/**
 * The string to sign has another request date than the request: the clock was read twice, or Date was signed and X-Amz-Date sent.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Date"
 */

import { type CaseFile, cluesFor, dateOfCanonical } from '../case/index.js'
import {
  authorizationOf,
  HEADER,
  type HttpRequest,
  headerValues,
  parseLenientDate,
  parseRequestDate,
  QUERY,
  queryValue,
  requestDateText,
  type SigningInputs,
  splitTarget,
} from '../sigv4/index.js'
import { requestsSeen, signerHead } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import { durationText } from './kit/clock-offset.js'
import type { Explanation } from './kit/explanation.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS, SEND_AGAIN } from './kit/wrong-fixes.js'

/** The request date as it was signed. */
interface Params {
  readonly signed?: string
}

const HEAD = { id: 'request-dates-disagree', class: 'clock.format', undo } as const

export const requestDatesDisagree = defineCause<Params>({
  ...HEAD,
  part: 'request-date',
  summary: 'the request date in the string to sign was not the one that the request carries',
  schemes: 'signatures',
  refusedAt: ['signature', 'scope'],
  shownBy: ({ values }) => ({ signed: values['signed'] ?? '' }),
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const sent = file.inputsSeen?.requestDate
  const logged = signerHead(file)?.requestDate
  if (
    sent !== undefined &&
    parseRequestDate(sent) !== undefined &&
    logged !== undefined &&
    logged !== sent &&
    parseRequestDate(logged) !== undefined
  ) {
    yield {
      params: { signed: logged },
      weight: 0.9,
      grounds: [`The signer's own string to sign has the date ${logged}; the request carries ${sent}.`],
    }
  }
  const signed = signedDate(file)
  if (logged !== undefined && signed !== undefined && logged !== signed && parseRequestDate(logged) !== undefined) {
    yield {
      params: { signed: logged },
      weight: 0.7,
      grounds: [`The signer's canonical request has the date ${signed}, and its string to sign has ${logged}.`],
    }
  }
  for (const { request } of requestsSeen(file)) {
    for (const other of otherDates(request)) {
      if (other === sent) continue
      const grounds = [`The request carries two dates that are not the same: ${other} stands beside the one that counts.`]
      yield { params: { signed: other }, weight: 0.3, grounds }
    }
  }
  for (const { values } of cluesFor(file, HEAD.id)) if (values['signed'] !== undefined) yield { params: { signed: values['signed'] } }
  const time = parseRequestDate(sent ?? '')
  if (time === undefined) return
  for (const seconds of SECONDS) yield { params: { signed: requestDateText(time + seconds * 1000) } }
}

/** The date inside the signer's own canonical request. */
function signedDate(file: CaseFile): string | undefined {
  const date = dateOfCanonical(file.signer.canonicalRequest?.text)
  return date !== undefined && parseRequestDate(date) !== undefined ? date : undefined
}

/** Every date of a signed request, in the one form. */
function otherDates(request: HttpRequest): string[] {
  if (authorizationOf(request) === undefined) return []
  const query = queryValue(splitTarget(request.target).query, QUERY.date)
  const written = [...headerValues(request, HEADER.amzDate), ...headerValues(request, HEADER.date), ...(query === undefined ? [] : [query])]
  const times = written.map((text) => parseLenientDate(text.trim())).filter((time) => time !== undefined)
  return new Set(times).size < 2 ? [] : [...new Set(times)].map(requestDateText)
}

function undo(inputs: SigningInputs, { signed }: Params): SigningInputs {
  return signed === undefined || signed === inputs.requestDate ? inputs : { ...inputs, requestDate: signed }
}

function explain({ params, file, verifier }: Match<Params>): Explanation {
  const sent = (verifier ?? file.inputsSeen)?.requestDate
  const { signed } = params
  const [a, b] = [parseLenientDate(signed ?? ''), parseLenientDate(sent ?? '')]
  const apart = a === undefined || b === undefined ? undefined : durationText((a - b) / 1000)
  const known = signed !== undefined && sent !== undefined && sent !== '' && signed !== sent
  return {
    what: known
      ? `the string to sign had the request date ${signed}; the request carries ${sent}`
      : 'the string to sign had another request date than the request carries',
    why: 'the service takes the second line of the string to sign from X-Amz-Date, and from Date only where there is no X-Amz-Date; the signer has to use that very text',
    labels: known
      ? [
          {
            part: 'request-date',
            calculated: sent,
            signed,
            note: apart === undefined ? 'two dates for one request' : `the dates are ${apart} apart`,
          },
        ]
      : [],
    fixes: [
      {
        title: 'read the clock once per request, and use that one text in X-Amz-Date, in the string to sign and in the scope',
        applicability: 'exact',
      },
      { title: 'leave the Date header out, or write the same second into it', applicability: 'maybe' },
      {
        title:
          'keep everything between signer and service from writing a new date: proxy rules, an HTTP client that sets Date, a clock correction after signing',
        applicability: 'maybe',
      },
    ],
    wrongFixes: [
      { ...SEND_AGAIN, why: 'it may pass when both readings of the clock fall into one second, and fails again the next time they do not' },
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
    ],
    check: 'print the second line of the string to sign next to the x-amz-date that is sent: they are not the same text',
  }
}

/** The clock read twice: seconds apart; signed in local time: hours apart. */
const SECONDS = [-1, 1, -2, 2, -3, 3, ...Array.from({ length: 14 }, (_, i) => [(i + 1) * 3600, -(i + 1) * 3600]).flat(), 19800, -12600]
