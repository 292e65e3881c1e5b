import { normalizedPath } from '../../../src/sigv4/canonical-uri.ts'
import { splitTarget } from '../../../src/sigv4/http-request.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer signs the path as it is sent for a service that encodes it again: escapes as sent, or put in order first. */
export const inject: Inject = (correct, choice) => {
  if (correct.request === undefined || correct.profile.pathEncoding !== 'twice') return undefined
  const { path } = splitTarget(correct.request.target)
  // With dot segments or doubled slashes it would be two mistakes: encoding and normalization.
  if (!path.includes('%') || normalizedPath(path) !== path) return undefined
  const inOrder = path.replace(/%[0-9a-f]{2}/gi, (found) => found.toUpperCase())
  return signedOtherwise(correct, { 'canonical-uri': pick([path, inOrder], choice)! })
}
