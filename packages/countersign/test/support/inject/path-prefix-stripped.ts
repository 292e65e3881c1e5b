import { splitTarget } from '../../../src/sigv4/http-request.ts'
import { changedInTransit, type Inject, pick } from './injection.ts'

/** A hop takes the front of the path off, and may say so in a header. */
export const inject: Inject = (correct, choice) => {
  if (correct.request === undefined) return undefined
  const { target, headers } = correct.request
  const prefix = pick(['/prod', '/files/store'], choice)!
  // With dot segments or doubled slashes the two sides would differ in them as well.
  if (/\/\/|\/\.\.?(?:\/|$)/.test(splitTarget(target).path)) return undefined
  const signed = { ...correct, request: { ...correct.request, target: `${prefix}${target}` } }
  return changedInTransit(signed, choice % 2 === 0 ? { target } : { target, headers: [...headers, ['X-Forwarded-Prefix', prefix]] })
}
