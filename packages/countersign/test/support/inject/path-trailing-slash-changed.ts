import { splitTarget } from '../../../src/sigv4/http-request.ts'
import { changedInTransit, type Inject, signedOtherwise } from './injection.ts'

/** A hop removes the last slash (0) or adds one (1); or the signer leaves line 2 empty for a URL without a path (2). */
export const inject: Inject = (correct, choice) => {
  if (correct.request === undefined) return undefined
  const { path, query } = splitTarget(correct.request.target)
  const form = choice % 3
  if (form === 2) return path === '/' ? signedOtherwise(correct, { 'canonical-uri': '' }) : undefined
  if (path === '/' || /\/\.{1,2}$|\/\/$/.test(path)) return undefined
  const bare = path.replace(/\/$/, '')
  const [signed, arrived] = form === 0 ? [`${bare}/`, bare] : [bare, `${bare}/`]
  const target = (made: string): string => (query === undefined ? made : `${made}?${query}`)
  return changedInTransit({ ...correct, request: { ...correct.request, target: target(signed) } }, { target: target(arrived) })
}
