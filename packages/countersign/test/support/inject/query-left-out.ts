import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { type Inject, signedOtherwise } from './injection.ts'

/** A single parameter that was not signed looks added, and one without a value left out by itself. */
export const orElse = ['query-parameter-added', 'query-equals-missing']

/** The signer leaves line 3 empty. */
export const inject: Inject = (correct) => {
  const query = canonicalRequestPart(correct, 'canonical-query-string')
  return query === '' ? undefined : signedOtherwise(correct, { 'canonical-query-string': '' })
}
