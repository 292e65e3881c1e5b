import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer writes a key without a value as it stands in the URL, or leaves it out beside others. */
export const inject: Inject = (correct, choice) => {
  const canonical = canonicalRequestPart(correct, 'canonical-query-string')
  const bare = canonical.replace(/=(?=&|$)/g, '')
  const without = canonical
    .split('&')
    .filter((piece) => !piece.endsWith('='))
    .join('&')
  const signed = pick([bare, without], choice)!
  return signed === canonical || signed === '' ? undefined : signedOtherwise(correct, { 'canonical-query-string': signed })
}
