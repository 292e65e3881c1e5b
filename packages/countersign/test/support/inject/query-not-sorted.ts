import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { rawQuery } from '../standard-inputs.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer leaves the order sent, sorts whole `name=value` texts, without regard to case, before encoding, or backwards. */
export const inject: Inject = (correct, choice) => {
  const sorted = canonicalRequestPart(correct, 'canonical-query-string')
  const pieces = sorted.split('&')
  const sent = rawQuery(correct)?.split('&') ?? []
  // In the order sent only where nothing else differs, so that one mistake stays one mistake.
  const asSent = [...sent].sort().join() === [...pieces].sort().join() ? sent : pieces
  const name = (piece: string): string => piece.slice(0, piece.indexOf('='))
  const orders = [
    asSent,
    [...pieces].sort(),
    [...pieces].sort((a, b) => (name(a).toLowerCase() < name(b).toLowerCase() ? -1 : 1)),
    [...pieces].sort((a, b) => (decodeURIComponent(name(a)) < decodeURIComponent(name(b)) ? -1 : 1)),
    [...pieces].reverse(),
  ]
  const signed = pick(orders, choice)!.join('&')
  return signed === sorted ? undefined : signedOtherwise(correct, { 'canonical-query-string': signed })
}
