import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { changedInTransit, type Inject, signedOtherwise } from './injection.ts'

/** The signer writes the escapes in lower case, all of them (0); or signs the path as it was sent, some of them so (1). */
export const inject: Inject = (correct, choice) => {
  const uri = canonicalRequestPart(correct, 'canonical-uri')
  if (choice % 2 === 0) {
    const signed = uri.replace(/%../g, (found) => found.toLowerCase())
    return signed === uri ? undefined : signedOtherwise(correct, { 'canonical-uri': signed })
  }
  const { request, profile } = correct
  if (request === undefined || profile.pathEncoding !== 'once') return undefined
  const path = uri.replace(/%(C3|2F|2B|3A)/g, (found) => found.toLowerCase())
  const query = request.target.includes('?') ? request.target.slice(request.target.indexOf('?')) : ''
  const arrived = changedInTransit(correct, { target: path + query })!
  return path === uri ? undefined : signedOtherwise(arrived.verifier, { 'canonical-uri': path })
}
