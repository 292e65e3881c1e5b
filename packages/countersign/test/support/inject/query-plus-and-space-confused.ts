import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer writes a space as "+", takes it for a plus, takes a plus for a space, or leaves a plus unescaped. */
export const inject: Inject = (correct, choice) => {
  const query = canonicalRequestPart(correct, 'canonical-query-string')
  const spellings = [
    query.split('%20').join('+'),
    query.split('%20').join('%2B'),
    query.split('%2B').join('%20'),
    query.split('%2B').join('+'),
  ]
  const signed = pick(spellings, choice)!
  return signed === query ? undefined : signedOtherwise(correct, { 'canonical-query-string': signed })
}
