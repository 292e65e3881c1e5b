/**
 * `verify` for verifiers under load: accepts what is plainly right in one pass, and asks the readable law about all else.
 *
 * It never refuses anything itself. Whatever it does not know to be plain (an odd path, a repeated header, an option, a
 * signature that does not match) goes to `sigv4/verify`, so that codes, texts and order are the law's alone; a property
 * test holds the two equal.
 */
import { sha256Hex } from '#sha256'
import { canonicalHeaderValue } from '../sigv4/canonical-headers.js'
import { canonicalQueryString } from '../sigv4/canonical-query-string.js'
import { canonicalUri } from '../sigv4/canonical-uri.js'
import { checksOf } from '../sigv4/checks.js'
import { type Credential, credentialScopeText, parseCredential } from '../sigv4/credential-scope.js'
import type { HttpRequest } from '../sigv4/http-request.js'
import type { VerifyOptions } from '../sigv4/judged.js'
import { payloadHashOf } from '../sigv4/payload-hash.js'
import { remembered } from '../sigv4/remembered.js'
import { parseRequestDate } from '../sigv4/request-date.js'
import { textMatches } from '../sigv4/signature.js'
import type { SecretAccessKey, SigningKey } from '../sigv4/signing-key.js'
import { type SigningProfile, signingProfileOf } from '../sigv4/signing-profile.js'
import { uriDecode } from '../sigv4/uri-encoding.js'
import { type Verdict, verify as verifyByTheLaw } from '../sigv4/verify.js'
import { AWS4_HMAC_SHA256, AWS4_REQUEST, EMPTY_PAYLOAD_HASH, UNSIGNED_PAYLOAD } from '../sigv4/wire-names.js'

/** Judges a signed request exactly as `countersign/sigv4` does, sooner where it is plainly right. */
export function verify(request: HttpRequest, key: SecretAccessKey | SigningKey, options: VerifyOptions): Verdict {
  return accepted(request, key, options) ?? verifyByTheLaw(request, key, options)
}

/** The verdict where all is plain and right; `undefined` on any doubt. */
function accepted(request: HttpRequest, key: SecretAccessKey | SigningKey, options: VerifyOptions): Verdict | undefined {
  if (options.sessionToken !== undefined || options.sessionTokenExpired === true || (options.accessKeyIdKnown ?? true) !== true)
    return undefined
  const headers = headersRead(request)
  if (headers === undefined) return undefined
  const { target } = request
  const mark = target.indexOf('?')
  const query = mark < 0 ? '' : target.slice(mark + 1)
  const claim = headers.authorization === '' ? queryClaim(query, headers) : headerClaim(headers, query)
  if (claim === undefined) return undefined
  const { credential, names, signedHeaders, date, signature } = claim
  const { scope } = credential
  const profile = options.profile ?? profileOf(options.service ?? scope.service)
  if (!plainProfile(profile) || !rightScope(credential, date, options)) return undefined
  if (!inTime(claim, profile, options)) return undefined
  const payload = payloadLine(request, headers, claim, profile)
  const headerLines = signedLines(headers, names)
  if (payload === undefined || headerLines === undefined) return undefined
  const path = mark < 0 ? target : target.slice(0, mark)
  const uri = uriOf(path, query, profile)
  if (uri === undefined) return undefined
  const canonical = `${request.method}\n${uri}\n${claim.query}\n${headerLines}\n${signedHeaders}\n${payload}`
  const text = `${AWS4_HMAC_SHA256}\n${date}\n${credentialScopeText(scope)}\n${sha256Hex(canonical)}`
  const proof = textMatches(key, scope, text, signature)
  if (proof === undefined) return undefined
  return { ok: true, accessKeyId: credential.accessKeyId, scope, proof, passed: checksOf(profile.dialect, claim.by).length }
}

/** The canonical URI; `undefined` where the standard order of checks has something to say of path or query first. */
function uriOf(path: string, query: string, profile: SigningProfile): string | undefined {
  if (profile.normalizePath || profile.dialect === 'standard')
    return NORMAL_PATH.test(path) && !BROKEN_ESCAPE.test(query) ? path : undefined
  return PLAIN_PATH.test(path) ? path : canonicalUri(path, profile)
}

/** The headers in one pass: lower-case names beside canonical values, and those that verification asks for. */
interface HeadersRead {
  readonly names: readonly string[]
  readonly values: readonly string[]
  readonly authorization: string
  readonly date: string
  readonly contentSha256: string
}

function headersRead(request: HttpRequest): HeadersRead | undefined {
  const names: string[] = []
  const values: string[] = []
  let [authorization, date, contentSha256] = ['', '', '']
  for (const [given, raw] of request.headers) {
    if (typeof raw !== 'string') return undefined
    const name = lowerCased(given)
    if (name === 'authorization') {
      if (authorization !== '' || raw === '') return undefined
      authorization = raw
    } else {
      const value = canonicalHeaderValue(raw)
      if (name === 'x-amz-date') date = value
      else if (name === 'x-amz-content-sha256') contentSha256 = value
      names.push(name)
      values.push(value)
    }
  }
  return { names, values, authorization, date, contentSha256 }
}

/** What a request says of its signature. */
interface Claim {
  readonly by: 'header' | 'query'
  readonly credential: Credential
  /** Signed header names, lower case and in order, and the same joined. */
  readonly names: readonly string[]
  readonly signedHeaders: string
  readonly date: string
  readonly signature: string
  readonly expires: string
  /** The canonical query string. */
  readonly query: string
}

function headerClaim({ authorization, date }: HeadersRead, query: string): Claim | undefined {
  const at = authorization.length - 64
  if (at <= 0 || date === '' || HIDDEN_QUERY.test(query)) return undefined
  const head = headOf(authorization.slice(0, at))
  const signature = authorization.slice(at)
  if (head === undefined) return undefined
  return {
    by: 'header',
    ...head,
    date,
    signature,
    expires: '',
    query: query === '' ? '' : inOrder(query) ? query : canonicalQueryString(query),
  }
}

/** An Authorization header up to its signature, in the form every client writes. */
const headOf = remembered((text): Pick<Claim, 'credential' | 'names' | 'signedHeaders'> | undefined => {
  const found = /^AWS4-HMAC-SHA256 Credential=([^,\s]+), ?SignedHeaders=([^,\s]+), ?Signature=$/.exec(text)
  return found === null ? undefined : claimed(found[1]!, found[2]!)
})

function claimed(credentialText: string, signedHeaders: string): Pick<Claim, 'credential' | 'names' | 'signedHeaders'> | undefined {
  const credential = parseCredential(credentialText)
  const names = signedHeaders.split(';')
  const inOrder = names.every((name, i) => /^[a-z0-9-]+$/.test(name) && (i === 0 || names[i - 1]! < name))
  return credential === undefined || !inOrder ? undefined : { credential, names, signedHeaders }
}

/** Whether a query is its own canonical form: lawfully escaped, every name with its "=", sorted, each once. */
function inOrder(query: string): boolean {
  if (!PLAIN_QUERY.test(query)) return false
  let before = ''
  for (const piece of query.split('&')) {
    const equals = piece.indexOf('=')
    const name = piece.slice(0, equals)
    if (equals <= 0 || name <= before || piece.includes('=', equals + 1)) return false
    before = name
  }
  return true
}

function queryClaim(query: string, { contentSha256 }: HeadersRead): Claim | undefined {
  if (contentSha256 !== '' || !PLAIN_QUERY.test(query)) return undefined
  const seen: Record<string, string> = {}
  let signed = ''
  let before = ''
  for (const piece of query.split('&')) {
    const equals = piece.indexOf('=')
    const name = piece.slice(0, equals)
    const value = piece.slice(equals + 1)
    if (equals <= 0 || value.includes('=')) return undefined
    if (name.startsWith('X-Amz-')) {
      if (seen[name] !== undefined) return undefined
      seen[name] = value
      if (name === 'X-Amz-Signature') continue
    }
    if (name <= before) return undefined
    before = name
    signed = signed === '' ? piece : `${signed}&${piece}`
  }
  const credential = seen['X-Amz-Credential']
  const signedHeaders = seen['X-Amz-SignedHeaders']
  const { 'X-Amz-Date': date, 'X-Amz-Signature': signature, 'X-Amz-Expires': expires } = seen
  if (seen['X-Amz-Algorithm'] !== AWS4_HMAC_SHA256 || credential === undefined || signedHeaders === undefined) return undefined
  if (date === undefined || signature === undefined || expires === undefined) return undefined
  const head = queryHeadOf(`${credential}&${signedHeaders}`)
  return head === undefined ? undefined : { by: 'query', ...head, date, signature, expires, query: signed }
}

const queryHeadOf = remembered((text) => {
  const [credential, signedHeaders] = text.split('&') as [string, string]
  return claimed(uriDecode(credential), uriDecode(signedHeaders))
})

/** Profiles whose every rule is the one followed here. */
function plainProfile(profile: SigningProfile): boolean {
  return (
    profile.formBody === 'payload' &&
    profile.sessionToken === 'signed' &&
    profile.repeatedHeaderValues === 'as-sent' &&
    profile.plusInQuery === 'space'
  )
}

function rightScope({ scope }: Credential, date: string, { region, service }: VerifyOptions): boolean {
  return (
    scope.terminator === AWS4_REQUEST &&
    scope.date.length === 8 &&
    date.startsWith(scope.date) &&
    (region === undefined || region === scope.region) &&
    (service === undefined || service === scope.service)
  )
}

/** Well inside the window: what lies on its edge is the law's. */
function inTime({ by, date, expires }: Claim, profile: SigningProfile, options: VerifyOptions): boolean {
  const time = timeOf(date)
  const skew = (options.maxClockSkewSeconds ?? profile.maxClockSkewSeconds) * 1000
  if (time === undefined) return false
  if (by === 'header') return Math.abs(options.now - time) < skew
  if (profile.dialect !== 's3' || !/^\d{1,6}$/.test(expires) || Number(expires) > WEEK) return false
  return time - options.now < skew && options.now < time + Number(expires) * 1000
}

/** The payload line, where the body, if known, is plainly the one that was signed. */
function payloadLine({ body }: HttpRequest, { contentSha256 }: HeadersRead, { by }: Claim, profile: SigningProfile): string | undefined {
  if (by === 'query') return profile.presignedPayloadHash === UNSIGNED_PAYLOAD ? UNSIGNED_PAYLOAD : undefined
  if (profile.dialect !== 's3' || profile.contentSha256Header !== 'required') {
    return contentSha256 === '' && body?.length === 0 ? EMPTY_PAYLOAD_HASH : undefined
  }
  if (contentSha256 === UNSIGNED_PAYLOAD) return contentSha256
  if (body === undefined) return HEX64.test(contentSha256) ? contentSha256 : undefined
  return contentSha256 === (body.length === 0 ? EMPTY_PAYLOAD_HASH : payloadHashOf(body)) ? contentSha256 : undefined
}

/** The canonical headers; `undefined` unless each signed header was sent once, and host and all x-amz-* are signed. */
function signedLines({ names, values }: HeadersRead, signed: readonly string[]): string | undefined {
  let lines = ''
  for (const name of signed) {
    const at = names.indexOf(name)
    if (at < 0 || names.lastIndexOf(name) !== at) return undefined
    lines += `${name}:${values[at]}\n`
  }
  for (const name of names) if ((name === 'host' || name.startsWith('x-amz-')) && !signed.includes(name)) return undefined
  return signed.includes('host') ? lines : undefined
}

const lowerCased = remembered((name) => name.toLowerCase(), 1024)
const profileOf = remembered(signingProfileOf)
const timeOf = remembered(parseRequestDate)

const HEX64 = /^[0-9a-f]{64}$/
const PLAIN_PATH = /^\/[A-Za-z0-9\-._~/]*$/
/** The same without repeated slashes and without segments that begin with a dot. */
const NORMAL_PATH = /^\/(?:[A-Za-z0-9\-_~][A-Za-z0-9\-._~]*(?:\/[A-Za-z0-9\-_~][A-Za-z0-9\-._~]*)*\/?)?$/
const PLAIN_QUERY = /^(?:[A-Za-z0-9\-._~=&]|%(?:2[0-9A-CF]|3[A-F]|40|5[B-E]|60|7[B-DF]|[89A-F][0-9A-F]))+$/
/** A parameter of query authentication, also with its letters percent-encoded. */
const HIDDEN_QUERY = /x-amz-|%(?:2d|[46][1d]|[57][8a])/i
const BROKEN_ESCAPE = /%(?![0-9A-Fa-f]{2})/
const WEEK = 604_800
