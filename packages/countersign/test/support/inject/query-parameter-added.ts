import { splitTarget } from '../../../src/sigv4/http-request.ts'
import { rawQuery } from '../standard-inputs.ts'
import { changedInTransit, type Inject, pick } from './injection.ts'

/** A hop or a tool adds a parameter: tracking, cache busting, an option, or a second value of one that is there. */
export const inject: Inject = (lawful, choice) => {
  const query = rawQuery(lawful)
  if (lawful.request === undefined || query === undefined || query === '') return undefined
  const name = query.split(/[=&]/)[0]!
  const added = pick(['utm_source=mail', '_=1440938160', 'versionId=abc', `${name}=zzz`], choice)!
  return changedInTransit(lawful, { target: `${splitTarget(lawful.request.target).path}?${query}&${added}` })
}
