/**
 * `verify` for verifiers under load: accepts what is plainly right in one pass, and asks the readable law about all else.
 *
 * It never refuses anything itself. Whatever it does not know to be plain (an odd path, a repeated header, an option, a
 * signature that does not match) goes to `sigv4/verify`, so that codes, texts and order are the law's alone; a property
 * test holds the two equal.
 */
import { checksOf } from '../sigv4/checks.js'
import type { Header, HttpRequest } from '../sigv4/http-request.js'
import type { VerifyOptions } from '../sigv4/judged.js'
import { isPayloadLiteral, payloadHashOf } from '../sigv4/payload-hash.js'
import { remembered } from '../sigv4/remembered.js'
import { parseRequestDate } from '../sigv4/request-date.js'
import { templateMatches } from '../sigv4/signature.js'
import type { RequestKey } from '../sigv4/signing-inputs.js'
import type { SigningProfile } from '../sigv4/signing-profile.js'
import { uriDecode } from '../sigv4/uri-encoding.js'
import { type Verdict, verify as verifyByTheLaw } from '../sigv4/verify.js'
import { AWS4_HMAC_SHA256, EMPTY_PAYLOAD_HASH, UNSIGNED_PAYLOAD } from '../sigv4/wire-names.js'
import { type RequestLine, writeCanonicalHash } from './canonical-hash.js'
import { CLAIM_VIEW, type Claim, claimOf, headerClaim, keepClaim, queryClaim, SIGNATURE_DIGITS } from './claims.js'
import { authorizationPlace, type HeaderLayout, hasLayout, layoutOf, layoutToKeep } from './header-layout.js'
import { keepTemplate, templateOf } from './key-templates.js'

/** Judges a signed request exactly as `countersign/sigv4` does, sooner where it is plainly right. */
export function verify(request: HttpRequest, key: RequestKey, options: VerifyOptions): Verdict {
  return accepted(request, key, options) ?? verifyByTheLaw(request, key, options)
}

/** The verdict where all is plain and right; `undefined` on any doubt. */
function accepted(request: HttpRequest, key: RequestKey, options: VerifyOptions): Verdict | undefined {
  if (options.sessionTokenExpired === true || (options.accessKeyIdKnown ?? true) !== true) return undefined
  const { method, target, headers } = request
  const place = authorizationPlace(headers)
  const mark = target.indexOf('?')
  if (place >= 0) {
    const text = headers[place]![1]
    const claim = typeof text === 'string' ? claimOf(text, headerClaim) : undefined
    const layout = claim === undefined ? undefined : layoutFor(claim, headers)
    if (claim === undefined || layout === undefined || layout.date < 0) return undefined
    if (options.sessionToken !== undefined && valueAt(headers, layout.securityToken) !== options.sessionToken) return undefined
    const asked = { request, key, options, claim, layout, text }
    return judged(asked, { method, target, mark, presigned: false }, headers[layout.date]![1], undefined)
  }
  return place === NONE && mark >= 0 ? acceptedByQuery(request, key, options, mark) : undefined
}

/** A request taken apart as far as it takes to judge it. */
interface Asked {
  readonly request: HttpRequest
  readonly key: RequestKey
  readonly options: VerifyOptions
  readonly claim: Claim
  readonly layout: HeaderLayout
  /** What the claim and the signature were read from. */
  readonly text: string
}

function acceptedByQuery(request: HttpRequest, key: RequestKey, options: VerifyOptions, mark: number): Verdict | undefined {
  const { method, target, headers } = request
  // Where the names stand is found by text; that each is there once, as a name and not escaped, is seen when the query is looked at.
  const signature = parameterAt(target, mark, 'X-Amz-Signature=')
  const end = signature + SIGNATURE_DIGITS
  if (signature < 0 || end > target.length || target.indexOf('&', signature) !== (end < target.length ? end : -1)) return undefined
  const without = target.slice(0, signature - 'X-Amz-Signature='.length - 1) + target.slice(end)
  if (without.length < mark + 1 || without.includes('X-Amz-Signature=')) return undefined
  if (parameter(without, mark, 'X-Amz-Algorithm=') !== AWS4_HMAC_SHA256) return undefined
  const credential = parameter(without, mark, 'X-Amz-Credential=')
  const names = parameter(without, mark, 'X-Amz-SignedHeaders=')
  const date = parameter(without, mark, 'X-Amz-Date=')
  const expires = parameter(without, mark, 'X-Amz-Expires=')
  if (credential === undefined || names === undefined || date === undefined || expires === undefined) return undefined
  const text = `${credential}&${names}&${target.slice(signature, end)}`
  const claim = claimOf(text, queryClaim)
  const layout = claim === undefined ? undefined : layoutFor(claim, headers)
  if (claim === undefined || layout === undefined || layout.contentSha256 >= 0) return undefined
  if (options.sessionToken !== undefined) {
    const token = parameter(without, mark, 'X-Amz-Security-Token=')
    if (layout.securityToken >= 0 || token === undefined || uriDecode(token) !== options.sessionToken) return undefined
  }
  return judged({ request, key, options, claim, layout, text }, { method, target: without, mark, presigned: true }, date, expires)
}

function judged(asked: Asked, line: RequestLine, date: string, expires: string | undefined): Verdict | undefined {
  const { request, key, options, claim, layout, text } = asked
  const { scope, scopeText } = claim
  const { region, service } = options
  const profile = options.profile ?? claim.profile
  if (!plainProfile(profile) || (region !== undefined && region !== scope.region)) return undefined
  if (service !== undefined && service !== scope.service) return undefined
  const template = templateOf(key, scope, scopeText)
  if (template === undefined) return undefined
  const time = date === template.date ? template.time : timeOf(date)
  if (time === undefined || !date.startsWith(scope.date) || !inTime(time, expires, profile, options)) return undefined
  const payload = payloadLine(request, valueAt(request.headers, layout.contentSha256), line.presigned, profile)
  if (payload === undefined) return undefined
  if (date !== template.date) template.setDate(date, time)
  if (!writeCanonicalHash(template.hashDigits, line, request.headers, claim, layout.signed, payload, profile)) return undefined
  const proof = templateMatches(template, CLAIM_VIEW, text.length - SIGNATURE_DIGITS)
  if (proof === undefined) return undefined
  keepClaim(claim, text)
  keepTemplate(key, template, scopeText)
  if (claim.layout !== layout) claim.layout = layoutToKeep(layout)
  const passed = checksOf(profile.dialect, line.presigned ? 'query' : 'header').length
  return { ok: true, accessKeyId: claim.accessKeyId, scope, proof, passed }
}

/** The layout of these headers, or `undefined` where it is not plain. */
function layoutFor(claim: Claim, headers: readonly Header[]): HeaderLayout | undefined {
  const { layout } = claim
  return layout !== undefined && hasLayout(headers, layout) ? layout : layoutOf(headers, claim.names)
}

/** The value in that place, if there is one. */
function valueAt(headers: readonly Header[], place: number): string | undefined {
  return place < 0 ? undefined : headers[place]![1]
}

/** Where the value of the first parameter spelled so begins; -1 where there is none. */
function parameterAt(target: string, mark: number, name: string): number {
  const at = target.indexOf(name, mark + 1)
  if (at < 0 || (at !== mark + 1 && target.charCodeAt(at - 1) !== AMPERSAND)) return -1
  return at + name.length
}

function parameter(target: string, mark: number, name: string): string | undefined {
  const at = parameterAt(target, mark, name)
  if (at < 0) return undefined
  const end = target.indexOf('&', at)
  return end < 0 ? target.slice(at) : target.slice(at, end)
}

/** Profiles whose every rule is the one followed here. */
function plainProfile(profile: SigningProfile): boolean {
  return (
    profile.formBody === 'payload' &&
    profile.sessionToken === 'signed' &&
    profile.repeatedHeaderValues === 'as-sent' &&
    profile.plusInQuery === 'space'
  )
}

/** Well inside the window: what lies on its edge is the law's. */
function inTime(time: number, expires: string | undefined, profile: SigningProfile, { now, maxClockSkewSeconds }: VerifyOptions): boolean {
  const skew = (maxClockSkewSeconds ?? profile.maxClockSkewSeconds) * 1000
  if (expires === undefined) return Math.abs(now - time) < skew
  if (!/^\d{1,6}$/.test(expires) || Number(expires) > WEEK) return false
  const life = Number(expires) * 1000
  return time - now < skew && now - time < (profile.dialect === 's3' ? life : Math.max(life, skew))
}

/** The payload line, where the body, if known, is plainly the one that was signed. */
function payloadLine({ body }: HttpRequest, given: string | undefined, presigned: boolean, profile: SigningProfile): string | undefined {
  const s3 = profile.dialect === 's3'
  const required = profile.contentSha256Header === 'required'
  if (given === undefined) {
    if (presigned && profile.presignedPayloadHash === UNSIGNED_PAYLOAD) return UNSIGNED_PAYLOAD
    return body === undefined || (s3 && required && !presigned) ? undefined : payloadHashOf(body)
  }
  if (given !== EMPTY_PAYLOAD_HASH && !HEX64.test(given)) return isPayloadLiteral(given) ? given : undefined
  if (body === undefined) return given
  const computed = payloadHashOf(body)
  if (required) return s3 && computed !== given ? undefined : given
  return computed
}

const timeOf = remembered(parseRequestDate)

const NONE = -1
const AMPERSAND = 0x26
const HEX64 = /^[0-9a-f]{64}$/
const WEEK = 604_800
