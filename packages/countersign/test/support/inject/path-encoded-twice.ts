import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { normalizedPath } from '../../../src/sigv4/canonical-uri.ts'
import { splitTarget } from '../../../src/sigv4/http-request.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer escapes every "%" again: of the canonical URI, or of the path as sent. */
export const inject: Inject = (correct, choice) => {
  if (correct.request === undefined) return undefined
  // With dot segments or doubled slashes it would be two mistakes where the service normalizes.
  const { path } = splitTarget(correct.request.target)
  if (correct.profile.normalizePath && normalizedPath(path) !== path) return undefined
  const sources = [canonicalRequestPart(correct, 'canonical-uri'), path]
  const twice = pick(sources, choice)!.replaceAll('%', '%25')
  return twice.includes('%25') && /^[\w.~/%-]*$/.test(twice) && twice !== canonicalRequestPart(correct, 'canonical-uri')
    ? signedOtherwise(correct, { 'canonical-uri': twice })
    : undefined
}
