/**
 * The checks of Amazon S3, signature in the header or in the query, with S3's codes, texts and extra elements.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
import { type Authorization, sessionTokenOf } from './authorization.js'
import { canonicalRequest } from './canonical-request.js'
import {
  authorizationHeader,
  type CheckContext,
  type CheckRules,
  hasTwoAuthorizations,
  isForRegionSet,
  type Refused,
  unknownAccessKey,
  wrongRegion,
  wrongSessionToken,
} from './check-context.js'
import type { Credential } from './credential-scope.js'
import { isFormUpload } from './form-field.js'
import type { HttpRequest } from './http-request.js'
import { wholePayloadRefused } from './payload-digests.js'
import { isValidContentSha256 } from './payload-hash.js'
import type { SignatureMismatch } from './payload-refused.js'
import { headerValue, parameterOf } from './received-request.js'
import { requestDateText } from './request-date.js'
import { credentialParts, dayOf, isScopeDate, mustBeSigned } from './request-rules.js'
import {
  CONTENT_SHA256_MUST_BE,
  denied,
  extendedDate,
  headerMalformed,
  invalidArgument,
  invalidRequest,
  LESS_THAN_A_WEEK,
  NO_KEY_ID,
  ONE_SPACE,
  ONLY_ONE,
  OTHER_MECHANISM,
  queryError,
  REQUIRES_SIX,
  spacedHex,
  TWO_AUTHORIZATIONS,
} from './s3-refusals.js'
import { version2Of, version2UrlFault } from './signature-version-2.js'
import type { SigningInputs } from './signing-inputs.js'
import { stringToSign } from './string-to-sign.js'
import { AWS4_ECDSA_P256_SHA256, AWS4_HMAC_SHA256, AWS4_REQUEST, HEADER, QUERY } from './wire-names.js'

/** The rule of each check of {@link S3_HEADER_CHECKS} and {@link S3_QUERY_CHECKS}. */
export const S3_RULES: CheckRules = {
  mechanism: (context) => {
    if (hasTwoAuthorizations(context)) return TWO_AUTHORIZATIONS
    if (context.signedTwice || signedBesides(context)) return invalidArgument(ONLY_ONE, 'Authorization', authorizationHeader(context))
    const { authorization, request } = context
    if (authorization === undefined && version2Of(request) === 'url') return version2UrlRefused(request)
    if (authorization === undefined || (context.by === 'header' && authorization.algorithm === '')) return denied('Access Denied')
    const text = authorizationHeader(context)
    return context.by === 'header' && !text.includes(' ') ? invalidArgument(ONE_SPACE, 'Authorization', text) : undefined
  },
  algorithm: algorithmRefused,
  'request-date': ({ time, by }) => {
    if (time !== undefined) return undefined
    return by === 'query'
      ? queryError(`X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd'T'HHmmss'Z'"`)
      : denied('AWS authentication requires a valid Date or x-amz-date header')
  },
  clock: (context) => (context.by === 'query' ? presignedClockRefused(context) : headerClockRefused(context)),
  'authorization-header': headerRefused,
  'authorization-query': ({ authorization, date, request }) => {
    const { credential = '', signature = '', signedHeaders = '' } = authorization ?? {}
    const missing = [credential, signature, signedHeaders, date ?? '', expiresOf(request) ?? ''].includes('')
    return missing ? queryError(REQUIRES_SIX) : undefined
  },
  'credential-parts': (context) => {
    const { credential } = context
    const regional = !isForRegionSet(context)
    // A credential without its terminator was read with an empty one, and a region that has no place there was read as one.
    const { terminator, region } = credential?.scope ?? {}
    const { authorization } = context
    const whole = terminator !== '' || (authorization?.credential ?? '').split('/').length >= credentialParts(authorization?.algorithm)
    if (credential?.accessKeyId === '') return malformedCredential(context, NO_KEY_ID)
    if (credential !== undefined && whole && (region !== undefined) === regional) return undefined
    const parts = regional ? 'YYYYMMDD/REGION/SERVICE' : 'YYYYMMDD/SERVICE'
    return malformedCredential(context, `the Credential is mal-formed; expecting "<YOUR-AKID>/${parts}/aws4_request".`)
  },
  service: (context) => {
    const service = context.credential?.scope.service ?? ''
    const { service: wanted = service } = context.options
    return service === wanted
      ? undefined
      : malformedCredential(context, `incorrect service "${service}". This endpoint belongs to "${wanted}".`)
  },
  terminator: (context) => {
    const terminator = context.credential?.scope.terminator ?? ''
    if (terminator === AWS4_REQUEST) return undefined
    return malformedCredential(context, `incorrect terminal "${terminator}". This endpoint uses "${AWS4_REQUEST}".`)
  },
  'scope-date-format': (context) => {
    const date = context.credential?.scope.date ?? ''
    if (isScopeDate(date)) return undefined
    return malformedCredential(context, `incorrect date format "${date}". This date in the credential must be in the format "yyyyMMdd".`)
  },
  region: (context) => {
    const region = wrongRegion(context)
    const wanted = context.options.region ?? ''
    if (region === undefined) return undefined
    const refused = malformedCredential(context, `the region '${region}' is wrong; expecting '${wanted}'`)
    return { ...refused, extra: [...(refused.extra ?? []), ['Region', wanted]] }
  },
  'scope-date': ({ by, credential, inputs }) => {
    const date = credential?.scope.date ?? ''
    const iso = inputs?.requestDate ?? ''
    if (iso.startsWith(date)) return undefined
    return by === 'query'
      ? queryError(`Invalid credential date "${date}". This date is not the same as X-Amz-Date: "${dayOf(iso)}".`)
      : headerMalformed('Invalid credential date. Date is not the same as X-Amz-Date.')
  },
  expires: ({ request }) => {
    const text = expiresOf(request) ?? ''
    if (!/^-?\d+$/.test(text)) return queryError('X-Amz-Expires should be a number')
    if (Number(text) < 0) return queryError('X-Amz-Expires must be non-negative')
    return Number(text) > WEEK ? queryError(LESS_THAN_A_WEEK) : undefined
  },
  'session-token': (context) => {
    if (context.options.sessionToken !== null && wrongSessionToken(context)) return invalidToken(context)
    return context.options.sessionTokenExpired === true
      ? { ...invalidToken(context), code: 'ExpiredToken', message: 'The provided token has expired.' }
      : undefined
  },
  'access-key': (context) =>
    unknownAccessKey(context)
      ? {
          code: 'InvalidAccessKeyId',
          message: 'The AWS Access Key Id you provided does not exist in our records.',
          status: 403,
          extra: [['AWSAccessKeyId', context.credential?.accessKeyId ?? '']],
        }
      : undefined,
  'content-sha256': ({ by, request, profile }) => {
    const given = headerValue(request, HEADER.contentSha256)
    if (given === undefined) {
      const missing = by === 'header' && profile.contentSha256Header === 'required'
      return missing ? invalidRequest('Missing required header for this request: x-amz-content-sha256') : undefined
    }
    // Forms are signed by their policy: of one that is signed in its header, S3 takes no payload hash.
    if (by === 'header' && isFormUpload(request))
      return { ...invalidArgument(CONTENT_SHA256_MUST_BE, HEADER.contentSha256, ''), extra: FORM_HASH }
    return isValidContentSha256(given) ? undefined : invalidArgument(CONTENT_SHA256_MUST_BE, HEADER.contentSha256, given)
  },
  'headers-signed': headersRefused,
  signature: ({ inputs, authorization, credential }) => signatureMismatch(inputs, authorization, credential),
  // Of a key that has no token S3 says so only where the signature was right.
  'unexpected-token': (context) =>
    context.options.sessionToken === null && wrongSessionToken(context) ? invalidToken(context) : undefined,
  payload: ({ request, inputs }) => wholePayloadRefused(request, inputs?.payloadHash),
}

/** Whether a signature of Version 2 stands in the query, beside an Authorization header. */
function signedBesides({ by, authorization, request }: CheckContext): boolean {
  return by === 'header' && authorization !== undefined && parameterOf(request, 'Signature') !== undefined
}

function invalidToken({ request }: CheckContext): Refused {
  const message = 'The provided token is malformed or otherwise invalid.'
  return { code: 'InvalidToken', message, status: 400, extra: [['Token-0', sessionTokenOf(request) ?? '']] }
}

/** A URL of Version 2: first what it lacks, as S3 says where it still takes that version, and then that it does not. */
function version2UrlRefused(request: HttpRequest): Refused {
  const fault = version2UrlFault(request)
  return fault === undefined ? invalidRequest(OTHER_MECHANISM) : denied(fault)
}

function algorithmRefused(context: CheckContext): Refused | undefined {
  const { by, authorization, algorithms } = context
  const algorithm = authorization?.algorithm ?? ''
  if (algorithms.includes(algorithm)) return undefined
  // Of an algorithm that S3 knows and this verifier has no key for, the text of the S3 that did not know it yet.
  const known = KNOWN_ALGORITHMS.includes(algorithm) ? algorithms : KNOWN_ALGORITHMS
  if (by === 'query') return queryError(`X-Amz-Algorithm only supports "${known.join(' and ')}"`)
  if (algorithm === 'AWS')
    return /^\s*AWS [^\s:]+:\S+\s*$/.test(authorizationHeader(context))
      ? invalidRequest(OTHER_MECHANISM)
      : invalidArgument(
          'AWS authorization header is invalid.  Expected AwsAccessKeyId:signature',
          'Authorization',
          authorizationHeader(context),
        )
  return invalidArgument('Unsupported Authorization Type', 'Authorization', authorizationHeader(context))
}

function headerRefused(context: CheckContext): Refused | undefined {
  const { authorization } = context
  const { malformed, credential = '', signedHeaders = '', signature = '' } = authorization ?? {}
  const text = authorizationHeader(context)
  if (text.split(',').length !== 3)
    return headerMalformed('the authorization header requires three components: Credential, SignedHeaders, and Signature.')
  if (malformed === undefined && credential !== '' && signedHeaders !== '' && signature !== '') return undefined
  if (malformed !== undefined) return headerMalformed(`the authorization component "${malformed}" is malformed.`)
  return headerMalformed(`missing ${credential === '' ? 'Credential' : signedHeaders === '' ? 'SignedHeaders' : 'Signature'}.`)
}

function headerClockRefused({ time = 0, options, maxSkewSeconds }: CheckContext): Refused | undefined {
  if (Math.abs(options.now - time) <= maxSkewSeconds * 1000) return undefined
  return {
    code: 'RequestTimeTooSkewed',
    message: 'The difference between the request time and the current time is too large.',
    status: 403,
    extra: [
      ['RequestTime', requestDateText(time)],
      ['ServerTime', extendedDate(options.now)],
      ['MaxAllowedSkewMilliseconds', String(maxSkewSeconds * 1000)],
    ],
  }
}

function presignedClockRefused({ time = 0, options, maxSkewSeconds, request }: CheckContext): Refused | undefined {
  const expires = expiresOf(request) ?? '0'
  const end = time + Number(expires) * 1000
  const times = [
    ['Expires', extendedDate(end)],
    ['ServerTime', extendedDate(options.now)],
  ] as const
  if (time - options.now > maxSkewSeconds * 1000) return denied('Request is not yet valid', [['X-Amz-Date', String(time)], ...times])
  return options.now < end ? undefined : denied('Request has expired', [['X-Amz-Expires', expires], ...times])
}

/** The host and every x-amz-* header have to be signed, but for the one whose value is signed as the payload hash. */
function headersRefused({ request, inputs }: CheckContext): Refused | undefined {
  const signed = new Set(inputs?.signedHeaders)
  const unsigned = new Set<string>()
  for (const [given] of request.headers) {
    const name = given.toLowerCase()
    if (mustBeSigned(name) && !signed.has(name)) unsigned.add(name)
  }
  if (unsigned.size === 0) return undefined
  return denied('There were headers present in the request which were not signed', [['HeadersNotSigned', [...unsigned].join(', ')]])
}

/**
 * The refusal of a signature that is not the one calculated, with the texts it was calculated from.
 *
 * @param piece The piece of the payload whose signature it is: its string to sign is shown, beside the canonical request of the head.
 */
export function signatureMismatch(
  inputs: SigningInputs | undefined,
  authorization: Authorization | undefined,
  credential: Credential | undefined,
  piece?: SignatureMismatch,
): Refused {
  const canonical = inputs === undefined ? '' : canonicalRequest(inputs)
  const text = piece?.stringToSign ?? (inputs === undefined ? '' : stringToSign(inputs, canonical))
  return {
    code: 'SignatureDoesNotMatch',
    message: 'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    status: 403,
    extra: [
      ['AWSAccessKeyId', credential?.accessKeyId ?? ''],
      ['StringToSign', text],
      ['SignatureProvided', piece?.signatureProvided ?? authorization?.signature ?? ''],
      ['StringToSignBytes', spacedHex(text)],
      ['CanonicalRequest', canonical],
      ['CanonicalRequestBytes', spacedHex(canonical)],
    ],
  }
}

function expiresOf(request: HttpRequest): string | undefined {
  return parameterOf(request, QUERY.expires)
}

function malformedCredential({ by, authorization }: CheckContext, text: string): Refused {
  if (by === 'form') return invalidArgument(text, 'X-Amz-Credential', authorization?.credential ?? '')
  return by === 'query' ? queryError(`Error parsing the X-Amz-Credential parameter; ${text}`) : headerMalformed(text)
}

const KNOWN_ALGORITHMS: readonly string[] = [AWS4_HMAC_SHA256, AWS4_ECDSA_P256_SHA256]
const WEEK = 604800
const FORM_HASH = [['ArgumentName', HEADER.contentSha256]] as const
