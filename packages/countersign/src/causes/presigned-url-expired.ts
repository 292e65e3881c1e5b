/**
 * A presigned URL was used after its lifetime, or after the session token in it had expired.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */

import type { CaseFile, ObservationOf } from '../case/index.js'
import {
  type HttpRequest,
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
import { comparedSignatures, factsStated, REPLACE_THE_SECRET, requestsSeen } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import { durationText } from './kit/clock-offset.js'
import type { Explanation } from './kit/explanation.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, SEND_AGAIN } from './kit/wrong-fixes.js'

/** Milliseconds since 1970, and seconds. */
interface Params {
  readonly signedAt?: number
  readonly expiresSeconds?: number
  readonly endedAt?: number
  readonly now?: number
  /** Whether the URL carries a session token, which ends it as well. */
  readonly token: boolean
}

const HEAD = { id: 'presigned-url-expired', class: 'clock.expired', undo } as const

export const presignedUrlExpired = defineCause<Params>({
  ...HEAD,
  part: 'request-date',
  summary: 'a presigned URL was used after its lifetime had ended',
  schemes: 'signatures',
  refusedAt: ['clock', 'date', 'token'],
  suspect: (file) => suspicionsOutside(file, HEAD, { token: false }, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const presigned = requestsSeen(file).find(({ request }) => queryAuthorization(splitTarget(request.target).query) !== undefined)
  const known = presigned === undefined ? { token: false } : lifetimeOf(presigned.request)
  for (const stated of factsStated(file, ['presigned-expired'])) {
    yield { params: statedLifetime(stated, known, file), weight: 0.95, grounds: ['The service says that the request has expired.'], stated }
  }
  if (presigned === undefined) return
  for (const stated of factsStated(file, ['request-expired'])) {
    const params = statedLifetime(stated, known, file)
    yield { params, weight: 0.9, grounds: ['The service says that the signature has expired, and the request is presigned.'], stated }
  }
  const now = file.now
  if (now === undefined || known.endedAt === undefined || now <= known.endedAt || comparedSignatures(file)) return
  const grounds = [`The URL was good until ${requestDateText(known.endedAt)}; the service's clock showed ${requestDateText(now)}.`]
  yield { params: { ...known, now }, weight: file.refusal === undefined ? 0.4 : 0.6, grounds }
}

/** What the URL says of its own lifetime. */
function lifetimeOf(request: HttpRequest): Params {
  const signedAt = parseLenientDate(requestDateOf(request, 'query') ?? '')
  const seconds = queryValue(splitTarget(request.target).query, QUERY.expires)
  const expiresSeconds = seconds !== undefined && /^\d+$/.test(seconds) ? Number(seconds) : undefined
  return {
    token: sessionTokenOf(request) !== undefined,
    ...(signedAt !== undefined && { signedAt }),
    ...(expiresSeconds !== undefined && { expiresSeconds }),
    ...(signedAt !== undefined && expiresSeconds !== undefined && { endedAt: signedAt + expiresSeconds * 1000 }),
  }
}

function statedLifetime({ values }: ObservationOf<'stated'>, known: Params, file: CaseFile): Params {
  const endedAt = parseLenientDate(values['expires'] ?? values['limit'] ?? '') ?? known.endedAt
  const seconds = values['expiresSeconds']
  return {
    ...known,
    ...nowOf(file),
    ...(endedAt !== undefined && { endedAt }),
    ...(seconds !== undefined && /^\d+$/.test(seconds) && { expiresSeconds: Number(seconds) }),
  }
}

function nowOf(file: CaseFile): { readonly now?: number } {
  return file.now === undefined ? {} : { now: file.now }
}

/** What was signed is right; it is only too late. */
function undo(inputs: SigningInputs): SigningInputs {
  return inputs
}

function explain({ params }: Match<Params>): Explanation {
  const { endedAt, now, expiresSeconds, token } = params
  const late =
    endedAt !== undefined && now !== undefined && now > endedAt ? `, ${durationText((now - endedAt) / 1000)} before it was used` : ''
  return {
    what: `the presigned URL had expired${endedAt === undefined ? '' : ` at ${requestDateText(endedAt)}`}${late}`,
    why: `a presigned URL is good for X-Amz-Expires seconds${expiresSeconds === undefined ? '' : ` (here ${expiresSeconds}: ${durationText(expiresSeconds)})`} from its X-Amz-Date${token ? ', and never longer than the session token it was signed with' : '; with temporary credentials it ends with their session token, if that is earlier'}`,
    labels:
      endedAt === undefined || now === undefined
        ? []
        : [
            {
              part: 'clock',
              calculated: requestDateText(now),
              signed: requestDateText(endedAt),
              note: 'the end of the lifetime lies before the clock of the service',
            },
          ],
    fixes: [
      {
        title: 'make a new URL when it is needed, with a life as long as it is used: at most 604800 seconds (7 days)',
        applicability: 'maybe',
      },
      {
        title: 'make a new URL shortly before it is used',
        applicability: 'has-placeholders',
        command: 'aws s3 presign s3://<bucket>/<key> --expires-in 3600',
        appliesTo: ['aws-cli'],
      },
      {
        title: 'give it a longer life, up to 604800 seconds (7 days)',
        applicability: 'has-placeholders',
        command: "client.generate_presigned_url('get_object', Params={...}, ExpiresIn=<seconds>)",
        appliesTo: ['boto3'],
      },
      {
        title: 'give it a longer life',
        applicability: 'has-placeholders',
        command: 'getSignedUrl(client, command, { expiresIn: <seconds> })',
        appliesTo: ['aws-sdk-js-v3'],
      },
      ...(token
        ? ([
            {
              title: 'presign with credentials that live as long as the URL: a longer role session, or the key of an IAM user',
              applicability: 'has-placeholders',
              command: 'aws sts assume-role --role-arn <role> --role-session-name <name> --duration-seconds 43200',
              appliesTo: ['aws-cli'],
            },
          ] as const)
        : []),
      {
        title: 'look at the clock of the machine that presigned: a clock behind by an hour takes an hour off the life of the URL',
        applicability: 'maybe',
        command: 'date -u',
      },
      {
        title: 'keep caches from handing out old URLs: a page, a CDN or a database that stores them longer than they live',
        applicability: 'maybe',
      },
    ],
    wrongFixes: [
      SEND_AGAIN,
      {
        title: 'change X-Amz-Expires or X-Amz-Date in the URL',
        why: 'both are part of what is signed; the refusal turns into a signature that does not match',
      },
      { title: 'ask for more than 7 days', why: 'S3 refuses a larger X-Amz-Expires' },
      CHANGE_IAM_POLICIES,
      REPLACE_THE_SECRET,
    ],
    check:
      'make a URL with the same code and use it at once: it passes; if it is refused too, the clock of the machine that presigns is behind',
  }
}
