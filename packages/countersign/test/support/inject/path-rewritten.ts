import { splitTarget } from '../../../src/sigv4/http-request.ts'
import { changedInTransit, type Inject, pick } from './injection.ts'

/** A hop adds a prefix, strips the stage name, adds or removes the trailing slash. */
export const inject: Inject = (lawful, choice) => {
  if (lawful.request === undefined) return undefined
  const { path, query } = splitTarget(lawful.request.target)
  const rewritten = pick(
    [`/gateway${path}`, path.startsWith('/prod/') ? path.slice(5) : path, path.endsWith('/') ? path.slice(0, -1) : `${path}/`],
    choice,
  )!
  if (rewritten === path || rewritten === '') return undefined
  return changedInTransit(lawful, { target: query === undefined ? rewritten : `${rewritten}?${query}` })
}
