/**
 * The checks of all services but S3, with the codes and texts of the query protocol.
 * @see ../../../../docs/manual/error-order.md
 */
import { sha256 } from '#sha256'
import { base64Of, bytesOf } from './byte-string.js'
import {
  authorizationHeader,
  type CheckContext,
  type CheckRules,
  hasTwoAuthorizations,
  type Refused,
  unknownAccessKey,
  wrongRegion,
  wrongSessionToken,
} from './check-context.js'
import { parameterOf, targetOf } from './received-request.js'
import { requestDateText } from './request-date.js'
import { credentialParts, dayOf, signsHost } from './request-rules.js'
import { version2Of } from './signature-version-2.js'

import { brokenEscape } from './uri-encoding.js'
import { AWS4_REQUEST, QUERY } from './wire-names.js'

/** The rule of each check of {@link STANDARD_CHECKS}. */
export const STANDARD_RULES: CheckRules = {
  path: ({ request }) => {
    const { path } = targetOf(request)
    return brokenEscape(path) !== undefined || !path.startsWith('/') || climbsAboveRoot(path) ? refused('', '', 400) : undefined
  },
  'query-string': ({ request }) => {
    const broken = brokenEscape(targetOf(request).query ?? '')
    if (broken === undefined) return undefined
    const text =
      broken.escape.length < 3 ? 'Incomplete trailing escape % sequence' : `Illegal hex character in escape % pattern: ${broken.escape}`
    return refused('MalformedQueryString', text, 404)
  },
  mechanism: (context) => {
    const { authorization, request } = context
    if (context.signedTwice || hasTwoAuthorizations(context)) return mismatch('')
    if (authorization === undefined && version2Of(request) !== undefined) return incomplete('AWS Signature Version 2 is not supported.')
    return authorization === undefined ? missingToken() : undefined
  },
  'authorization-header': (context) => (context.by === 'header' ? headerRefused(context) : undefined),
  'authorization-query': (context) => (context.by === 'query' ? queryRefused(context) : undefined),
  'host-signed': ({ authorization }) => {
    const names = (authorization?.signedHeaders ?? '').toLowerCase().split(';')
    if (signsHost(names)) return undefined
    return mismatch(`'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.`)
  },
  'request-date': ({ date, time }) =>
    time === undefined
      ? incomplete(`Date must be in ISO-8601 'basic format'. Got '${date ?? ''}'. See http://en.wikipedia.org/wiki/ISO_8601`)
      : undefined,
  'not-expired': (context) => {
    const { time = 0, options, maxSkewSeconds } = context
    return expiredRefused(time, options.now, Math.max(maxSkewSeconds, presignedSeconds(context)))
  },
  'not-early': ({ time = 0, options, maxSkewSeconds }) => earlyRefused(time, options.now, maxSkewSeconds),
  'credential-parts': (context) => {
    const text = context.authorization?.credential ?? ''
    const count = credentialParts(context.authorization?.algorithm)
    if (text.split('/').length === count) return undefined
    const example = count === 4 ? 'keyid/date/service/term' : 'keyid/date/region/service/term'
    return incomplete(`Credential must have exactly ${count} slash-delimited elements, e.g. ${example}, got '${text}'`)
  },
  scope: scopeRefused,
  'session-token': (context) => {
    if (wrongSessionToken(context)) return refused('InvalidClientTokenId', 'The security token included in the request is invalid.', 403)
    return context.options.sessionTokenExpired === true
      ? refused('ExpiredToken', 'The security token included in the request is expired', 403)
      : undefined
  },
  'access-key': (context) =>
    unknownAccessKey(context) ? refused('InvalidClientTokenId', 'The security token included in the request is invalid.', 403) : undefined,
  signature: () => STANDARD_MISMATCH,
}

/** The refusal of what was signed longer ago than the window allows. Times in milliseconds since 1970. */
export function expiredRefused(time: number, now: number, seconds: number): Refused | undefined {
  const limit = now - 1000 * seconds
  if (time >= limit) return undefined
  const window = `(${requestDateText(now)} - ${Math.round(seconds / 60)} min.)`
  return mismatch(`Signature expired: ${requestDateText(time)} is now earlier than ${requestDateText(limit)} ${window}`)
}

/** The refusal of what is dated later than the window allows. */
export function earlyRefused(time: number, now: number, seconds: number): Refused | undefined {
  const limit = now + 1000 * seconds
  if (time <= limit) return undefined
  const window = `(${requestDateText(now)} + ${Math.round(seconds / 60)} min.)`
  return mismatch(`Signature not yet current: ${requestDateText(time)} is still later than ${requestDateText(limit)} ${window}`)
}

/** The refusal of a signature that is not the one calculated. */
export const STANDARD_MISMATCH: Refused = {
  code: 'SignatureDoesNotMatch',
  message:
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  status: 403,
}

function headerRefused(context: CheckContext): Refused | undefined {
  const { authorization, date, algorithms } = context
  if (authorization === undefined) return missingToken()
  const hash = (): string => base64Of(sha256(bytesOf(authorizationHeader(context))))
  // The components come before the algorithm: "Bearer TOKEN" is refused for its missing equal-sign, as API Gateway was seen to do.
  if (authorization.malformed !== undefined) {
    const where = `Authorization header (hashed with SHA-256 and encoded with Base64): '${hash()}'`
    return incomplete(`Invalid key=value pair (missing equal-sign) in ${where}.`)
  }
  if (!algorithms.includes(authorization.algorithm)) return incomplete(`Unsupported AWS 'algorithm': '${authorization.algorithm}'.`)
  const missing = (['credential', 'signature', 'signedHeaders'] as const)
    .filter((part) => (authorization[part] ?? '') === '')
    .map((part) => `Authorization header requires '${PART_NAMES[part]}' parameter.`)
  if (date === undefined) missing.push(`Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.`)
  if (missing.length === 0) return undefined
  return incomplete(`${missing.join(' ')} (Hashed with SHA-256 and encoded with Base64) Authorization=${hash()}`)
}

function queryRefused({ authorization, date, algorithms }: CheckContext): Refused | undefined {
  if (authorization === undefined || !algorithms.includes(authorization.algorithm)) return missingToken()
  const missing = (['credential', 'signature', 'signedHeaders'] as const)
    .filter((part) => (authorization[part] ?? '') === '')
    .map((part) => `AWS query-string parameters must include 'X-Amz-${PART_NAMES[part]}'.`)
  if (date === undefined) missing.push(`AWS query-string parameters must include 'X-Amz-Date'.`)
  return missing.length === 0 ? undefined : incomplete(`${missing.join(' ')} Re-examine the query-string parameters.`)
}

/** All wrong parts of the scope in one message, as AWS reports them. */
function scopeRefused(context: CheckContext): Refused | undefined {
  const { credential, options, inputs } = context
  if (credential === undefined) return undefined
  const { service, terminator, date } = credential.scope
  const region = wrongRegion(context)
  const iso = inputs?.requestDate ?? ''
  const wrong: string[] = []
  if (region !== undefined) wrong.push(`Credential should be scoped to a valid region, not '${region}'.`)
  if (options.service !== undefined && service !== options.service)
    wrong.push(`Credential should be scoped to correct service: '${options.service}'.`)
  if (terminator !== AWS4_REQUEST)
    wrong.push(`Credential should be scoped with a valid terminator: '${AWS4_REQUEST}', not '${terminator}'.`)
  if (date !== dayOf(iso)) {
    const dates = `'${date}' != '${dayOf(iso)}', from '${iso}'`
    wrong.push(`Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ${dates}.`)
  }
  return wrong.length === 0 ? undefined : mismatch(wrong.join(' '))
}

/** How long a presigned request lasts by its own word; 0 for a signature in the header. */
function presignedSeconds({ by, request }: CheckContext): number {
  const text = by === 'query' ? parameterOf(request, QUERY.expires) : undefined
  return text !== undefined && /^\d{1,6}$/.test(text) ? Math.min(Number(text), 604800) : 0
}

function climbsAboveRoot(path: string): boolean {
  if (!path.includes('..')) return false
  let depth = 0
  for (const segment of path.split('/')) {
    if (segment === '..') depth--
    else if (segment !== '' && segment !== '.') depth++
    if (depth < 0) return true
  }
  return false
}

const PART_NAMES = { credential: 'Credential', signature: 'Signature', signedHeaders: 'SignedHeaders' } as const

function refused(code: string, message: string, status: number): Refused {
  return { code, message, status }
}

function mismatch(message: string): Refused {
  return refused('SignatureDoesNotMatch', message, 403)
}

function incomplete(message: string): Refused {
  return refused('IncompleteSignature', message, 400)
}

function missingToken(): Refused {
  return refused('MissingAuthenticationToken', 'Request is missing Authentication Token', 403)
}
