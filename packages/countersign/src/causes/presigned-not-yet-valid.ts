/**
 * A presigned URL was used before its X-Amz-Date: the clock of the machine that presigned is ahead, or local time was written as UTC.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */

import type { CaseFile } from '../case/index.js'
import { parseLenientDate, queryAuthorization, requestDateOf, requestDateText, type SigningInputs, splitTarget } from '../sigv4/index.js'
import { factsStated, REPLACE_THE_SECRET, requestsSeen } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import { CLOCK_FIXES, UTC_FIXES } from './kit/clock-fixes.js'
import { durationText, offsetShape } from './kit/clock-offset.js'
import type { Explanation } from './kit/explanation.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES } from './kit/wrong-fixes.js'

/** Milliseconds since 1970: the date of the URL, and the clock of the service. */
interface Params {
  readonly signedAt?: number
  readonly now?: number
}

const HEAD = { id: 'presigned-not-yet-valid', class: 'clock.skew', undo, narrow: true } as const

export const presignedNotYetValid = defineCause<Params>({
  ...HEAD,
  part: 'request-date',
  summary: 'a presigned URL was used before the time it was signed for',
  schemes: 'version-4',
  refusedAt: ['clock', 'date'],
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const presigned = requestsSeen(file).find(({ request }) => queryAuthorization(splitTarget(request.target).query) !== undefined)
  const signedAt = parseLenientDate((presigned === undefined ? undefined : requestDateOf(presigned.request, 'query')) ?? '')
  const { now } = file
  const params = { ...(signedAt !== undefined && { signedAt }), ...(now !== undefined && { now }) }
  for (const stated of factsStated(file, ['presigned-not-yet-valid']))
    yield { params, weight: 0.96, stated, grounds: ['The service says that the request is not yet valid.'] }
}

/** What was signed is right; it is only too early. */
function undo(inputs: SigningInputs): SigningInputs {
  return inputs
}

function explain({ params }: Match<Params>): Explanation {
  const { signedAt, now } = params
  const seconds = signedAt === undefined || now === undefined ? undefined : (signedAt - now) / 1000
  const shape = seconds === undefined ? undefined : offsetShape(seconds)
  return {
    what: `the presigned URL was used ${seconds === undefined ? '' : `${durationText(seconds)} `}before its X-Amz-Date${shape === undefined ? '' : `: ${shape.name}`}`,
    why: 'a presigned URL is good from its X-Amz-Date on; a date that lies ahead of the clock of the service makes it refuse the URL until then. The clock of the machine that presigned is ahead, or it wrote its local time as UTC',
    labels:
      signedAt === undefined || now === undefined
        ? []
        : [{ part: 'clock', calculated: requestDateText(now), signed: requestDateText(signedAt), note: 'the date of the URL lies ahead' }],
    fixes: [...(shape?.zone === true ? UTC_FIXES : []), ...CLOCK_FIXES],
    wrongFixes: [
      { title: 'give the URL a longer life', why: 'X-Amz-Expires moves the end of its life, not the beginning' },
      {
        title: 'change X-Amz-Date in the URL',
        why: 'it is part of what is signed; the refusal turns into a signature that does not match',
      },
      CHANGE_IAM_POLICIES,
      REPLACE_THE_SECRET,
    ],
    check:
      'print "date -u" on the machine that presigns beside the Date header of the service: they differ by that much, or the code does not write UTC',
  }
}
