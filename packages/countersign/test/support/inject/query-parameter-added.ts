import { splitTarget } from '../../../src/sigv4/http-request.ts'
import { rawQuery } from '../standard-inputs.ts'
import { changedInTransit, type Inject, pick } from './injection.ts'

/** A hop or a tool adds a parameter: tracking, cache busting, an option, or a second value of one that is there. */
export const inject: Inject = (correct, choice) => {
  const query = rawQuery(correct)
  if (correct.request === undefined || query === undefined || query === '') return undefined
  const name = query.split(/[=&]/)[0]!
  const added = pick(['utm_source=mail', '_=1440938160', 'versionId=abc', `${name}=zzz`], choice)!
  return changedInTransit(correct, { target: `${splitTarget(correct.request.target).path}?${query}&${added}` })
}
