import { splitTarget } from '../../../src/sigv4/http-request.ts'
import { changedInTransit, type Inject, pick } from './injection.ts'

/** A hop asks for the index file, for another name below the same folder, or the signer writes the path in lower case. */
export const inject: Inject = (correct, choice) => {
  if (correct.request === undefined) return undefined
  const { path, query } = splitTarget(correct.request.target)
  if (/\/\/|\/\.\.?(?:\/|$)/.test(path)) return undefined
  const bare = path.replace(/\/$/, '')
  const lower = path.replace(/%..|[A-Z]/g, (found) => (found.length > 1 ? found : found.toLowerCase()))
  const [signed, arrived] = pick(
    [
      [path, `${bare}/index.html`],
      [path, `${bare}/a/b`],
      [lower, path],
    ],
    choice,
  )!
  if (signed === arrived) return undefined
  const target = (made: string): string => (query === undefined ? made : `${made}?${query}`)
  return changedInTransit({ ...correct, request: { ...correct.request, target: target(signed!) } }, { target: target(arrived!) })
}
