/**
 * The date in the credential scope is not the day of the request date: a key kept over midnight, or a day taken in local time.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 * @see https://github.com/tedder/requests-aws4auth/issues/7
 */

import { type CaseFile, cluesFor } from '../case/index.js'
import {
  authorizationOf,
  credentialOf,
  parseLenientDate,
  parseRequestDate,
  requestDateOf,
  requestDateText,
  type SigningInputs,
} from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import { comparedSignatures, factsStated, REPLACE_THE_SECRET, requestsSeen } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import { UTC_FIXES } from './kit/clock-fixes.js'
import type { Explanation } from './kit/explanation.js'
import { hostSeen, loggedScope, type ScopeParams, scopeLabels, withScope } from './kit/scope-candidates.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, SEND_AGAIN } from './kit/wrong-fixes.js'

/** The day that was signed and the day of the request, and the request date itself where it is known. */
interface Params extends ScopeParams {
  readonly requestDate?: string
}

const HEAD = { id: 'scope-date-mismatch', class: 'scope.date', undo } as const

export const scopeDateMismatch = defineCause<Params>({
  ...HEAD,
  part: 'credential-scope',
  summary: 'the date in the credential scope is not the day of the request date',
  schemes: 'version-4',
  refusedAt: ['scope', 'signature'],
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  shownBy: ({ values }) => values,
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  for (const stated of factsStated(file, ['scope-date-wrong'])) {
    const { scopeDate, requestDay, requestDate } = stated.values
    const wanted = requestDay ?? requestDate?.slice(0, 8)
    const params = { ...(scopeDate && { signed: scopeDate }), ...(wanted && { wanted }), ...(requestDate && { requestDate }) }
    yield { params, weight: 0.95, grounds: ['The service names both dates.'], stated }
  }
  for (const one of [...shownByRequests(file), ...loggedScope(file, 'date')]) {
    yield contradicted(file) ? { ...one, weight: Math.min(one.weight ?? 0, 0.3) } : one
  }
  for (const { values } of [...cluesFor(file, HEAD.id), ...cluesFor(file, HEAD.class)]) {
    if (values['scopeDate'] !== undefined) yield { params: { signed: values['scopeDate'] } }
  }
  const inputs = file.inputsSeen
  const requested = inputs === undefined ? undefined : parseLenientDate(inputs.requestDate)
  if (inputs === undefined || requested === undefined) return
  const wanted = inputs.scope.date
  // The request's own day, the days around it, and a week back: a key that was kept.
  for (const days of [0, -1, 1, -2, -3, -4, -5, -6, -7]) {
    yield { params: { signed: requestDateText(requested + days * DAY).slice(0, 8), wanted, requestDate: inputs.requestDate } }
  }
  yield { params: { signed: inputs.requestDate, wanted, requestDate: inputs.requestDate } }
}

/** AWS holds the two days against each other before signatures: after a mismatch, a request that shows two is not the one refused. */
function contradicted(file: CaseFile): boolean {
  const inputs = file.inputsSeen
  return (
    comparedSignatures(file) && hostSeen(file) !== undefined && inputs !== undefined && inputs.scope.date !== inputs.requestDate.slice(0, 8)
  )
}

/** A request that carries two days says so itself. */
function* shownByRequests(file: CaseFile): Iterable<Candidate<Params>> {
  for (const seen of requestsSeen(file)) {
    const authorization = authorizationOf(seen.request)
    const signed = credentialOf(authorization)?.scope.date
    const given = authorization === undefined ? undefined : requestDateOf(seen.request, authorization.by)
    const time = given === undefined ? undefined : parseLenientDate(given)
    if (signed === undefined || time === undefined || isMasked(signed) || !/^\d{8}$/.test(signed)) continue
    const requestDate = requestDateText(time)
    const wanted = requestDate.slice(0, 8)
    if (signed === wanted) continue
    const params = { signed, wanted, requestDate }
    const grounds = [`The request carries the scope date ${signed} and the request date ${requestDate}.`]
    // A service that compared signatures took the two dates, or the request shown is not the one it refused.
    const open = !comparedSignatures(file) && seen.fidelity === 'exact'
    yield { params, weight: open ? 0.95 : 0.5, grounds, ...(open && { stated: seen }) }
  }
}

function undo(inputs: SigningInputs, { signed }: Params): SigningInputs {
  return withScope(inputs, 'date', signed)
}

function explain({ params }: Match<Params>): Explanation {
  const { signed, wanted, requestDate } = params
  const reason = reasonOf(params)
  return {
    what:
      signed === undefined || wanted === undefined
        ? 'the date in the credential scope was not the day of the request date'
        : `the credential scope had the date ${signed}; the request date is of ${wanted}${requestDate === undefined ? '' : ` (${requestDate})`}${reason === undefined ? '' : `: ${reason}`}`,
    why: 'the scope date is the UTC day of the request date; it also goes into the signing key, so a key is good for one day',
    labels: scopeLabels(params, reason ?? 'the date of the credential scope'),
    fixes: [
      {
        title:
          'take one time per request, in UTC, and cut the scope date out of it (its first eight characters); make the signing key of that date',
        applicability: 'exact',
      },
      {
        title: 'let the key be derived again when the day changes',
        applicability: 'maybe',
        command: "pip install 'requests-aws4auth>=0.8'",
        appliesTo: ['requests-aws4auth'],
      },
      { title: 'key a cache of signing keys by date, region and service', applicability: 'maybe' },
      ...UTC_FIXES,
    ],
    wrongFixes: [
      REPLACE_THE_SECRET,
      CHANGE_IAM_POLICIES,
      { ...SEND_AGAIN, why: 'it may pass when the two days happen to agree, and fails again the next time they do not' },
      { title: 'restart the process once a day', why: 'it renews the kept date at another hour than midnight UTC, and the fault stays' },
    ],
    check: 'print the scope date and the request date of one signing next to each other: the first eight characters differ',
  }
}

/** What the two days tell, where they tell something. */
function reasonOf({ signed, wanted, requestDate }: Params): string | undefined {
  const [a, b] = [dayOf(signed), dayOf(wanted)]
  if (a === undefined || b === undefined) return undefined
  const days = Math.round((a - b) / DAY)
  const hour = requestDate === undefined ? undefined : new Date(parseLenientDate(requestDate) ?? Number.NaN).getUTCHours()
  if (days === -1)
    return hour !== undefined && hour < 14
      ? 'one day early: a key kept over midnight, or a day taken in local time'
      : 'a key kept from the day before'
  if (days === 1) return 'one day late: a day taken in a local time ahead of UTC'
  return days < 0 ? `${-days} days early: a key that was kept` : `${days} days later`
}

function dayOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseRequestDate(`${text}T000000Z`)
}

const DAY = 86400_000
