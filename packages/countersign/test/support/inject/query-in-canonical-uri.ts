import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { rawQuery } from '../standard-inputs.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer puts the query behind the path: with line 3 empty, with the query there too, or escaped as a path is. */
export const inject: Inject = (lawful, choice) => {
  const query = canonicalRequestPart(lawful, 'canonical-query-string')
  const uri = canonicalRequestPart(lawful, 'canonical-uri')
  if (query === '') return undefined
  const form = choice % 3
  if (form === 2) {
    if (!/^[\w/.~-]*$/.test(uri) || !/^[\w.~=&-]*$/.test(rawQuery(lawful) ?? '%')) return undefined
    const line = pick([`${uri}%3F${(rawQuery(lawful) ?? '').split('=').join('%3D').split('&').join('%26')}`], 0)!
    return signedOtherwise(lawful, { 'canonical-uri': line, 'canonical-query-string': '' })
  }
  return signedOtherwise(lawful, { 'canonical-uri': `${uri}?${query}`, ...(form === 0 && { 'canonical-query-string': '' }) })
}
