/**
 * The request date is missing, or not written as YYYYMMDDTHHMMSSZ: a zone name, local time, the extended form of ISO 8601.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Date"
 * @see https://github.com/brendanhay/amazonka/issues/154
 */

import { type CaseFile, cluesFor } from '../case/index.js'
import {
  HEADER,
  type HttpRequest,
  headerValue,
  parseLenientDate,
  QUERY,
  queryAuthorization,
  queryValue,
  type SigningInputs,
  splitTarget,
} from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import {
  clingsToTheNext,
  comparedSignatures,
  factsStated,
  isTemplate,
  REPLACE_THE_SECRET,
  requestsSeen,
  signerHead,
} from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import { UTC_FIXES } from './kit/clock-fixes.js'
import { dateFault, otherForms, rightDateSent } from './kit/date-form.js'
import type { Explanation } from './kit/explanation.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES } from './kit/wrong-fixes.js'

/** The date as it was written; absent where it was missing or is not known. */
interface Params {
  readonly written?: string
}

const HEAD = { id: 'request-date-malformed', class: 'clock.format', undo } as const

export const requestDateMalformed = defineCause<Params>({
  ...HEAD,
  part: 'request-date',
  summary: 'the request date was not written as YYYYMMDDTHHMMSSZ in UTC, or was missing',
  schemes: 'signatures',
  refusedAt: ['date', 'signature'],
  shownBy: ({ values }) => ({ written: values['written'] ?? '' }),
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const malformed = [...malformedDates(file)]
  const shown = malformed[0]?.params.written
  // A date that was sent in the right form, and did not arrive, is the matter of header-removed-in-transit.
  const lost = shown === undefined && rightDateSent(file) !== undefined
  // A hop that drops headers takes the date from a request that had one.
  const dropped = shown === undefined && cluesFor(file, 'header-removed-in-transit').length > 0
  for (const stated of lost ? [] : factsStated(file, ['date-missing-or-malformed'])) {
    const written = stated.values['given'] ?? shown
    const grounds = ['The service says that it has no valid date.', ...(written === undefined ? [] : [`It was written "${written}".`])]
    yield { params: written === undefined ? {} : { written }, weight: dropped ? 0.6 : 0.95, grounds, ...(!dropped && { stated }) }
  }
  yield* malformed
  const logged = signerHead(file)?.requestDate
  if (logged !== undefined && isDated(logged) && dateFault(logged) !== undefined) {
    yield {
      params: { written: logged },
      weight: 0.9,
      grounds: [`The signer's own string to sign has the date "${logged}": ${dateFault(logged)}.`],
    }
  }
  for (const { values } of [...cluesFor(file, HEAD.id), ...cluesFor(file, HEAD.class)]) {
    const written = values['given'] ?? values['written']
    if (written !== undefined) yield { params: { written } }
  }
  for (const written of otherForms(file.inputsSeen?.requestDate ?? '')) yield { params: { written } }
}

/** The dates of requests that are not of the one form; what services read all the same is said with less weight. */
function* malformedDates(file: CaseFile): Iterable<Candidate<Params>> {
  for (const seen of requestsSeen(file)) {
    // Version 2 takes an HTTP date in X-Amz-Date as well.
    if (/^AWS /.test(headerValue(seen.request, 'authorization')?.trim() ?? '')) continue
    const written = writtenDate(seen.request)
    if (written !== undefined && clingsToTheNext(written)) continue
    const fault = written === undefined || !isDated(written) ? undefined : dateFault(written)
    if (written === undefined || fault === undefined) continue
    const grounds = [`The request carries the date "${written}": ${fault}.`]
    const refusedElsewhere = file.refusal?.check !== undefined && file.refusal.check.group !== 'date'
    const sure = !refusedElsewhere && !comparedSignatures(file) && seen.fidelity === 'exact' && parseLenientDate(written) === undefined
    yield { params: { written }, weight: sure ? 0.95 : 0.4, grounds, ...(sure && { stated: seen }) }
  }
}

function writtenDate(request: HttpRequest): string | undefined {
  const query = splitTarget(request.target).query
  return queryAuthorization(query) === undefined ? headerValue(request, HEADER.amzDate) : queryValue(query, QUERY.date)
}

/** Whether a text is somebody's date at all, not a mask, a variable or nothing. */
function isDated(text: string): boolean {
  return !isMasked(text) && !isTemplate(text) && /\d{4}/.test(text)
}

/** The date stands in the string to sign; the canonical request holds the header as it was sent. */
function undo(inputs: SigningInputs, { written }: Params): SigningInputs {
  return written === undefined || written === inputs.requestDate ? inputs : { ...inputs, requestDate: written }
}

function explain({ params, file, verifier }: Match<Params>): Explanation {
  const { written } = params
  const fault = written === undefined ? undefined : dateFault(written)
  const calculated = (verifier ?? file.inputsSeen)?.requestDate
  return {
    what:
      written === undefined
        ? 'the request date was missing, or not of the form YYYYMMDDTHHMMSSZ'
        : `the request date was written "${written}"${fault === undefined ? '' : `: ${fault}`}`,
    why: 'the date has one form, YYYYMMDDTHHMMSSZ in UTC, in x-amz-date and in the second line of the string to sign; a service that cannot read it refuses, and one that reads it signs its own spelling of it',
    labels:
      written === undefined
        ? []
        : [
            {
              part: 'request-date',
              calculated: calculated === undefined || calculated === written ? 'YYYYMMDDTHHMMSSZ' : calculated,
              signed: written,
              note: fault ?? 'the form of the date',
            },
          ],
    fixes: [
      {
        title: 'write one date in UTC as YYYYMMDDTHHMMSSZ, with a literal "Z", and use it in the header, the string to sign and the scope',
        applicability: 'exact',
      },
      ...UTC_FIXES,
      {
        title: 'write the date in UTC',
        applicability: 'maybe',
        command: "new Date().toISOString().replace(/[:-]|\\.\\d{3}/g, '')",
        appliesTo: ['javascript'],
      },
      {
        title: 'write the date in UTC',
        applicability: 'maybe',
        command: 'time.Now().UTC().Format("20060102T150405Z")',
        appliesTo: ['go'],
      },
      { title: 'write the date in UTC', applicability: 'maybe', command: "gmdate('Ymd\\THis\\Z')", appliesTo: ['php'] },
      {
        title: 'write the date in UTC',
        applicability: 'maybe',
        command: "DateTime.UtcNow.ToString(\"yyyyMMdd'T'HHmmss'Z'\", CultureInfo.InvariantCulture)",
        appliesTo: ['dotnet'],
      },
    ],
    wrongFixes: [
      REPLACE_THE_SECRET,
      CHANGE_IAM_POLICIES,
      { title: 'mend the header and not the string to sign', why: 'both hold the date; if they differ, the signature does not match' },
      { title: 'put "Z" behind a local time', why: 'the form is right then, and the time is off by the zone' },
    ],
    check: 'compare x-amz-date with the pattern ^[0-9]{8}T[0-9]{6}Z$: it does not fit',
  }
}
