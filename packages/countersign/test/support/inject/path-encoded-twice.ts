import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { normalizedPath } from '../../../src/sigv4/canonical-uri.ts'
import { splitTarget } from '../../../src/sigv4/http-request.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer escapes every "%" again: of the canonical URI, or of the path as sent. */
export const inject: Inject = (lawful, choice) => {
  if (lawful.request === undefined) return undefined
  // With dot segments or doubled slashes it would be two mistakes where the service normalizes.
  const { path } = splitTarget(lawful.request.target)
  if (lawful.profile.normalizePath && normalizedPath(path) !== path) return undefined
  const sources = [canonicalRequestPart(lawful, 'canonical-uri'), path]
  const twice = pick(sources, choice)!.replaceAll('%', '%25')
  return twice.includes('%25') && /^[\w.~/%-]*$/.test(twice) && twice !== canonicalRequestPart(lawful, 'canonical-uri')
    ? signedOtherwise(lawful, { 'canonical-uri': twice })
    : undefined
}
