/**
 * The canonical request.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Create a canonical request"
 */
import { sha256Hex } from '#sha256'
import { type CanonicalHeader, canonicalHeaders, canonicalHeadersText } from './canonical-headers.js'
import { canonicalQueryString } from './canonical-query-string.js'
import { canonicalUri } from './canonical-uri.js'
import type { HttpRequest } from './http-request.js'
import { formBodyOf } from './payload-hash.js'
import { targetOf } from './received-request.js'
import type { CanonicalRequestPart, SigningInputs } from './signing-inputs.js'
import type { SigningProfile } from './signing-profile.js'
import { QUERY } from './wire-names.js'

/**
 * The six parts as text. "canonical-headers" ends with a line feed, as every line of it does.
 * @internal
 */
export type CanonicalRequestParts = Readonly<Record<CanonicalRequestPart, string>>

/**
 * The canonical request as one byte string, six parts with a line feed between them. A payload hash that is not known leaves its line empty.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Create a canonical request"
 * @example
 * ```js
 * import { canonicalRequest, signingInputsOf } from 'countersign/sigv4'
 *
 * const authorization =
 *   'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature='
 * const headers = [['Host', 'example.amazonaws.com'], ['X-Amz-Date', '20150830T123600Z'], ['Authorization', authorization]]
 * const request = { method: 'GET', target: '/?Param2=value2&Param1=value1', headers, body: new Uint8Array(0) }
 * const lines = canonicalRequest(signingInputsOf(request)).split('\n')
 * lines[2] // => 'Param1=value1&Param2=value2'
 * lines.slice(3, 7) // => ['host:example.amazonaws.com', 'x-amz-date:20150830T123600Z', '', 'host;x-amz-date']
 * lines[7] // => 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
 * ```
 * @public
 */
export function canonicalRequest(inputs: SigningInputs): string {
  const part = (name: CanonicalRequestPart): string => canonicalRequestPart(inputs, name)
  const head = `${part('method')}\n${part('canonical-uri')}\n${part('canonical-query-string')}\n`
  const text = `${head}${part('canonical-headers')}\n${part('signed-headers')}\n${part('payload-hash')}`
  return inputs.lineBreak === '\n' ? text : text.replaceAll('\n', inputs.lineBreak)
}

/**
 * One part: what somebody wrote, or else what the specification makes of the request.
 * @internal
 */
export function canonicalRequestPart(inputs: SigningInputs, part: CanonicalRequestPart): string {
  const written = inputs.verbatim[part]
  if (written !== undefined) return written
  if (part === 'signed-headers') return inputs.signedHeaders.join(';')
  if (part === 'payload-hash') return inputs.payloadHash ?? ''
  const { request, profile } = inputs
  if (request === undefined) return ''
  if (part === 'method') return request.method
  if (part === 'canonical-uri') return canonicalUri(request.target, profile)
  if (part === 'canonical-query-string') return queryText(inputs, request)
  return headersText(inputs, request)
}

/** The canonical headers. */
function headersText({ signedHeaders, profile }: SigningInputs, request: HttpRequest): string {
  const kept = KEPT.get(request.headers)
  if (kept?.headers?.signedHeaders === signedHeaders && kept.headers.profile === profile) return kept.headers.text
  const text = canonicalHeadersText(canonicalHeaders(request, signedHeaders, profile))
  if (kept !== undefined) kept.headers = { signedHeaders, profile, text }
  return text
}

/** The canonical query string. */
function queryText({ authentication, profile }: SigningInputs, request: HttpRequest): string {
  const { target, body } = request
  const kept = KEPT.get(request.headers)
  const known = kept?.query
  if (known?.target === target && known.body === body && known.authentication === authentication && known.profile === profile)
    return known.text
  const text = signedQueryString(request, authentication, profile)
  if (kept !== undefined) kept.query = { target, body, authentication, profile, text }
  return text
}

/**
 * Keeps the long texts of a request until the function returned is called. A search asks for them again for every edit of something
 * else; the request must not change meanwhile.
 */
export function keepTexts({ headers }: HttpRequest): () => void {
  KEPT.set(headers, {})
  return () => KEPT.delete(headers)
}

interface KeptTexts {
  headers?: { readonly signedHeaders: readonly string[]; readonly profile: SigningProfile; readonly text: string }
  query?: Pick<HttpRequest, 'target' | 'body'> & Pick<SigningInputs, 'authentication' | 'profile'> & { readonly text: string }
}

/** By the headers, which edits of other things share. */
const KEPT = new WeakMap<HttpRequest['headers'], KeptTexts>()

/** The canonical query string, with the form body joined to it and the late session token left out where the profile says so. */
function signedQueryString(request: HttpRequest, authentication: 'header' | 'query', profile: SigningProfile): string {
  const { query } = targetOf(request)
  const form = formBodyOf(request, profile)
  const whole = form === undefined ? query : query === undefined ? form : `${query}&${form}`
  const late = authentication === 'query' && profile.sessionToken === 'added-after-signing'
  return canonicalQueryString(whole, profile.plusInQuery, late ? QUERY.securityToken : undefined)
}

/**
 * SHA-256 of a canonical request (a byte string), in lower-case hex: the last line of the string to sign.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Create a hash of the canonical request"
 * @example
 * ```js
 * import { canonicalRequestHash } from 'countersign/sigv4'
 *
 * canonicalRequestHash('') // => 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
 * ```
 * @public
 */
export function canonicalRequestHash(canonical: string): string {
  return sha256Hex(canonical)
}

/**
 * Reads a canonical request back into its parts. The empty line after the headers and the signed-headers line are what
 * hold it together: six parts or more lines, the last two being the signed headers and the payload hash.
 *
 * @returns `undefined` if the text is not shaped like a canonical request, or has more lines than any request that is sent.
 * @internal
 */
export function parseCanonicalRequest(text: string): CanonicalRequestParts | undefined {
  const lines = text.split('\n')
  if (lines.length < 6 || lines.length > MOST_LINES) return undefined
  const [method, uri, query] = lines as [string, string, string]
  const hash = lines.at(-1)!
  const signedHeaders = lines.at(-2)!
  if (lines.at(-3) !== '' || !/^[A-Za-z]+$/.test(method) || !/^[A-Za-z0-9!#$%&'*+.^_`|~;:-]+$/.test(signedHeaders)) return undefined
  return {
    method,
    'canonical-uri': uri,
    'canonical-query-string': query,
    'canonical-headers': lines
      .slice(3, -3)
      .map((line) => `${line}\n`)
      .join(''),
    'signed-headers': signedHeaders,
    'payload-hash': hash,
  }
}

/** The lines of a canonical-headers text as names and values. A line without ":" has the empty name. */
export function parseCanonicalHeaders(text: string): CanonicalHeader[] {
  const lines = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n')
  if (text === '') return []
  return lines.map((line) => {
    const colon = line.indexOf(':')
    return colon < 0 ? ['', line] : [line.slice(0, colon), line.slice(colon + 1)]
  })
}

/** Services take 8 to 64 KB of headers; no client is known to sign a hundred. */
const MOST_LINES = 1024
