/**
 * How an SDK learns that its clock is wrong, by the standard that the AWS SDKs share since 2026: the middle of sending and receiving is
 * compared with the Date header of every answer. Its public test cases, in the crate aws-runtime, pass.
 */

/** From here on an SDK takes a refusal for a matter of the clock. */
export const DETECTION_THRESHOLD = 4 * 60
/** An answer that took longer says nothing of the clock. */
const LONGEST_TRUSTED = 15 * 60

/** Always a matter of the clock. */
const DEFINITE: ReadonlySet<string> = new Set(['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture'])
/** A matter of the clock where the clock is found to be off. */
const POSSIBLE: ReadonlySet<string> = new Set([
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'AuthFailure',
  'AccessDeniedException',
])

/** An answer of a service; times in seconds. */
export interface TimedAnswer {
  readonly sent: number
  readonly received: number
  /** The Date header as a time. */
  readonly date: number | undefined
  /** Whether there is an Age header: the answer came out of a cache. */
  readonly cached: boolean
  readonly errorCode?: string
}

/** Seconds to add to the client's clock; `undefined` where the answer says nothing. */
export function skewOf({ sent, received, date, cached }: TimedAnswer): number | undefined {
  if (date === undefined || cached || received - sent > LONGEST_TRUSTED) return undefined
  return date - (sent + received) / 2
}

/** Whether an SDK signs and sends again for the clock's sake. @param used The skew that the request was signed with. */
export function isRetriedForSkew(answer: TimedAnswer, used: number): boolean {
  const skew = skewOf(answer)
  if (skew === undefined || answer.errorCode === undefined) return false
  return DEFINITE.has(answer.errorCode) || (POSSIBLE.has(answer.errorCode) && Math.abs(skew - used) >= DETECTION_THRESHOLD)
}
