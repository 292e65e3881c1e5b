/**
 * `verify` for verifiers under load: accepts what is plainly right in one pass, and asks the readable `sigv4` about all else.
 *
 * It never refuses anything itself. Whatever it does not know to be plain (an odd path, a repeated header, an option, a
 * signature that does not match) goes to `sigv4/verify`, so that codes, texts and order are those of `sigv4` alone; a property
 * test holds the two equal.
 */
import {
  checksOf,
  digestsRefused,
  type Header,
  type HttpRequest,
  isFormType,
  parseRequestDate,
  type RequestKey,
  remembered,
  type SigningProfile,
  STREAMING_PAYLOADS,
  templateMatches,
  uriDecode,
  type Verdict,
  type VerifyOptions,
  verify as verifyBySpec,
} from '../sigv4/index.js'
import { type RequestLine, writeLongHash, writePlainHash } from './canonical-hash.js'
import { CLAIM_VIEW, type Claim, claimOf, headerClaim, keepClaim, LAST_READING, queryClaim, SIGNATURE_DIGITS } from './claims.js'
import { blockToKeep, hasBlock } from './header-block.js'
import { authorizationPlace, type HeaderLayout, hasLayout, layoutOf, layoutToKeep } from './header-layout.js'
import { keepTemplate, templateOf } from './key-templates.js'
import { ownParameters } from './own-parameters.js'
import { payloadLine } from './payload-line.js'
import { isPlainProfile } from './plain-profile.js'

/**
 * Verifies a signed request exactly as `verify` of `countersign/sigv4` does, faster where the request is plainly right.
 *
 * @param key The secret of the request's access key ID, the signing key of its scope, or the public key of its key pair.
 * @param options `now` is the verifier's clock in milliseconds since 1970. `region` and `service`: what it insists on.
 * @returns `ok`, with whose request it is; or AWS's error with the check that refused. It never throws for a bad request.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @example
 * ```js
 * import { SecretAccessKey, sign, verify } from 'countersign'
 *
 * const secret = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
 * const request = { method: 'GET', target: '/b/k', headers: [['Host', 's3.example.com']], body: new Uint8Array(0) }
 * const now = Date.UTC(2026, 2, 3, 8, 15, 31)
 * const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: secret }
 * const signed = sign(request, credentials, { now, region: 'eu-west-1', service: 's3' })
 * verify(signed, secret, { now }).ok // => true
 * verify({ ...signed, target: '/b/other' }, secret, { now }).error.code // => 'SignatureDoesNotMatch'
 * verify(signed, secret, { now: now + 3_600_000 }).error.code // => 'RequestTimeTooSkewed'
 * ```
 * @public
 */
export function verify(request: HttpRequest, key: RequestKey, options: VerifyOptions): Verdict {
  const plain = plainRequest(request)
  return (plain === undefined ? undefined : acceptedPlain(plain, key, options)) ?? verifyBySpec(request, key, options)
}

/** A request taken apart as far as it takes to verify it. Use it before the next one is taken apart. */
export interface PlainRequest {
  readonly request: HttpRequest
  readonly claim: Claim
  readonly layout: HeaderLayout
  readonly line: RequestLine
  readonly date: string
  /** Of a presigned URL. */
  readonly expires: string | undefined
  readonly securityToken: string | undefined
  /** What the claim and the signature were read from, and which reading it was. */
  readonly text: string
  readonly reading: number
}

/** A request in the form that every client writes; `undefined` for any other. */
export function plainRequest(request: HttpRequest): PlainRequest | undefined {
  const { method, target, headers } = request
  const place = authorizationPlace(headers)
  const mark = target.indexOf('?')
  if (place === NONE) return mark < 0 ? undefined : plainPresigned(request, mark)
  if (place < 0) return undefined
  const text = headers[place]![1]
  const claim = typeof text === 'string' ? claimOf(text, headerClaim) : undefined
  const layout = claim === undefined ? undefined : layoutFor(claim, headers)
  if (claim === undefined || layout === undefined || layout.date < 0) return undefined
  const line = { method, target, mark, presigned: false, knownUntil: 0, lastKnown: 0 }
  const [date, securityToken] = [headers[layout.date]![1], valueAt(headers, layout.securityToken)]
  return { request, claim, layout, line, date, expires: undefined, securityToken, text, reading: LAST_READING.count }
}

function plainPresigned(request: HttpRequest, mark: number): PlainRequest | undefined {
  const { method, headers } = request
  const own = ownParameters(request.target, mark)
  if (own === undefined) return undefined
  const { claim: text, target, date, expires } = own
  const claim = claimOf(text, queryClaim)
  const layout = claim === undefined ? undefined : layoutFor(claim, headers)
  if (claim === undefined || layout === undefined) return undefined
  // A token in a header besides is for the specification to judge.
  const inQuery = own.securityToken === undefined ? undefined : uriDecode(own.securityToken)
  const securityToken = layout.securityToken < 0 ? inQuery : valueAt(headers, layout.securityToken)
  // Digits, as date and expiry have to be, are canonical, too.
  const known = claim.isCanonicalInQuery ? own.inOrderUntil : 0
  const line = { method, target, mark, presigned: true, knownUntil: known, lastKnown: own.lastInOrder }
  return { request, claim, layout, line, date, expires, securityToken, text, reading: LAST_READING.count }
}

/** The verdict where all is plain and right; `undefined` on any doubt. */
export function acceptedPlain(plain: PlainRequest, key: RequestKey, options: VerifyOptions): Verdict | undefined {
  const { request, claim, layout, text, line, date, expires, securityToken } = plain
  if (options.sessionTokenExpired === true || (options.accessKeyIdKnown ?? true) !== true) return undefined
  if (options.sessionToken !== undefined) {
    if (securityToken !== options.sessionToken || (line.presigned && layout.securityToken >= 0)) return undefined
  }
  const { scope, scopeText } = claim
  const { region, service } = options
  const profile = options.profile ?? claim.profile
  // Forms are signed by their policy, and refused by S3 where they are signed otherwise.
  if (profile.dialect === 's3' && request.method === 'POST' && isFormType(valueAt(request.headers, layout.contentType) ?? ''))
    return undefined
  if (!isPlainProfile(profile) || (region !== undefined && region !== scope.region)) return undefined
  if (service !== undefined && service !== scope.service) return undefined
  const template = templateOf(key, scope, scopeText)
  if (template === undefined) return undefined
  const time = date === template.date ? template.time : timeOf(date)
  if (time === undefined || !date.startsWith(scope.date) || !inTime(time, expires, profile, options)) return undefined
  const payload = payloadLine(request, valueAt(request.headers, layout.contentSha256), line.presigned, profile)
  if (payload === undefined || (layout.hasDigest && isDigestWrong(request, payload, profile))) return undefined
  if (date !== template.date) template.setDate(date, time)
  const block = claim.block !== undefined && hasBlock(request.headers, layout.signed, claim.block) ? claim.block : undefined
  const { hashDigits } = template
  const isPlain = writePlainHash(hashDigits, line, request.headers, claim, layout.signed, payload, profile, block)
  if (!isPlain && !writeLongHash(hashDigits, line, request.headers, claim, layout.signed, payload, profile)) return undefined
  // The signature is compared where the claim was read; the store that was asked for the key may have read another request meanwhile.
  if (plain.reading !== LAST_READING.count) return undefined
  const proof = templateMatches(template, CLAIM_VIEW, text.length - SIGNATURE_DIGITS)
  if (proof === undefined) return undefined
  if (LAST_READING.freePlace >= 0) keepClaim(claim, text)
  if (!template.isKept) keepTemplate(key, template, scopeText)
  if (claim.layout !== layout) claim.layout = layoutToKeep(layout)
  if (isPlain && block === undefined && claim.block?.date !== date) keepBlock(plain, date)
  const passed = checksOf(profile.dialect, line.presigned ? 'query' : 'header').length
  return { ok: true, accessKeyId: claim.accessKeyId, scope, proof, passed }
}

/** Keeps headers and query for the next request of the claim. */
function keepBlock({ claim, layout, line, request }: PlainRequest, date: string): void {
  const query = line.presigned || line.mark < 0 ? '' : line.target.slice(line.mark)
  claim.block = blockToKeep(date, query, request.headers, claim, layout.signed)
}

/** Whether S3 would refuse the body, if it is known, for what the headers say of it. */
function isDigestWrong(request: HttpRequest, payload: string, { dialect }: SigningProfile): boolean {
  if (dialect !== 's3' || request.body === undefined || STREAMING_PAYLOADS.includes(payload)) return false
  return digestsRefused(request, request.body) !== undefined
}

/** The layout of these headers, or `undefined` where it is not plain. */
function layoutFor(claim: Claim, headers: readonly Header[]): HeaderLayout | undefined {
  const { layout } = claim
  return layout !== undefined && hasLayout(headers, layout) ? layout : layoutOf(headers, claim.placeOf)
}

/** The value in that place, if there is one. */
function valueAt(headers: readonly Header[], place: number): string | undefined {
  return place < 0 ? undefined : headers[place]![1]
}

/** Well inside the window: what lies on its edge is left to `sigv4`. */
function inTime(time: number, expires: string | undefined, profile: SigningProfile, { now, maxClockSkewSeconds }: VerifyOptions): boolean {
  const skew = (maxClockSkewSeconds ?? profile.maxClockSkewSeconds) * 1000
  if (expires === undefined) return Math.abs(now - time) < skew
  const life = 1000 * secondsOf(expires)
  if (!(life <= 1000 * WEEK)) return false
  return time - now < skew && now - time < (profile.dialect === 's3' ? life : Math.max(life, skew))
}

/** One to six digits as a number; NaN for anything else. */
function secondsOf(text: string): number {
  let seconds = text.length === 0 || text.length > 6 ? Number.NaN : 0
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 0x30
    seconds = digit >= 0 && digit <= 9 ? 10 * seconds + digit : Number.NaN
  }
  return seconds
}

const timeOf = remembered(parseRequestDate)

const NONE = -1
const WEEK = 604_800
