import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { splitTarget } from '../../../src/sigv4/http-request.ts'
import { rawQuery } from '../lawful.ts'
import { changedInTransit, type Inject, signedOtherwise } from './injection.ts'

/** A hop adds a parameter (0), adds a second value (1), escapes "&" as HTML does (2); or the signer leaves "=" away (3) or the query (4). */
export const inject: Inject = (lawful, choice) => {
  const query = rawQuery(lawful)
  if (lawful.request === undefined || query === undefined || query === '') return undefined
  const { path } = splitTarget(lawful.request.target)
  const form = choice % 5
  if (form === 0) return changedInTransit(lawful, { target: `${path}?${query}&utm_source=mail` })
  const first = query.split('&')[0]!
  if (form === 1) return changedInTransit(lawful, { target: `${path}?${query}&${first.split('=')[0]}=zzz` })
  if (form === 2) return query.includes('&') ? changedInTransit(lawful, { target: `${path}?${query.split('&').join('&amp;')}` }) : undefined
  const canonical = canonicalRequestPart(lawful, 'canonical-query-string')
  const bare = canonical.replace(/=(?=&|$)/g, '')
  if (form === 3) return bare === canonical ? undefined : signedOtherwise(lawful, { 'canonical-query-string': bare })
  return signedOtherwise(lawful, { 'canonical-query-string': '' })
}
