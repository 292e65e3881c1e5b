/**
 * The request date lay further from the service's clock than the service allows: a clock that drifts, or a local time written as UTC.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 * @see https://github.com/mhart/aws4fetch/issues/73
 */

import { askerOf, type CaseFile, cluesFor, type ObservationOf } from '../case/index.js'
import { SUBJECTS } from '../catalog/index.js'
import { parseLenientDate, requestDateText, type SigningInputs } from '../sigv4/index.js'
import { calendarYearFixes } from './kit/calendar-year.js'
import { comparedSignatures, factsStated, REPLACE_THE_SECRET } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import { CLOCK_FIXES, UTC_FIXES, ZONE_FIXES } from './kit/clock-fixes.js'
import { durationText, offsetShape } from './kit/clock-offset.js'
import type { Explanation, Fix } from './kit/explanation.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, SEND_AGAIN } from './kit/wrong-fixes.js'

/** What is known of the two clocks. Milliseconds since 1970. */
interface Params {
  readonly requested?: number
  readonly now?: number
  readonly windowSeconds?: number
  /** Which way the service says it is off, where the times are not given. */
  readonly way?: 'behind' | 'ahead'
}

const HEAD = { id: 'clock-skewed', class: 'clock.skew', undo } as const

export const clockSkewed = defineCause<Params>({
  ...HEAD,
  part: 'request-date',
  summary: "the request date was further from the service's clock than the service allows",
  schemes: 'signatures',
  refusedAt: ['clock', 'date'],
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const presigned = file.inputsSeen?.authentication === 'query'
  const facts = factsStated(file, ['request-expired', 'request-in-future', 'time-skewed'])
  // A clock that a tool of the machine found in step is not what made the request old.
  const inStep = file.observations.some(
    (one) => one.kind === 'setting' && one.setting.means?.name === 'clock-synchronized' && one.setting.value === 'yes',
  )
  for (const stated of facts) {
    const params = clocksOf(stated, file)
    if (inStep && stated.fact === 'request-expired') {
      yield { params, weight: 0.25, grounds: [IN_STEP] }
      continue
    }
    // A presigned URL that was used too late is not a matter of the clock: that is another cause.
    if (presigned && stated.fact === 'request-expired') yield { params, weight: 0.3, grounds: [TOO_LATE] }
    // The message states an age. Where requests are said to wait, it is not said whose clock is wrong, if any.
    else if (cluesFor(file, 'request-retried-stale').length > 0) yield { params, weight: 0.35, grounds: groundsOf(params, facts) }
    else yield { params, weight: 0.95, grounds: groundsOf(params, facts), stated }
  }
  const inputs = file.inputsSeen
  const requested = inputs === undefined ? undefined : parseLenientDate(inputs.requestDate)
  if (facts.length > 0 || presigned || inputs === undefined || requested === undefined || file.now === undefined) return
  const windowSeconds = inputs.profile.maxClockSkewSeconds
  if (comparedSignatures(file) || Math.abs(file.now - requested) <= windowSeconds * 1000) return
  const grounds = [`The request date ${inputs.requestDate} and the service's clock ${requestDateText(file.now)} are too far apart.`]
  yield { params: { requested, now: file.now, windowSeconds }, weight: 0.5, grounds }
}

/** The times a message names; its limit and window give the service's clock where the message does not. */
function clocksOf({ fact, values }: ObservationOf<'stated'>, file: CaseFile): Params {
  const windowSeconds = Number(values['windowSeconds'] ?? Number.NaN)
  const limit = parseLenientDate(values['limit'] ?? '')
  const early = fact === 'request-in-future'
  const fromLimit = limit === undefined || Number.isNaN(windowSeconds) ? undefined : limit + (early ? -1000 : 1000) * windowSeconds
  const requested = parseLenientDate(values['requestDate'] ?? file.inputsSeen?.requestDate ?? '')
  const now = parseLenientDate(values['now'] ?? '') ?? fromLimit ?? file.now
  return {
    ...(requested !== undefined && { requested }),
    ...(now !== undefined && { now }),
    ...(!Number.isNaN(windowSeconds) && { windowSeconds }),
    ...(fact !== 'time-skewed' && { way: early ? ('ahead' as const) : ('behind' as const) }),
  }
}

function groundsOf(params: Params, facts: readonly ObservationOf<'stated'>[]): string[] {
  const seconds = offsetOf(params)
  const shape = seconds === undefined ? undefined : offsetShape(seconds)
  const dates = new Set(facts.map(({ values }) => values['requestDate']).filter((date) => date !== undefined))
  return [
    'The service names the clock as the reason.',
    ...(shape === undefined ? [] : [shape.says]),
    ...(dates.size > 1
      ? ['Another attempt with another request date was refused for the same reason: signing again did not mend it.']
      : []),
  ]
}

/** The signer's date is what was signed: the signature is right for it, only the date is not accepted. */
function undo(inputs: SigningInputs): SigningInputs {
  return inputs
}

function offsetOf({ requested, now }: Params): number | undefined {
  return requested === undefined || now === undefined ? undefined : Math.round((requested - now) / 1000)
}

/** A machine that slept is as likely off by whole hours as by others. */
function stoodStill(file: CaseFile): boolean {
  return cluesFor(file, HEAD.id).some(({ values }) => values['clock'] === 'stood-still')
}

/** A program that somebody else wrote signs, on a machine: no code writes the date. */
function isConfigured(file: CaseFile): boolean {
  const kinds = new Set([...askerOf(file)].map((subject) => SUBJECTS[subject].kind))
  return !kinds.has('language') && (kinds.has('tool') || kinds.has('os'))
}

/** Code that writes local time is mended in code, a machine whose zone is taken for UTC in its settings. */
function zoneFixes(file: CaseFile, hoursOff: boolean): readonly Fix[] {
  if (writesLocalTime(file)) return UTC_FIXES
  if (!hoursOff || stoodStill(file)) return []
  return isConfigured(file) ? ZONE_FIXES : UTC_FIXES
}

/** Code takes the local time: the clock of the machine may be right. */
function writesLocalTime(file: CaseFile): boolean {
  return cluesFor(file, HEAD.id).some(({ values }) => values['clock'] === 'local')
}

function explain({ params, file }: Match<Params>): Explanation {
  const { requested, now, windowSeconds } = params
  const seconds = offsetOf(params)
  const shape = seconds === undefined ? undefined : offsetShape(seconds)
  const behind = seconds === undefined ? params.way === 'behind' : seconds < 0
  const way = behind ? "behind the service's clock" : "ahead of the service's clock"
  const off = seconds === undefined ? 'too far' : durationText(seconds)
  const known = seconds !== undefined || params.way !== undefined
  const allowed = windowSeconds === undefined ? '5 minutes on most services, 15 on S3 and some others' : durationText(windowSeconds)
  const late = behind
    ? '; or the request was signed that long before it was sent: a queue, a sleeping machine, a retry that did not sign again'
    : ''
  return {
    what: `the request date was ${known ? `${off} ${way}` : "too far from the service's clock"}${shape === undefined ? '' : `: ${shape.name}`}`,
    why: `the service accepts a signature only while the request date is near its own clock (${allowed}); it refuses before it compares signatures. The signer's clock is wrong${late}`,
    labels:
      requested === undefined || now === undefined
        ? []
        : [
            {
              part: 'clock',
              calculated: requestDateText(now),
              signed: requestDateText(requested),
              note: `the signer's date is ${off} ${behind ? 'behind' : 'ahead'}`,
            },
          ],
    fixes: [
      ...(shape?.year === true ? calendarYearFixes('request date') : []),
      ...zoneFixes(file, shape?.zone === true),
      ...CLOCK_FIXES,
      ...CLIENT_FIXES,
    ],
    wrongFixes: [
      {
        title: 'change x-amz-date after signing',
        why: 'the date is part of what is signed; the refusal turns into a signature that does not match. Give the signer the right time instead',
      },
      {
        title: 'set another time zone on the machine',
        why: 'signing uses UTC; another zone changes what the clock shows, not what it counts, unless the code writes local time as UTC',
      },
      behind ? SEND_AGAIN : { ...SEND_AGAIN, why: 'a date ahead of the clock is accepted only once the clock has caught up' },
      REPLACE_THE_SECRET,
      CHANGE_IAM_POLICIES,
    ],
    check:
      'print "date -u" next to the Date header of the service (curl -sI https://<host>/ | grep -i "^date"): they differ by that much; if they agree to the second, the request was signed early and sent late',
  }
}

const IN_STEP = 'The service says that the request is old, and the clock of the machine is said to be in step: it waited.'
const TOO_LATE = 'The service says that the signature had expired; the request is presigned, so its own lifetime may have ended.'

const CLIENT_FIXES = [
  {
    title: 'let the client follow the clock of the service; version 3 does so after one refusal',
    applicability: 'maybe',
    command: 'AWS.config.update({ correctClockSkew: true })  // v3: new S3Client({ systemClockOffset: <milliseconds> })',
    appliesTo: ['aws-sdk-js', 'aws-sdk-js-v3'],
  },
  {
    title: 'pass the corrected time as the signing date',
    applicability: 'has-placeholders',
    command: 'aws.sign(url, { aws: { datetime: "<YYYYMMDDTHHMMSSZ>" } })',
    appliesTo: ['aws4fetch'],
  },
  {
    title: 'set the clock itself: botocore and the AWS CLI sign with the local clock and do not correct it',
    applicability: 'exact',
    appliesTo: ['botocore', 'aws-cli'],
  },
] as const
