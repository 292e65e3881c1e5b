/**
 * The hash of a canonical request: put together as if the request were canonical already, shown to be so by looking, and
 * hashed where it stands. Where it is not, the law's own functions make its parts.
 */
import { sha256Hex, writeSha256Hex } from '#sha256'
import { canonicalHeaderValue } from '../sigv4/canonical-headers.js'
import { canonicalQueryString } from '../sigv4/canonical-query-string.js'
import { canonicalUri } from '../sigv4/canonical-uri.js'
import type { Header } from '../sigv4/http-request.js'
import type { SigningProfile } from '../sigv4/signing-profile.js'
import { areCanonicalHeaders, isCanonicalQuery, isEncodedPath, isPlainPath, SCRATCH } from './canonical-scan.js'

/** The first line of a request that is to be hashed. */
export interface RequestLine {
  readonly method: string
  /** The target without the signature. */
  readonly target: string
  /** Where its "?" stands, or -1. */
  readonly mark: number
  /** Whether the signature stood in the query. */
  readonly presigned: boolean
}

/** Which headers are signed. */
interface SignedHeaders {
  /** What stands before each value: a line feed, the name, a colon. */
  readonly lines: readonly string[]
  /** What stands between the last value and the payload hash. */
  readonly end: string
}

/**
 * Writes the hash's digits.
 *
 * @param places Where each signed header stands among `headers`.
 * @returns Whether it did; not where the law would say more of the request than its signature.
 */
export function writeCanonicalHash(
  digits: Uint8Array,
  line: RequestLine,
  headers: readonly Header[],
  { lines, end }: SignedHeaders,
  places: readonly number[],
  payload: string,
  profile: SigningProfile,
): boolean {
  const { method, target, mark } = line
  let text = `${method}\n${target}`
  if (mark < 0) text += '\n'
  for (let i = 0; i < places.length; i++) text += lines[i]! + headers[places[i]!]![1]
  const headersEnd = text.length
  text += end + payload
  const path = method.length + 1
  const targetEnd = path + target.length
  if (text.length <= SCRATCH.length && ENCODER.encodeInto(text, SCRATCH).written === text.length) {
    const pathEnd = mark < 0 ? targetEnd : path + mark
    const queryEnd = mark < 0 ? targetEnd + 1 : targetEnd
    SCRATCH[pathEnd] = LINE_FEED
    if (
      (isS3Path(profile) ? isEncodedPath(path, pathEnd) : isPlainPath(path, pathEnd)) &&
      isCanonicalQuery(pathEnd + 1, queryEnd, line.presigned) &&
      areCanonicalHeaders(queryEnd, headersEnd, places.length)
    ) {
      writeSha256Hex(SCRATCH, text.length, digits)
      return true
    }
  }
  const head = longHead(line, profile)
  if (head === undefined) return false
  text = head
  for (let i = 0; i < places.length; i++) text += lines[i]! + canonicalHeaderValue(headers[places[i]!]![1])
  ENCODER.encodeInto(sha256Hex(text + end + payload), digits)
  return true
}

/** Method, canonical URI and canonical query string, made by the law. */
function longHead({ method, target, mark, presigned }: RequestLine, profile: SigningProfile): string | undefined {
  const path = mark < 0 ? target : target.slice(0, mark)
  const query = mark < 0 ? '' : target.slice(mark + 1)
  if (presigned ? !isPlainPresigned(query) : HIDDEN_QUERY.test(query)) return undefined
  const uri = longUri(path, query, profile)
  return uri === undefined ? undefined : `${method}\n${uri}\n${canonicalQueryString(query)}`
}

/** Whether each parameter has a name and a "=", nothing is escaped that need not be, and each of AWS's own is there once. */
function isPlainPresigned(query: string): boolean {
  if (!PLAIN_QUERY.test(query)) return false
  const own: string[] = []
  for (const piece of query.split('&')) {
    const equals = piece.indexOf('=')
    if (equals <= 0) return false
    if (!piece.startsWith('X-Amz-')) continue
    const name = piece.slice(0, equals)
    if (own.includes(name)) return false
    own.push(name)
  }
  return true
}

/** The canonical URI; `undefined` where the standard order of checks has something to say of path or query first. */
function longUri(path: string, query: string, profile: SigningProfile): string | undefined {
  if (!isS3Path(profile)) return NORMAL_PATH.test(path) && !BROKEN_ESCAPE.test(query) ? path : undefined
  return canonicalUri(path, profile)
}

function isS3Path(profile: SigningProfile): boolean {
  return profile.dialect === 's3' && !profile.normalizePath && profile.pathEncoding === 'once'
}

/** Without repeated slashes and without segments that begin with a dot. */
const NORMAL_PATH = /^\/(?:[A-Za-z0-9\-_~][A-Za-z0-9\-._~]*(?:\/[A-Za-z0-9\-_~][A-Za-z0-9\-._~]*)*\/?)?$/
const PLAIN_QUERY = /^(?:[A-Za-z0-9\-._~=&]|%(?:2[0-9A-CF]|3[A-F]|40|5[B-E]|60|7[B-DF]|[89A-F][0-9A-F]))+$/
/** A parameter of query authentication, of Version 2 too, also with its letters percent-encoded. */
const HIDDEN_QUERY = /x-amz-|signature|%(?:2d|[46][1-9a-f]|[57][0-9a])/i
const BROKEN_ESCAPE = /%(?![0-9A-Fa-f]{2})/
const LINE_FEED = 0x0a
const ENCODER = new TextEncoder()
