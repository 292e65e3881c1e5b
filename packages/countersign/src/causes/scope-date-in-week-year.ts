/**
 * The scope date has the year of the week (YYYY) in place of the calendar year (yyyy): wrong for a few days around New Year only.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html "Credential scope"
 * @see https://www.unicode.org/reports/tr35/tr35-dates.html "Date Field Symbol Table"
 */

import type { CaseFile } from '../case/index.js'
import type { SigningInputs } from '../sigv4/index.js'
import { calendarYearFixes } from './kit/calendar-year.js'
import { factsStated, REPLACE_THE_SECRET } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { loggedScope, type ScopeParams, scopeLabels, withScope } from './kit/scope-candidates.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, SEND_AGAIN } from './kit/wrong-fixes.js'

const HEAD = { id: 'scope-date-in-week-year', class: 'scope.date', undo, narrow: true } as const

export const scopeDateInWeekYear = defineCause<ScopeParams>({
  ...HEAD,
  part: 'credential-scope',
  summary: 'the scope date has the year of the week in place of the calendar year',
  schemes: 'version-4',
  refusedAt: ['scope', 'signature'],
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<ScopeParams>> {
  for (const stated of factsStated(file, ['scope-date-wrong'])) {
    const { scopeDate, requestDay, requestDate } = stated.values
    const wanted = requestDay ?? requestDate?.slice(0, 8)
    if (scopeDate === undefined || wanted === undefined || !isWeekYear(scopeDate, wanted)) continue
    const grounds = ['The service names both dates: they differ in the year only, in the days around New Year.']
    yield { params: { signed: scopeDate, wanted }, weight: 0.96, stated, grounds }
  }
  for (const one of loggedScope(file, 'date'))
    if (isWeekYear(one.params.signed ?? '', one.params.wanted ?? '')) yield { ...one, weight: 0.92 }
  const wanted = file.inputsSeen?.scope.date ?? ''
  if (!/^\d{8}$/.test(wanted)) return
  for (const years of [1, -1]) {
    const signed = `${String(Number(wanted.slice(0, 4)) + years).padStart(4, '0')}${wanted.slice(4)}`
    if (isWeekYear(signed, wanted)) yield { params: { signed, wanted } }
  }
}

/** The last days of December lie in the first week of the next year, the first of January in the last week of the one before. */
function isWeekYear(signed: string, wanted: string): boolean {
  if (!/^\d{8}$/.test(signed) || !/^\d{8}$/.test(wanted) || signed.slice(4) !== wanted.slice(4)) return false
  const [day, years] = [wanted.slice(4), Number(signed.slice(0, 4)) - Number(wanted.slice(0, 4))]
  return (years === 1 && day >= '1226' && day <= '1231') || (years === -1 && day >= '0101' && day <= '0103')
}

function undo(inputs: SigningInputs, { signed }: ScopeParams): SigningInputs {
  return withScope(inputs, 'date', signed)
}

function explain({ params }: Match<ScopeParams>): Explanation {
  const { signed, wanted } = params
  return {
    what:
      signed === undefined || wanted === undefined
        ? 'the scope date was written with the year of the week'
        : `the credential scope had the date ${signed} on ${wanted}: the year of the week in place of the calendar year`,
    why: 'in date patterns "YYYY" is the year that the week belongs to; in the days around New Year it is not the calendar year, which is "yyyy" or "uuuu". For the rest of the year the two agree, so nothing shows the fault',
    labels: scopeLabels(params, 'the year of the week'),
    fixes: [
      ...calendarYearFixes('scope date'),
      { title: 'cut the scope date out of the request date: its first eight characters', applicability: 'maybe' },
    ],
    wrongFixes: [
      { ...SEND_AGAIN, why: 'it passes again in January, and fails at the next New Year' },
      { title: 'set the clock', why: 'the clock is right; the pattern that writes the year is not' },
      REPLACE_THE_SECRET,
      CHANGE_IAM_POLICIES,
    ],
    check:
      'look for "YYYY" or "%G" in the code that writes the date; format 30 December 2025 with it: 20261230 confirms this, 20251230 rules it out',
  }
}
