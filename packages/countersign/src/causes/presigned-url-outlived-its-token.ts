/**
 * A presigned URL was made with temporary credentials, and their session token ended before the URL did.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html "Who can create a presigned URL"
 */

import { type CaseFile, cluesFor } from '../case/index.js'
import {
  parseLenientDate,
  QUERY,
  queryAuthorization,
  queryValue,
  requestDateOf,
  requestDateText,
  type SigningInputs,
  sessionTokenOf,
  splitTarget,
} from '../sigv4/index.js'
import { factsStated, REPLACE_THE_SECRET, requestsSeen } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import { durationText } from './kit/clock-offset.js'
import type { Explanation } from './kit/explanation.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, SEND_AGAIN } from './kit/wrong-fixes.js'

/** Milliseconds since 1970. */
interface Params {
  readonly endsAt?: number
  readonly now?: number
}

const HEAD = { id: 'presigned-url-outlived-its-token', class: 'clock.expired', undo, narrow: true } as const

export const presignedUrlOutlivedItsToken = defineCause<Params>({
  ...HEAD,
  part: 'request-date',
  summary: 'the session token in a presigned URL ended before the URL did',
  schemes: 'signatures',
  refusedAt: ['token', 'clock'],
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  for (const stated of factsStated(file, ['token-expired'])) {
    for (const { request } of requestsSeen(file)) {
      const { query } = splitTarget(request.target)
      if (queryAuthorization(query) === undefined || sessionTokenOf(request) === undefined) continue
      const signedAt = parseLenientDate(requestDateOf(request, 'query') ?? '')
      const seconds = Number(queryValue(query, QUERY.expires) ?? Number.NaN)
      const endsAt = signedAt === undefined || Number.isNaN(seconds) ? undefined : signedAt + seconds * 1000
      // Where the URL had ended as well, that is what it was refused for sooner or later.
      if (endsAt !== undefined && file.now !== undefined && file.now > endsAt) continue
      const params = { ...(endsAt !== undefined && { endsAt }), ...(file.now !== undefined && { now: file.now }) }
      const grounds = ['The service says that the token has expired, and the token stands in a presigned URL.']
      yield { params, weight: 0.97, stated, grounds }
      return
    }
    // Where no request is shown, the text may say that the URL was presigned.
    if (requestsSeen(file).length === 0 && (cluesFor(file, HEAD.id).length > 0 || presigns(file)))
      yield { params: {}, weight: 0.97, stated, grounds: ['The service says that the token has expired, and a presigned URL carries one.'] }
  }
}

/** Code that is shown presigns, and sends nothing signed itself. */
function presigns(file: CaseFile): boolean {
  const does = file.observations.flatMap((one) => (one.kind === 'call' ? [one.call.does] : []))
  return does.includes('presigns') && !does.includes('signs')
}

/** What was signed is right; the credentials that signed it are no longer. */
function undo(inputs: SigningInputs): SigningInputs {
  return inputs
}

function explain({ params: { endsAt, now } }: Match<Params>): Explanation {
  const left = endsAt === undefined || now === undefined ? undefined : durationText((endsAt - now) / 1000)
  return {
    what: `the session token in the presigned URL had expired${left === undefined ? '' : `, ${left} before the URL itself would have`}`,
    why: 'a URL presigned with temporary credentials (a role of EC2, ECS, Lambda or SSO) carries their session token; it is good no longer than that, even where X-Amz-Expires says more; signers do not shorten it, and do not warn',
    labels:
      endsAt === undefined || now === undefined
        ? []
        : [
            {
              part: 'clock',
              calculated: `${requestDateText(now)} (token expired)`,
              signed: requestDateText(endsAt),
              note: 'X-Amz-Expires promised a longer life',
            },
          ],
    fixes: [
      {
        title: 'presign with credentials that live as long as the URL: a longer role session (up to 12 hours), or the key of an IAM user',
        applicability: 'has-placeholders',
        command: 'aws sts assume-role --role-arn <role> --role-session-name <name> --duration-seconds 43200',
        appliesTo: ['aws-cli'],
      },
      { title: 'make the URL when it is asked for, not ahead of time', applicability: 'maybe' },
      {
        title: 'ask the credentials for their end, and presign for no longer than that',
        applicability: 'maybe',
      },
    ],
    wrongFixes: [
      { title: 'raise X-Amz-Expires', why: 'the token still ends when it ends' },
      { title: 'take X-Amz-Security-Token out of the URL', why: 'it is signed, and without it the temporary key is unknown' },
      { ...SEND_AGAIN, why: 'the token does not come alive again; a new URL is needed' },
      CHANGE_IAM_POLICIES,
      REPLACE_THE_SECRET,
    ],
    check:
      'presign with the long-term key of a user for the same life: that URL is good to its end; where it fails at the same time, this is not the cause',
  }
}
