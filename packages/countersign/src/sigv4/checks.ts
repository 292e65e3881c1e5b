/**
 * The checks a verifier makes, in the order it makes them, and which of them an error's code and message speak of.
 * @see ../../../../docs/manual/error-order.md
 */
import type { CheckGroup } from '../catalog/index.js'

/** @internal */
export type Dialect = 's3' | 'standard'

/**
 * One check of a dialect's order. `number` counts from 1.
 * @internal
 */
export interface Check {
  readonly id: string
  readonly number: number
  readonly group: CheckGroup
}

/**
 * A check that refused, and how many checks its order has.
 * @internal
 */
export interface NumberedCheck {
  readonly id: string
  readonly number: number
  readonly of: number
  readonly group: CheckGroup
}

/**
 * All services but S3, for a signature in the header and in the query alike.
 * @internal
 */
export const STANDARD_CHECKS: readonly Check[] = numbered([
  ['path', 'request'],
  ['method', 'request'],
  ['content-type', 'request'],
  ['query-string', 'request'],
  ['mechanism', 'mechanism'],
  ['authorization-header', 'authorization-parts'],
  ['authorization-query', 'authorization-parts'],
  ['host-signed', 'host-signed'],
  ['request-date', 'date'],
  ['not-expired', 'clock'],
  ['not-early', 'clock'],
  ['credential-parts', 'credential'],
  ['scope', 'scope'],
  ['session-token', 'token'],
  ['access-key', 'access-key'],
  ['signature', 'signature'],
])

/**
 * S3, signature in the Authorization header.
 * @internal
 */
export const S3_HEADER_CHECKS: readonly Check[] = numbered([
  ['mechanism', 'mechanism'],
  ['request-date', 'date'],
  ['clock', 'clock'],
  ['algorithm', 'mechanism'],
  ['authorization-header', 'authorization-parts'],
  ['credential-parts', 'credential'],
  ['service', 'scope'],
  ['terminator', 'scope'],
  ['scope-date-format', 'scope'],
  ['region', 'scope'],
  ['scope-date', 'scope'],
  ['session-token', 'token'],
  ['access-key', 'access-key'],
  ['content-sha256', 'content-sha256'],
  ['headers-signed', 'headers-signed'],
  ['signature', 'signature'],
  ['unexpected-token', 'token'],
  ['payload', 'payload'],
])

/**
 * S3, signature in the query (presigned).
 * @internal
 */
export const S3_QUERY_CHECKS: readonly Check[] = numbered([
  ['mechanism', 'mechanism'],
  ['algorithm', 'mechanism'],
  ['authorization-query', 'authorization-parts'],
  ['credential-parts', 'credential'],
  ['service', 'scope'],
  ['terminator', 'scope'],
  ['scope-date-format', 'scope'],
  ['region', 'scope'],
  ['request-date', 'date'],
  ['expires', 'authorization-parts'],
  ['clock', 'clock'],
  ['scope-date', 'scope'],
  ['session-token', 'token'],
  ['access-key', 'access-key'],
  ['content-sha256', 'content-sha256'],
  ['headers-signed', 'headers-signed'],
  ['signature', 'signature'],
  ['unexpected-token', 'token'],
  ['payload', 'payload'],
])

/**
 * S3, a browser's POST with a signed policy among its form fields.
 * @internal
 */
export const S3_FORM_CHECKS: readonly Check[] = numbered([
  ['mechanism', 'mechanism'],
  ['form-fields', 'authorization-parts'],
  ['algorithm', 'mechanism'],
  ['request-date', 'date'],
  ['credential-parts', 'credential'],
  ['service', 'scope'],
  ['terminator', 'scope'],
  ['scope-date-format', 'scope'],
  ['region', 'scope'],
  ['session-token', 'token'],
  ['access-key', 'access-key'],
  ['signature', 'signature'],
  ['unexpected-token', 'token'],
  ['policy-document', 'policy'],
  ['policy-expired', 'policy'],
  ['policy-conditions', 'policy'],
  ['extra-fields', 'policy'],
])

/**
 * Where a request is signed: in the Authorization header, in the query, or in the fields of a form, which only S3 takes.
 * @internal
 */
export type Carrier = 'header' | 'query' | 'form'

/**
 * The order of checks of a dialect.
 * @internal
 */
export function checksOf(dialect: Dialect, by: Carrier): readonly Check[] {
  if (by === 'form') return S3_FORM_CHECKS
  if (dialect === 'standard') return STANDARD_CHECKS
  return by === 'header' ? S3_HEADER_CHECKS : S3_QUERY_CHECKS
}

/** The check called `id` in an order; `undefined` if that order has none. */
export function checkCalled(id: string, dialect: Dialect, by: Carrier): NumberedCheck | undefined {
  const order = checksOf(dialect, by)
  const check = order.find((one) => one.id === id)
  return check === undefined ? undefined : { ...check, of: order.length }
}

/**
 * Which check refused, told from an error alone.
 *
 * @param by Where the signature stood, if known; else the code decides, and the header is assumed.
 * @returns `undefined` where code and message leave it open, as a bare "Access Denied" does.
 * @internal
 */
export function checkOfError(code: string, message: string, dialect: Dialect, by?: 'header' | 'query'): NumberedCheck | undefined {
  const bare = bareCode(code)
  const rule = RULES.find(([codes, text, , only]) => codes.test(bare) && text.test(message) && (only === undefined || only === dialect))
  if (rule === undefined || rule[2] === '') return undefined
  const where = /^AuthorizationQuery/.test(bare) || QUERY_TEXT.test(message) ? 'query' : (by ?? 'header')
  const found = rule[2].split('|').map((id) => checkCalled(id, dialect, where))
  const check = found.find((one) => one !== undefined) ?? checkCalled(rule[2].split('|')[0]!, 's3', where)
  return check?.group === 'authorization-parts' && ALGORITHM_TEXT.test(message) ? { ...check, group: 'mechanism' } : check
}

/** "com.amazon.coral.service#Code" and "Code:http://…" without what stands around the code. */
function bareCode(code: string): string {
  return code.replace(/^.*#/, '').replace(/:.*$/s, '').trim()
}

type Rule = readonly [codes: RegExp, message: RegExp, ids: string, only?: Dialect]

const ANY = /^/
const QUERY_TEXT = /Request has expired|not yet valid|not valid yet|query-string parameters must include|Query-string authentication/i
const ALGORITHM_TEXT = /Unsupported AWS 'algorithm'|Signature Version 2 is not supported/
const MISMATCH = /^(?:SignatureDoesNotMatch|InvalidSignature(?:Exception)?|AuthFailure)$/

/** The first rule that fits decides. Ids are tried from left to right, because the dialects call alike checks differently. */
const RULES: readonly Rule[] = [
  [MISMATCH, /Signature expired/, 'not-expired|clock'],
  [MISMATCH, /Signature not yet current/, 'not-early|clock'],
  [MISMATCH, /Credential should be scoped|Date in Credential scope/, 'scope|scope-date'],
  [MISMATCH, /must be a 'SignedHeader'/, 'host-signed|headers-signed'],
  [MISMATCH, /request signature we calculated/i, 'signature'],
  [/^SignatureDoesNotMatch$/, /^$/, 'signature', 's3'],
  [/^MissingAuthenticationToken(?:Exception)?$/, ANY, 'mechanism'],
  [/^IncompleteSignature(?:Exception)?$/, /Credential must have exactly/, 'credential-parts'],
  [/^IncompleteSignature(?:Exception)?$/, /Date must be in ISO-8601/, 'request-date'],
  [/^IncompleteSignature(?:Exception)?$/, /query-string parameters/, 'authorization-query'],
  [/^IncompleteSignature(?:Exception)?$/, ANY, 'authorization-header|authorization-query'],
  [/^(?:InvalidClientTokenId|UnrecognizedClientException)$/, /security token included in the request is invalid$/, 'session-token'],
  [/^(?:InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId)$/, ANY, 'access-key'],
  [/^(?:InvalidToken|ExpiredToken(?:Exception)?|TokenRefreshRequired)$/, ANY, 'session-token'],
  [/^(?:RequestTimeTooSkewed|RequestExpired|RequestInTheFuture)$/, ANY, 'clock|not-expired'],
  [/^MalformedQueryString$/, ANY, 'query-string'],
  [/^AuthorizationHeaderMalformed$|^AuthorizationQueryParametersError$/, /the region (?:'|"|is)/, 'region|scope'],
  [/^AuthorizationHeaderMalformed$|^AuthorizationQueryParametersError$/, /incorrect service/, 'service|scope'],
  [/^AuthorizationHeaderMalformed$|^AuthorizationQueryParametersError$/, /incorrect terminal/, 'terminator|scope'],
  [/^AuthorizationHeaderMalformed$|^AuthorizationQueryParametersError$/, /incorrect date format/, 'scope-date-format|scope'],
  [/^AuthorizationHeaderMalformed$|^AuthorizationQueryParametersError$/, /Invalid credential date/, 'scope-date|scope'],
  [/^AuthorizationHeaderMalformed$|^AuthorizationQueryParametersError$/, /Credential is mal-formed/, 'credential-parts'],
  [/^AuthorizationQueryParametersError$/, /X-Amz-Algorithm only/, 'algorithm|authorization-query'],
  [/^AuthorizationQueryParametersError$/, /X-Amz-Date must/, 'request-date'],
  [/^AuthorizationQueryParametersError$/, /^X-Amz-Expires (?:should|must)/, 'expires|authorization-query'],
  [/^AuthorizationQueryParametersError$/, /requires the X-Amz-Algorithm/, 'authorization-query'],
  [
    /^AuthorizationHeaderMalformed$/,
    /the authorization (?:header requires|component)|missing (?:Credential|Signature|SignedHeaders)/,
    'authorization-header',
  ],
  [/^AccessDenied$/, /Request has expired|Request is not (?:yet valid|valid yet)/, 'clock|not-expired'],
  [/^AccessDenied$/, /headers present in the request which were not signed/, 'headers-signed'],
  [/^AccessDenied$/, /valid Date or x-amz-date header/, 'request-date'],
  [/^HeadersNotSigned$/, ANY, 'headers-signed'],
  [/^InvalidArgument$/, /Only one auth mechanism/, 'mechanism'],
  [/^InvalidArgument$/, /Unsupported Authorization Type/, 'algorithm|authorization-header'],
  [/^InvalidArgument$/, /Authorization header is invalid/, 'mechanism'],
  [/^NotImplemented$/, /A header you provided implies/, ''],
  [/^Invalid(?:Argument|Request)$/, /x-amz-content-sha256/i, 'content-sha256'],
  [/^InvalidRequest$/, /authorization mechanism|Please use AWS4-HMAC-SHA256/, 'algorithm|authorization-header'],
  [/^XAmzContentSHA256Mismatch$/, ANY, 'payload'],
]

function numbered(checks: readonly (readonly [id: string, group: CheckGroup])[]): readonly Check[] {
  return checks.map(([id, group], index) => ({ id, number: index + 1, group }))
}
