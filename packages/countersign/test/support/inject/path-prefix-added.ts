import { splitTarget } from '../../../src/sigv4/http-request.ts'
import { changedInTransit, type Inject, pick } from './injection.ts'

/** A path of one segment is a key; without it, it is the bucket that was signed or the root. */
export const orElse = ['path-rewritten', 'bucket-in-path']

/** A hop puts one segment or two in front of the path. */
export const inject: Inject = (correct, choice) => {
  if (correct.request === undefined || /\/\/|\/\.\.?(?:\/|$)/.test(splitTarget(correct.request.target).path)) return undefined
  return changedInTransit(correct, { target: `${pick(['/gateway', '/origin/v1'], choice)}${correct.request.target}` })
}
