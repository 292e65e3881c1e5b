import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer spells the path otherwise: "+" for a space, "~" escaped, %2F decoded, "+" read as a space. */
export const inject: Inject = (correct, choice) => {
  const uri = canonicalRequestPart(correct, 'canonical-uri')
  const spellings = [
    uri.split('%20').join('+'),
    uri.split('~').join('%7E'),
    uri.split('%2F').join('/'),
    uri.split('%2B').join('%20'),
    uri.split('%C3%BC').join('%FC'),
  ]
  const signed = pick(spellings, choice)!
  return signed === uri ? undefined : signedOtherwise(correct, { 'canonical-uri': signed })
}
