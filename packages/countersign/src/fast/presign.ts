/**
 * `presign` for signers of many URLs: what was learned from one of the same kind is written again, with another target, date, hash and
 * signature. All else, and every mistake of the caller, goes to `sigv4/presign`; a property test holds the two equal.
 */
import {
  AWS4_HMAC_SHA256,
  type Credentials,
  type HttpRequest,
  type PresignOptions,
  presign as presignBySpec,
  uriEncode,
} from '../sigv4/index.js'
import { hidesParameter, writePlainHash } from './canonical-hash.js'
import { type Letterhead, learnQuery, letterheadOf } from './letterheads.js'
import { payloadLine } from './payload-line.js'
import { isWide, setDate, signatureText } from './signature-text.js'

/**
 * Presigns a request: its query with the X-Amz-* parameters appended. Every header of the request is signed, so the one who uses the
 * URL has to send the same.
 *
 * @param options As for `sign`, and `expiresSeconds`: how long the URL is good, 1 to 604,800 (a week).
 * @returns The request with the longer target. The URL is `https://` + Host + target.
 * @throws UsageError with a `code`: `invalid-expires`, `already-signed`, `missing-host` and others.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 * @example
 * ```js
 * import { presign, SecretAccessKey } from 'countersign'
 *
 * const request = { method: 'GET', target: '/test.txt', headers: [['Host', 'examplebucket.s3.amazonaws.com']], body: undefined }
 * const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY') }
 * const options = { now: Date.UTC(2013, 4, 24), region: 'us-east-1', service: 's3', expiresSeconds: 86400 }
 * const url = new URL(presign(request, credentials, options).target, 'https://examplebucket.s3.amazonaws.com')
 * url.searchParams.get('X-Amz-SignedHeaders') // => 'host'
 * url.searchParams.get('X-Amz-Signature') // => 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404'
 * presign(request, credentials, { ...options, expiresSeconds: 0 }) // throws UsageError: expiresSeconds must be
 * ```
 * @public
 */
export function presign(request: HttpRequest, credentials: Credentials, options: PresignOptions): HttpRequest {
  // S3 Express sessions are rare enough for the slow way.
  if (credentials.s3SessionToken !== undefined || options.unsignedHeaders !== undefined || options.regionSet !== undefined)
    return presignBySpec(request, credentials, options)
  const day = Math.floor(options.now / DAY)
  const letterhead = letterheadOf('query', request, credentials, options, day)
  if (letterhead !== undefined)
    return presignedAlike(request, credentials, options, letterhead) ?? presignBySpec(request, credentials, options)
  const signed = presignBySpec(request, credentials, options)
  learnQuery(request, credentials, options, signed, day)
  return signed
}

/** The request signed under a letterhead; `undefined` where the slow way has to look. */
function presignedAlike(
  request: HttpRequest,
  { sessionToken }: Credentials,
  { now, expiresSeconds }: PresignOptions,
  letterhead: Letterhead,
): HttpRequest | undefined {
  const { method, target, headers } = request
  const { template, unsigned, profile, came, places } = letterhead
  if (!(Number.isInteger(expiresSeconds) && expiresSeconds >= 1 && expiresSeconds <= WEEK)) return undefined
  for (let i = 0; i < unsigned.length; i++) if (isWide(headers[unsigned[i]!]![1])) return undefined
  const mark = target.indexOf('?')
  const query = mark < 0 ? '' : target.slice(mark + 1)
  if (query.endsWith('&') || hidesParameter(query)) return undefined
  const payload = payloadLine(request, came.contentSha256 < 0 ? undefined : headers[came.contentSha256]![1], true, profile)
  if (payload === undefined) return undefined
  setDate(template, now)
  const token = sessionToken === undefined ? '' : `&X-Amz-Security-Token=${uriEncode(sessionToken)}`
  const own = `${BEGINNING}${letterhead.head}&X-Amz-Date=${template.date}&X-Amz-Expires=${expiresSeconds}${token}&X-Amz-SignedHeaders=${letterhead.names}`
  // In the canonical request they come before what begins with a small letter, wherever they are sent.
  const path = mark < 0 ? target : target.slice(0, mark)
  const inOrder = `${path}?${own}${query === '' ? '' : `&${query}`}`
  const line = { method, target: inOrder, mark: path.length, presigned: true, knownUntil: 0, lastKnown: 0 }
  if (!writePlainHash(template.hashDigits, line, headers, letterhead, places, payload, profile, undefined)) return undefined
  return { ...request, target: `${path}?${query === '' ? '' : `${query}&`}${own}&X-Amz-Signature=${signatureText(template)}` }
}

const BEGINNING = `X-Amz-Algorithm=${AWS4_HMAC_SHA256}&X-Amz-Credential=`
const DAY = 86_400_000
const WEEK = 604_800
