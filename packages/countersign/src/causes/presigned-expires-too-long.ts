/**
 * X-Amz-Expires is more than a week, negative, or no number: S3 refuses such a URL with any signature.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html "X-Amz-Expires"
 */

import type { CaseFile } from '../case/index.js'
import { QUERY, queryAuthorization, queryValue, type SigningInputs, splitTarget } from '../sigv4/index.js'
import { comparedSignatures, isTemplate, REPLACE_THE_SECRET, requestsSeen } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import { durationText } from './kit/clock-offset.js'
import type { Explanation } from './kit/explanation.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, SEND_AGAIN } from './kit/wrong-fixes.js'

/** X-Amz-Expires as the URL has it; absent where the URL is not shown. */
interface Params {
  readonly given?: string
}

const HEAD = { id: 'presigned-expires-too-long', class: 'authorization.malformed', undo, narrow: true } as const

export const presignedExpiresTooLong = defineCause<Params>({
  ...HEAD,
  part: 'request-date',
  summary: 'X-Amz-Expires of a presigned URL is more than a week, or no number of seconds',
  schemes: 'version-4',
  refusedAt: ['authorization-parts'],
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const refused = file.refusal?.check?.id === 'expires' || /X-Amz-Expires (?:must|should)/i.test(file.refusal?.message ?? '')
  for (const seen of requestsSeen(file)) {
    const { query } = splitTarget(seen.request.target)
    const given = queryAuthorization(query) === undefined ? undefined : queryValue(query, QUERY.expires)
    if (given === undefined || isTemplate(given) || isValidLife(given)) continue
    const open = file.refusal === undefined || refused || (file.refusal.check === undefined && !comparedSignatures(file))
    if (!open) continue
    const grounds = [`The URL has X-Amz-Expires=${given}; S3 takes a number of seconds up to 604800.`]
    yield { params: { given }, weight: refused ? 0.97 : 0.6, grounds, ...(seen.fidelity === 'exact' && refused && { stated: seen }) }
    return
  }
  if (refused) yield { params: {}, weight: 0.9, grounds: ['The service names X-Amz-Expires in its refusal.'] }
}

function isValidLife(text: string): boolean {
  return /^\d{1,9}$/.test(text) && Number(text) <= LONGEST
}

/** What was signed is right; the service does not take such a life. */
function undo(inputs: SigningInputs): SigningInputs {
  return inputs
}

function explain({ params: { given } }: Match<Params>): Explanation {
  const long = given !== undefined && /^\d{1,12}$/.test(given) ? ` (${durationText(Number(given))})` : ''
  return {
    what:
      given === undefined
        ? 'X-Amz-Expires of the presigned URL is not one the service takes'
        : `the presigned URL has X-Amz-Expires=${given}${long}; the most is 604800 (7 days)`,
    why: 'X-Amz-Expires is a number of seconds from 1 to 604800: a signing key is good for seven days at the most. The service refuses another value before it looks at the signature. A time in milliseconds, or a moment in place of a duration, gives such a number',
    labels:
      given === undefined
        ? []
        : [
            {
              part: 'authorization',
              calculated: 'X-Amz-Expires=604800 at the most',
              signed: `X-Amz-Expires=${given}`,
              note: 'seconds from X-Amz-Date on',
            },
          ],
    fixes: [
      {
        title: 'presign for seven days or less, in seconds',
        applicability: 'has-placeholders',
        command: 'aws s3 presign s3://<bucket>/<key> --expires-in 604800',
        appliesTo: ['aws-cli'],
      },
      {
        title: 'give a duration in seconds, not a date and not milliseconds',
        applicability: 'maybe',
        command: 'getSignedUrl(client, command, { expiresIn: 604800 })',
        ...(given !== undefined && { sets: { what: 'expires', from: given, to: '604800' } }),
        appliesTo: ['aws-sdk-js-v3'],
      },
      {
        title: 'for links that live longer, make each URL when it is asked for; or use the signed URLs of CloudFront',
        applicability: 'maybe',
      },
    ],
    wrongFixes: [
      {
        title: 'change X-Amz-Expires in the finished URL',
        why: 'it is part of what is signed; the refusal turns into a signature that does not match',
      },
      { ...SEND_AGAIN, why: 'the same URL is refused every time' },
      REPLACE_THE_SECRET,
      CHANGE_IAM_POLICIES,
    ],
    check: 'presign with 3600: that URL is accepted; where it is refused with the same message, this is not the cause',
  }
}

const LONGEST = 604_800
