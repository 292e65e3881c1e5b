import { byteString } from '../../../src/sigv4/byte-string.ts'
import { canonicalQueryString } from '../../../src/sigv4/canonical-query-string.ts'
import { splitTarget } from '../../../src/sigv4/http-request.ts'
import { EMPTY_PAYLOAD_HASH } from '../../../src/sigv4/wire-names.ts'
import { type Inject, signedOtherwise } from './injection.ts'

/** Without the body, the two lines look like two mistakes. */
export const orElse = ['payload-signed-as-empty', 'query-parameter-dropped', 'query-changed-in-transit']

/** The signer joins the form fields to the query, and hashes no body (0) or the body as well (1). */
export const inject: Inject = (correct, choice) => {
  const body = correct.request?.body
  const text = body === undefined ? '' : byteString(body)
  if (correct.request === undefined || !/^[\w%.+-]+=[\w%.+=&-]*$/.test(text)) return undefined
  const { query } = splitTarget(correct.request.target)
  const joined = canonicalQueryString(query === undefined ? text : `${query}&${text}`, correct.profile.plusInQuery)
  return signedOtherwise(correct, { 'canonical-query-string': joined, ...(choice % 2 === 0 && { 'payload-hash': EMPTY_PAYLOAD_HASH }) })
}
