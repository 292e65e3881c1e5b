/** A presigned URL says no method. Where the request itself is in the evidence, what was guessed of its URL is no second request. */
import type { Observation, ObservationOf } from '../case/index.js'
import { headerValue } from '../sigv4/index.js'

export function withoutGuesses(seen: readonly Observation[]): readonly Observation[] {
  const known = new Set(seen.flatMap((one) => (one.kind === 'request' && one.methodGuessed === undefined ? [signingOf(one)] : [])))
  return seen.filter((one) => one.kind !== 'request' || one.methodGuessed === undefined || !known.has(signingOf(one)))
}

/** The URL with its signature, and whose view it is. */
function signingOf({ side, request }: ObservationOf<'request'>): string {
  return `${side} ${headerValue(request, 'host')?.toLowerCase()} ${request.target}`
}
