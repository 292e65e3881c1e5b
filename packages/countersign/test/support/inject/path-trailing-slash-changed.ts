import { splitTarget } from '../../../src/sigv4/http-request.ts'
import { changedInTransit, type Inject, signedOtherwise } from './injection.ts'

/** A hop removes the last slash (0) or adds one (1); or the signer leaves line 2 empty for a URL without a path (2). */
export const inject: Inject = (lawful, choice) => {
  if (lawful.request === undefined) return undefined
  const { path, query } = splitTarget(lawful.request.target)
  const form = choice % 3
  if (form === 2) return path === '/' ? signedOtherwise(lawful, { 'canonical-uri': '' }) : undefined
  if (path === '/' || /\/\.{1,2}$|\/\/$/.test(path)) return undefined
  const bare = path.replace(/\/$/, '')
  const [signed, arrived] = form === 0 ? [`${bare}/`, bare] : [bare, `${bare}/`]
  const target = (made: string): string => (query === undefined ? made : `${made}?${query}`)
  return changedInTransit({ ...lawful, request: { ...lawful.request, target: target(signed) } }, { target: target(arrived) })
}
