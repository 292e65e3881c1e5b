/**
 * Requests whose signature is right and that still mean one thing to a verifier and another to the code that reads them next.
 * The specification says nothing of them; a verifier must not let them through.
 */
import {
  type Authorization,
  HEADER,
  type HttpRequest,
  headerValue,
  invalidArgument,
  ONLY_ONE,
  QUERY,
  queryParameters,
  type Refused,
  STANDARD_MISMATCH,
  targetOf,
  uriDecode,
} from '../sigv4/index.js'

type Dialect = 's3' | 'standard'

/**
 * The refusal of a target that has a fragment ("/a#b" is signed as "/a%23b", a URL parser reads "/a"), or that names another
 * host than the Host header, which is the one that was signed.
 */
export function targetRefused(request: HttpRequest, dialect: Dialect): Refused | undefined {
  const { target } = request
  const authority = target.startsWith('/') ? undefined : /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#]*)/.exec(target)?.[1]
  const host = headerValue(request, HEADER.host) ?? ''
  const isOfOther = authority !== undefined && authority.toLowerCase() !== host.toLowerCase()
  if (!target.includes('#') && !isOfOther) return undefined
  // The other services refuse it before any service sees it: a status and nothing else.
  if (dialect === 'standard') return { code: '', message: '', status: 400 }
  return { code: 'InvalidURI', message: "Couldn't parse the specified URI.", status: 400 }
}

/**
 * The refusal of a second signature beside the one that was right. X-Amz-Signature has no part in what is signed: what stands
 * there more than once, or beside a signature in the header, is nobody's word. A second header the specification refuses itself.
 */
export function secondSignatureRefused(request: HttpRequest, by: Authorization['by'], dialect: Dialect): Refused | undefined {
  const query = targetOf(request).query ?? ''
  const inHeader = by === 'header'
  if (query === '' || (inHeader && !NAMES_SIGNATURE.test(query))) return undefined
  const inQuery = queryParameters(query).filter(([name]) => (name.includes('%') ? uriDecode(name) : name) === QUERY.signature).length
  if ((inHeader ? 1 : 0) + inQuery <= 1) return undefined
  if (dialect === 'standard') return { ...STANDARD_MISMATCH, message: '' }
  return inHeader
    ? invalidArgument(ONLY_ONE, 'Authorization', (headerValue(request, HEADER.authorization) ?? '').trim())
    : invalidArgument(ONLY_ONE, QUERY.signature, '')
}

/** A query that could name X-Amz-Signature, also with some of its letters escaped. */
const NAMES_SIGNATURE = /signature|%[2-7]/i
