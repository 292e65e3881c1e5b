/** What differs between a request that works and one that fails, as causes. Object names and dates may differ by right. */

import type { About, Values } from '../../case/index.js'
import {
  authorizationOf,
  credentialOf,
  type HttpRequest,
  headerValue,
  parseCanonicalHeaders,
  parseCanonicalRequest,
  splitTarget,
} from '../../sigv4/index.js'
import { urlParts } from '../../text/index.js'
import { either } from './pattern.js'

/** One request, as far as a comparison needs it. */
export interface PairSide {
  readonly method: string
  readonly host: string
  readonly path: string
  readonly parameters: readonly string[]
  readonly headers: ReadonlyMap<string, string>
  readonly presigned: boolean
  readonly region: string | undefined
  readonly service: string | undefined
  readonly accessKeyId: string | undefined
  readonly hasToken: boolean
  /** `undefined`: it is not known whether there is a body. */
  readonly empty: boolean | undefined
}

/** A difference, as a cause or a class. */
export interface PairDifference {
  readonly about: About
  readonly what: string
  readonly values?: Values
  /** Of its weight; absent: all of it. */
  readonly share?: number
}

/** A request, or the text of a canonical request, for comparison. */
export function pairSideOf(seen: HttpRequest | string): PairSide | undefined {
  if (typeof seen === 'string') return canonicalSide(seen)
  const { path, query } = splitTarget(seen.target)
  const authorization = authorizationOf(seen)
  const credential = credentialOf(authorization)
  const headers = new Map(seen.headers.map(([name, value]) => [name.toLowerCase(), value.trim()]))
  return {
    method: seen.method,
    host: (headerValue(seen, 'host') ?? '').replace(/^.*@/s, ''),
    path,
    parameters: (query ?? '').split('&').filter((one) => one !== ''),
    headers,
    presigned: /[?&](?:X-Amz-Signature|Signature)=/i.test(seen.target),
    region: credential?.scope.region,
    service: credential?.scope.service,
    accessKeyId: credential?.accessKeyId,
    hasToken: headers.has('x-amz-security-token') || /[?&]X-Amz-Security-Token=/i.test(seen.target),
    empty: seen.body === undefined ? undefined : seen.body.length === 0,
  }
}

/** A URL, or a target without a host, that stands alone. */
export function urlSide(method: string, url: string): PairSide | undefined {
  if (url.startsWith('/')) return pairSideOf({ method, target: url, headers: [], body: undefined })
  const parts = urlParts(url)
  if (parts === undefined) return undefined
  return pairSideOf({ method, target: parts.target, headers: [['host', parts.host]], body: undefined })
}

function canonicalSide(text: string): PairSide | undefined {
  const parts = parseCanonicalRequest(text)
  if (parts === undefined) return undefined
  const headers = new Map(parseCanonicalHeaders(parts['canonical-headers']).map(([name, value]) => [name.toLowerCase(), value]))
  return {
    method: parts.method,
    host: headers.get('host') ?? '',
    path: parts['canonical-uri'],
    parameters: parts['canonical-query-string'].split('&').filter((one) => one !== ''),
    headers,
    presigned: /X-Amz-Credential=/.test(parts['canonical-query-string']),
    region: undefined,
    service: undefined,
    accessKeyId: undefined,
    hasToken: headers.has('x-amz-security-token'),
    empty: parts['payload-hash'].startsWith('e3b0c442') ? true : /^[0-9a-f]{64}$/.test(parts['payload-hash']) ? false : undefined,
  }
}

/** What the failing request has that the working one has not. */
export function differencesOf(working: PairSide, failing: PairSide): readonly PairDifference[] {
  return [
    ...methodDifference(working, failing),
    ...pathDifference(working.path, failing.path),
    ...queryDifference(working, failing),
    ...hostDifference(working, failing),
    ...headerDifferences(working, failing),
    ...credentialDifferences(working, failing),
    ...(working.empty === true && failing.empty === false && working.method === failing.method
      ? [{ about: 'payload.hash' as const, what: 'this one has a body' }]
      : []),
  ]
}

function methodDifference(working: PairSide, failing: PairSide): readonly PairDifference[] {
  if (working.method === failing.method) return []
  const what = `this one is a ${failing.method}, not a ${working.method}`
  if (working.presigned && failing.presigned) return [{ about: 'method-changed', what, share: samePlace(working, failing) ? 1 : 0.6 }]
  return /^(?:POST|PUT|PATCH)$/.test(failing.method) ? [{ about: 'payload.hash', what: `${what}: it has a body`, share: 0.8 }] : []
}

function pathDifference(working: string, failing: string): readonly PairDifference[] {
  if (working === failing) return []
  if (SLASHES.test(failing) && !SLASHES.test(working))
    return [{ about: 'path-normalized', what: 'the path of this one has slashes in a row or dot segments' }]
  if (failing.includes(':') && !working.includes(':')) return [{ about: 'path-not-encoded', what: 'the path of this one has a colon' }]
  const odd = oddCharacters(failing).filter((one) => !oddCharacters(working).includes(one))
  if (odd.length > 0) return [{ about: 'path.encoding', what: `the path of this one holds ${odd.slice(0, 4).join(' ')}` }]
  if (working.endsWith('/') !== failing.endsWith('/') && working.replace(/\/$/, '') === failing.replace(/\/$/, ''))
    return [{ about: 'path.normalization', what: 'the two paths differ in the slash at the end' }]
  return []
}

function queryDifference(working: PairSide, failing: PairSide): readonly PairDifference[] {
  const known = new Set(working.parameters)
  const more = failing.parameters.filter((one) => !known.has(one) && !MAY_DIFFER.test(one))
  const unsorted = { about: 'query-not-sorted' as const, what: 'the query of this one is not sorted by name' }
  if (more.length === 0) return isSorted(working.parameters) && !isSorted(failing.parameters) ? [unsorted] : []
  const valueless = more.find((one) => !one.includes('='))
  if (valueless !== undefined)
    return [{ about: 'query-changed-in-transit', what: `this one has the parameter ${valueless.slice(0, 40)} without "="` }]
  const before = oddCharacters(working.parameters.filter((one) => !MAY_DIFFER.test(one)).join('&'))
  const odd = oddCharacters(more.map((one) => one.slice(one.indexOf('=') + 1)).join('')).filter((one) => !before.includes(one))
  if (odd.length > 0) return [{ about: 'query.encoding', what: `the query of this one holds ${odd.slice(0, 4).join(' ')}` }]
  if (isSorted(working.parameters) && !isSorted(failing.parameters)) return [unsorted]
  if (working.parameters.length === 0) return [{ about: 'query.encoding', what: 'this one has a query', share: 0.8 }]
  return []
}

function isSorted(parameters: readonly string[]): boolean {
  const names = parameters.map((one) => one.split('=', 1)[0]!)
  return names.every((name, i) => i === 0 || names[i - 1]! <= name)
}

function hostDifference(working: PairSide, failing: PairSide): readonly PairDifference[] {
  if (working.host === failing.host || working.host === '' || failing.host === '') return []
  const bare = (host: string): string => host.toLowerCase().replace(/:\d{1,5}$/, '')
  if (bare(working.host) === bare(failing.host))
    return [{ about: 'host-port-changed', what: `the port is written differently: ${failing.host}`, values: { host: working.host } }]
  if (bucketMoved(working, failing) || bucketMoved(failing, working))
    return [{ about: 'bucket-in-path', what: 'the bucket stands in the host of one and in the path of the other' }]
  const region = (host: string): string | undefined => /\b([a-z]{2}(?:-gov)?-[a-z]{4,9}-\d)\b/.exec(host)?.[1]
  const [of, other] = [region(failing.host), region(working.host)]
  if (of !== other && of !== undefined) return [{ about: 'scope.region', what: `this one goes to ${of}` }]
  return [{ about: 'host-rewritten', what: `this one goes to ${failing.host}`, values: { host: working.host }, share: 0.7 }]
}

function headerDifferences(working: PairSide, failing: PairSide): readonly PairDifference[] {
  const differences: PairDifference[] = []
  const signed = new Set(/SignedHeaders=([^,\s]{1,2000})/.exec(failing.headers.get('authorization') ?? '')?.[1]?.split(';'))
  for (const [name, value] of failing.headers) {
    if (ALWAYS_DIFFERS.test(name) || working.headers.get(name) === value || working.headers.size <= 1) continue
    const has = working.headers.has(name)
    const what = has ? `${name} has another value` : `this one has the header ${name}`
    if (/ {2}/.test(value) && !/ {2}/.test(working.headers.get(name) ?? ''))
      differences.push({ about: 'header-value-not-trimmed', what: `${name} holds several spaces in a row`, values: { header: name } })
    else if (!has && signed.has(name)) differences.push({ about: 'header-removed-in-transit', what, values: { header: name } })
    else if (!has && name.startsWith('x-amz-')) differences.push({ about: 'header.unsigned', what, values: { header: name } })
    else
      differences.push({
        about: 'header.changed',
        what,
        values: { header: name },
        share: /^(?:content-type|accept-encoding)$/.test(name) ? 1 : 0.7,
      })
  }
  return differences.slice(0, 4)
}

function credentialDifferences(working: PairSide, failing: PairSide): readonly PairDifference[] {
  const differences: PairDifference[] = []
  const [region, other] = [failing.region, working.region]
  if (region !== undefined && other !== undefined && region !== other)
    differences.push({ about: 'scope.region', what: `the credential scope names ${region}, not ${other}`, values: { signed: region } })
  if (failing.service !== undefined && working.service !== undefined && failing.service !== working.service)
    differences.push({ about: 'scope.service', what: `the credential scope names ${failing.service}, not ${working.service}` })
  const [id, workingId] = [failing.accessKeyId, working.accessKeyId]
  if (id === undefined || workingId === undefined || id === workingId) return differences
  if (id.startsWith('ASIA') && !failing.hasToken)
    differences.push({ about: 'token.missing', what: 'this one is signed with temporary credentials' })
  else differences.push({ about: 'secret.mismatch', what: 'this one is signed with another access key', share: 0.9 })
  return differences
}

/** The bucket in the host of one is the first part of the other's path. */
function bucketMoved(hosted: PairSide, pathed: PairSide): boolean {
  const bucket = pathed.path.split('/')[1] ?? ''
  return bucket !== '' && hosted.host.startsWith(`${bucket}.`) && !pathed.host.startsWith(`${bucket}.`)
}

function samePlace(a: PairSide, b: PairSide): boolean {
  return a.host === b.host && a.path === b.path
}

/** Escapes and characters beyond the unreserved ones, each once. */
function oddCharacters(text: string): string[] {
  return [...new Set(text.match(/%[0-9A-Fa-f]{2}|[^A-Za-z0-9._~/=&-]/g) ?? [])].map((one) =>
    /[\x21-\x7e]/.test(one) ? one : 'letters beyond ASCII',
  )
}

const SLASHES = /\/\/|\/\.{1,2}(?:\/|$)/
const MAY_DIFFER = /^(?:X-Amz-|Signature=|Expires=|AWSAccessKeyId=|SignatureMethod=|SignatureVersion=|Timestamp=)/i
const ALWAYS_DIFFERS = either(
  /^(?:host|authorization|date|x-amz-date|x-amz-content-sha256|content-length|content-md5|x-amz-security-token|user-agent)$/,
  /^(?:x-forwarded-.*|amz-sdk-.*|accept|connection|x-amz-checksum-.*|x-amz-request-id)$/,
)
