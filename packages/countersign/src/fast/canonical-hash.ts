/**
 * The hash of a canonical request: put together as if the request were canonical already, shown to be so by looking, and
 * hashed where it stands. Where it is not, the functions of `sigv4` make its parts.
 */
import { sha256Hex, writeSha256Hex } from '#sha256'
import { canonicalHeaderValue, canonicalQueryString, canonicalUri, type Header, type SigningProfile } from '../sigv4/index.js'
import { isCanonical, SCRATCH } from './canonical-scan.js'
import type { HeaderBlock } from './header-block.js'

/** The first line of a request that is to be hashed. */
export interface RequestLine {
  readonly method: string
  /** The target without the signature. */
  readonly target: string
  /** Where its "?" stands, or -1. */
  readonly mark: number
  /** Whether the signature stood in the query. */
  readonly presigned: boolean
  /**
   * How much of the target, from its "?" on, is known to be canonical, and where the last name in it begins: the parameters that
   * say how it was signed. 0 and 0 where nothing is known.
   */
  readonly knownUntil: number
  readonly lastKnown: number
}

/** Which headers are signed. */
interface SignedHeaders {
  /** What stands before each value: a line feed, the name, a colon. */
  readonly lines: readonly string[]
  /** What stands between the last value and the payload hash. */
  readonly end: string
}

/**
 * Writes the digits of the hash of a request that is its own canonical form.
 *
 * @param places Where each signed header stands among `headers`.
 * @param block The signed headers, where they are those of a block.
 * @returns Whether it is, and they are written.
 */
export function writePlainHash(
  digits: Uint8Array,
  { method, target, mark, presigned, knownUntil, lastKnown }: RequestLine,
  headers: readonly Header[],
  { lines, end }: SignedHeaders,
  places: readonly number[],
  payload: string,
  profile: SigningProfile,
  block: HeaderBlock | undefined,
): boolean {
  let text = mark < 0 ? `${method}\n${target}\n` : `${method}\n${target}`
  if (block === undefined) for (let i = 0; i < places.length; i++) text += lines[i]! + headers[places[i]!]![1]
  const headersEnd = text.length
  text += (block === undefined ? end : block.text) + payload
  if (text.length > SCRATCH.length || ENCODER.encodeInto(text, SCRATCH).written !== text.length) return false
  const path = method.length + 1
  const targetEnd = path + target.length
  const pathEnd = mark < 0 ? targetEnd : path + mark
  SCRATCH[pathEnd] = LINE_FEED
  const at = {
    path,
    pathEnd,
    unknownQuery: block !== undefined && isQueryOf(block, target, mark) ? targetEnd : knownUntil === 0 ? 0 : path + knownUntil,
    lastKnownName: path + lastKnown,
    queryEnd: mark < 0 ? targetEnd + 1 : targetEnd,
    headersEnd,
    lines: block === undefined ? places.length : 0,
  }
  if (!isCanonical(at, isS3Path(profile), presigned)) return false
  writeSha256Hex(SCRATCH, text.length, digits)
  return true
}

/** The same for a request whose canonical form the functions of `sigv4` make; not where they would say more of it than its signature. */
export function writeLongHash(
  digits: Uint8Array,
  line: RequestLine,
  headers: readonly Header[],
  signed: SignedHeaders,
  places: readonly number[],
  payload: string,
  profile: SigningProfile,
): boolean {
  const head = longHead(line, profile)
  if (head === undefined) return false
  let text = head
  for (let i = 0; i < places.length; i++) text += signed.lines[i]! + canonicalHeaderValue(headers[places[i]!]![1])
  ENCODER.encodeInto(sha256Hex(text + signed.end + payload), digits)
  return true
}

function isQueryOf({ query }: HeaderBlock, target: string, mark: number): boolean {
  return mark >= 0 && target.length - mark === query.length && target.slice(mark) === query
}

/** Method, canonical URI and canonical query string, made by `sigv4`. */
function longHead({ method, target, mark, presigned }: RequestLine, profile: SigningProfile): string | undefined {
  const path = mark < 0 ? target : target.slice(0, mark)
  const query = mark < 0 ? '' : target.slice(mark + 1)
  if (presigned ? !isPlainPresigned(query) : hidesParameter(query)) return undefined
  const uri = longUri(path, query, profile)
  return uri === undefined ? undefined : `${method}\n${uri}\n${canonicalQueryString(query)}`
}

/** Whether a query has a parameter of query authentication, or could. */
export function hidesParameter(query: string): boolean {
  return HIDDEN_QUERY.test(query)
}

/** Whether each parameter has a name and a "=", and nothing is escaped that need not be: then names are what they look like. */
function isPlainPresigned(query: string): boolean {
  return PLAIN_QUERY.test(query) && query.split('&').every((piece) => piece.indexOf('=') > 0)
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
