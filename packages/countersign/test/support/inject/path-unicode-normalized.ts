import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer decomposes the letters, or composes those that are sent decomposed. */
export const inject: Inject = (correct, choice) => {
  const uri = canonicalRequestPart(correct, 'canonical-uri')
  const forms = [
    uri.split('%C3%BC').join('u%CC%88').split('%25C3%25BC').join('u%25CC%2588'),
    uri.split('o%CC%88').join('%C3%B6').split('o%25CC%2588').join('%25C3%25B6'),
  ]
  const signed = pick(forms, choice)!
  return signed === uri ? undefined : signedOtherwise(correct, { 'canonical-uri': signed })
}
