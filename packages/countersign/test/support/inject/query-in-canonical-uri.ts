import { canonicalRequestPart } from '../../../src/sigv4/canonical-request.ts'
import { rawQuery } from '../standard-inputs.ts'
import { type Inject, pick, signedOtherwise } from './injection.ts'

/** The signer puts the query behind the path: with line 3 empty, with the query there too, or escaped as a path is. */
export const inject: Inject = (correct, choice) => {
  const query = canonicalRequestPart(correct, 'canonical-query-string')
  const uri = canonicalRequestPart(correct, 'canonical-uri')
  if (query === '') return undefined
  const form = choice % 3
  if (form === 2) {
    if (!/^[\w/.~-]*$/.test(uri) || !/^[\w.~=&-]*$/.test(rawQuery(correct) ?? '%')) return undefined
    const line = pick([`${uri}%3F${(rawQuery(correct) ?? '').split('=').join('%3D').split('&').join('%26')}`], 0)!
    return signedOtherwise(correct, { 'canonical-uri': line, 'canonical-query-string': '' })
  }
  return signedOtherwise(correct, { 'canonical-uri': `${uri}?${query}`, ...(form === 0 && { 'canonical-query-string': '' }) })
}
