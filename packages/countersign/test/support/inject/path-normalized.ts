import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { splitTarget } from '../../../src/sigv4/http-request.ts'
import { changedInTransit, type Inject, signedOtherwise } from './injection.ts'

/** The signer resolves slashes and dots that S3 keeps (0), a hop collapses slashes (1), or the signer keeps what others resolve (2). */
export const inject: Inject = (correct, choice) => {
  if (correct.request === undefined) return undefined
  const { path, query } = splitTarget(correct.request.target)
  const collapsed = path.replace(/\/\/+/g, '/')
  const form = choice % 3
  if (form === 1)
    return collapsed === path || correct.profile.normalizePath || path.includes('/../')
      ? undefined
      : onceDoubled(path)
        ? changedInTransit(correct, { target: query === undefined ? collapsed : `${collapsed}?${query}` })
        : undefined
  const resolved = new URL(`http://host${collapsed}`).pathname
  const uri = canonicalRequestPart(correct, 'canonical-uri')
  if (form === 0)
    return resolved === path || correct.profile.normalizePath || /[^\w./-]/.test(path)
      ? undefined
      : signedOtherwise(correct, { 'canonical-uri': resolved })
  return !correct.profile.normalizePath || resolved === path || /[^\w./-]/.test(path) || uri === path
    ? undefined
    : signedOtherwise(correct, { 'canonical-uri': path })
}

/** One doubled slash can be put back by search; several cannot. */
function onceDoubled(path: string): boolean {
  return path.split('//').length === 2 && !path.includes('///')
}
