/** What Version 2 makes of a request: its string to sign, the signature it carries, and with which digest that is made. */
import { SCHEMES, type SchemeWords } from '../catalog/index.js'
import {
  byteString,
  type HttpRequest,
  headerValue,
  headerValues,
  type QueryParameter,
  queryParameters,
  queryValue,
  splitTarget,
  uriDecode,
  uriEncode,
} from '../sigv4/index.js'
import type { Digest } from './signature.js'
import type { Version2Parts } from './string-to-sign.js'

export interface Version2Request {
  readonly by: 'header' | 'url' | 'parameters'
  readonly words: SchemeWords
  readonly accessKeyId: string
  readonly signature: string
  readonly digest: Digest
  /** As a service makes it of the request as received. */
  readonly text: Version2Parts
}

/** A request that is signed by Version 2, or by what is built like it; `undefined` where it is not. */
export function version2RequestOf(request: HttpRequest): Version2Request | undefined {
  const header = headerValue(request, 'authorization')?.trim() ?? ''
  for (const { words, header: begins } of [SCHEMES.aws2, SCHEMES.oss, SCHEMES.goog1]) {
    const found = begins.test(header) ? /^\S+ ([^\s:]{1,128}):\s?(\S{1,256})$/.exec(header) : null
    if (found !== null)
      return { by: 'header', words, accessKeyId: found[1]!, signature: found[2]!, digest: 'sha1', text: textOf(request, words, undefined) }
  }
  const { query } = splitTarget(request.target)
  const form = formOf(request)
  const given = queryValue(query, 'AWSAccessKeyId') !== undefined ? query : (form ?? query)
  const method = queryValue(given, 'SignatureMethod')
  if (given !== undefined && (method !== undefined || queryValue(given, 'SignatureVersion') === '2')) return ofParameters(request, given)
  return ofUrl(request, query)
}

function ofUrl(request: HttpRequest, query: string | undefined): Version2Request | undefined {
  const rows = [
    [SCHEMES.aws2, 'AWSAccessKeyId'],
    [SCHEMES.oss, 'OSSAccessKeyId'],
    [SCHEMES.goog1, 'GoogleAccessId'],
  ] as const
  for (const [{ words }, name] of rows) {
    const [accessKeyId, signature, expires] = [name, 'Signature', 'Expires'].map((one) => queryValue(query, one))
    // A "+" of base64 that was sent raw comes out as a space; the signature is the base64.
    if (accessKeyId !== undefined && signature !== undefined && expires !== undefined)
      return {
        by: 'url',
        words,
        accessKeyId,
        signature: signature.replaceAll(' ', '+'),
        digest: 'sha1',
        text: textOf(request, words, expires),
      }
  }
  return undefined
}

function ofParameters(request: HttpRequest, given: string): Version2Request | undefined {
  const [accessKeyId, signature] = ['AWSAccessKeyId', 'Signature'].map((name) => queryValue(given, name))
  if (accessKeyId === undefined || signature === undefined) return undefined
  const parameters = queryParameters(given).filter(([name]) => uriDecode(name) !== 'Signature')
  return {
    by: 'parameters',
    words: SCHEMES.aws2.words,
    accessKeyId,
    signature: signature.replaceAll(' ', '+'),
    digest: queryValue(given, 'SignatureMethod') === 'HmacSHA1' ? 'sha1' : 'sha256',
    text: {
      form: 'query',
      parts: {
        method: request.method,
        host: (headerValue(request, 'host') ?? '').trim().toLowerCase(),
        path: splitTarget(request.target).path || '/',
        query: sortedQuery(parameters),
      },
    },
  }
}

/** Decoded, encoded once with the set of the specification, and sorted by bytes. */
function sortedQuery(parameters: readonly QueryParameter[]): string {
  const encoded = parameters.map(([name, value = '']) => [plain(name), plain(value)] as const)
  return [...encoded]
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

function plain(text: string): string {
  return uriEncode(uriDecode(text.replaceAll('+', ' ')))
}

function textOf(request: HttpRequest, words: SchemeWords, expires: string | undefined): Version2Parts {
  const dated = headerValue(request, `${words.headerPrefix}date`) !== undefined
  return {
    form: 's3',
    parts: {
      method: request.method,
      'content-md5': (headerValue(request, 'content-md5') ?? '').trim(),
      'content-type': (headerValue(request, 'content-type') ?? '').trim(),
      date: expires ?? (dated ? '' : (headerValue(request, 'date') ?? '').trim()),
      headers: headerLines(request, words.headerPrefix),
      resource: resourceOf(request),
    },
  }
}

function headerLines(request: HttpRequest, prefix: string): string {
  const names = [...new Set(request.headers.map(([name]) => name.toLowerCase()))].filter((name) => name.startsWith(prefix)).sort()
  return names.map((name) => `${name}:${headerValues(request, name).map(unfolded).join(',')}\n`).join('')
}

function unfolded(value: string): string {
  return value.replace(/\s+/g, ' ').trim()
}

/** The bucket of a virtual-hosted request, the path as sent, and the sub-resources of the query. */
function resourceOf(request: HttpRequest): string {
  const { path, query } = splitTarget(request.target)
  const bucket = BUCKET_HOST.exec((headerValue(request, 'host') ?? '').trim())?.[1]
  const kept = queryParameters(query ?? '').filter(([name]) => isSubresource(uriDecode(name)))
  const sorted = [...kept].sort(([a], [b]) => (a < b ? -1 : 1))
  const text = sorted.map(([name, value]) => (value === undefined || value === '' ? name : `${name}=${uriDecode(value)}`)).join('&')
  return `${bucket === undefined ? '' : `/${bucket}`}${path || '/'}${text === '' ? '' : `?${text}`}`
}

/** Whether a parameter is part of the resource that Version 2 signs. */
export function isSubresource(name: string): boolean {
  return SUBRESOURCES.has(name) || /^response-(?:content-(?:type|language|disposition|encoding)|expires|cache-control)$/.test(name)
}

function formOf(request: HttpRequest): string | undefined {
  const form = /^application\/x-www-form-urlencoded\b/i.test(headerValue(request, 'content-type') ?? '') ? request.body : undefined
  return form !== undefined && form.length <= LONGEST_FORM ? byteString(form) : undefined
}

const BUCKET_HOST =
  /^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\.(?:s3[.-][a-z0-9.-]*amazonaws\.com(?:\.cn)?|oss-[a-z0-9-]+\.aliyuncs\.com|storage\.googleapis\.com)(?::\d+)?$/i
const SUBRESOURCES: ReadonlySet<string> = new Set(
  `accelerate acl analytics cors defaultObjectAcl delete encryption inventory legal-hold lifecycle location logging metrics notification
   object-lock partNumber policy publicAccessBlock replication requestPayment restore retention select tagging torrent uploadId uploads
   versionId versioning versions website`.split(/\s+/),
)
const LONGEST_FORM = 65_536
