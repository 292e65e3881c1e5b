/**
 * Where a request says how it was signed: the Authorization header, or the X-Amz-* query parameters.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Add the signature to the request"
 */
import { queryValue } from './canonical-query-string.js'
import { type Credential, parseCredential } from './credential-scope.js'
import type { HttpRequest } from './http-request.js'
import { headerValue, headerValues, parameterOf } from './received-request.js'
import { remembered } from './remembered.js'
import { isHexDigest } from './request-rules.js'
import { HEADER, QUERY } from './wire-names.js'

/**
 * What stands in an Authorization header or in the query, unchecked. A part that is absent is `undefined`.
 * @internal
 */
export interface Authorization {
  readonly by: 'header' | 'query'
  readonly algorithm: string
  /** "AKID/20150830/us-east-1/iam/aws4_request". */
  readonly credential: string | undefined
  /** As written, for example "host;x-amz-date". */
  readonly signedHeaders: string | undefined
  readonly signature: string | undefined
  /** The first component that is not `name=value`; `undefined` if all are. */
  readonly malformed: string | undefined
}

/**
 * Reads an Authorization header value. Duplicate parts: the last wins, as on AWS. Never fails: `malformed` says so.
 * @internal
 */
export function parseAuthorization(value: string): Authorization {
  // The signature is all that differs between the requests of a client on one day.
  const at = value.length - SIGNATURE_DIGITS
  if (at >= 12 && SIGNATURE_NEXT.test(value.slice(at - 12, at)) && isHexDigest(value.slice(at)))
    return { ...parsedHead(value.slice(0, at)), signature: value.slice(at) }
  return parsedAuthorization(value)
}

const parsedHead = remembered(parsedAuthorization)

function parsedAuthorization(value: string): Authorization {
  const text = value.trim()
  const space = text.search(/\s/)
  const algorithm = space < 0 ? text : text.slice(0, space)
  let [credential, signedHeaders, signature, malformed]: (string | undefined)[] = []
  for (const piece of space < 0 ? [] : text.slice(space + 1).split(',')) {
    const part = piece.trim()
    if (part === '') continue
    const equals = part.indexOf('=')
    const name = equals < 0 ? '' : part.slice(0, equals).trim()
    if (equals < 0) malformed ??= part
    else if (name === 'Credential') credential = part.slice(equals + 1).trim()
    else if (name === 'SignedHeaders') signedHeaders = part.slice(equals + 1).trim()
    else if (name === 'Signature') signature = part.slice(equals + 1).trim()
  }
  return { by: 'header', algorithm, credential, signedHeaders, signature, malformed }
}

/**
 * Reads the X-Amz-* parameters of a raw query; `undefined` if it has no X-Amz-Algorithm. Duplicates: the first wins.
 * @internal
 */
export function queryAuthorization(query: string | undefined): Authorization | undefined {
  return authorizationIn((name) => queryValue(query, name))
}

/** The same of the query of a request. */
export function queryAuthorizationOf(request: HttpRequest): Authorization | undefined {
  return authorizationIn((name) => parameterOf(request, name))
}

function authorizationIn(parameter: (name: string) => string | undefined): Authorization | undefined {
  const algorithm = parameter(QUERY.algorithm)
  if (algorithm === undefined) return undefined
  return {
    by: 'query',
    algorithm,
    credential: parameter(QUERY.credential),
    signedHeaders: parameter(QUERY.signedHeaders),
    signature: parameter(QUERY.signature),
    malformed: undefined,
  }
}

/**
 * How a request was signed; `undefined` where it carries neither. The query wins only where there is no header.
 * @internal
 */
export function authorizationOf(request: HttpRequest): Authorization | undefined {
  const header = headerValues(request, HEADER.authorization)[0]
  if (header !== undefined) return parseAuthorization(header)
  return queryAuthorizationOf(request)
}

/**
 * Access key ID and scope of an Authorization; `undefined` where there is none, or it cannot be told apart.
 * @internal
 */
export function credentialOf(authorization: Authorization | undefined): Credential | undefined {
  return authorization === undefined ? undefined : parseCredential(authorization.credential ?? '', authorization.algorithm)
}

/** The request date as it stands in the request: X-Amz-Date, else Date. The text is not checked. */
export function requestDateOf(request: HttpRequest, by: 'header' | 'query'): string | undefined {
  if (by === 'query') return parameterOf(request, QUERY.date)
  return headerValue(request, HEADER.amzDate) ?? headerValue(request, HEADER.date)
}

/** The session token of a request, from the header or the query. S3 Express has its own names for the tokens of its sessions. */
export function sessionTokenOf(request: HttpRequest): string | undefined {
  return (
    headerValue(request, HEADER.securityToken) ??
    parameterOf(request, QUERY.securityToken) ??
    headerValue(request, HEADER.s3SessionToken) ??
    parameterOf(request, QUERY.s3SessionToken)
  )
}

const SIGNATURE_DIGITS = 64
/** After a comma only: elsewhere it is the end of another part's value. */
const SIGNATURE_NEXT = /^(?:, |[\s\S],)Signature=$/
