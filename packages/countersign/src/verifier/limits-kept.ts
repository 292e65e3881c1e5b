/** Whether the head of a request keeps to the limits, before anything in it is parsed. */
import { type Authorization, type HttpRequest, type Refused, remembered, splitTarget } from '../sigv4/index.js'
import type { Limits } from './limits.js'

/**
 * The refusal of a head that is too large; `undefined` where it is not.
 *
 * @param authorization What the request says of its signature, in the header or in the query.
 */
export function limitRefused(
  request: HttpRequest,
  authorization: Authorization | undefined,
  limits: Limits,
  dialect: 's3' | 'standard',
): Refused | undefined {
  const { headers, target } = request
  if (target.length > limits.targetBytes) return refused(dialect, 'RequestUriTooLong', 'The request URI is too long.', 414)
  let bytes = 0
  for (const [name, value] of headers) bytes += name.length + value.length
  if (bytes > limits.headerBytes || headers.length > limits.headerCount) return refused(dialect, ...HEADERS_TOO_LARGE)
  if (counted(splitTarget(target).query ?? '', '&') > limits.queryParameterCount)
    return refused(dialect, 'RequestUriTooLong', 'The query string has too many parameters.', 414)
  const named = authorization?.signedHeaders ?? ''
  const tooLarge =
    counted(named, ';') > limits.signedHeaderCount || (isRepeating(named) && signedBytes(request, named) > limits.headerBytes)
  return tooLarge ? refused(dialect, ...HEADERS_TOO_LARGE) : undefined
}

/** Whether a header is named more than once. Its values stand in the canonical request as often. */
const isRepeating = remembered((named) => {
  const names = named.toLowerCase().split(';')
  return new Set(names).size < names.length
})

/** Bytes of the values in the canonical headers. */
function signedBytes({ headers }: HttpRequest, named: string): number {
  const bytes = new Map<string, number>()
  for (const [name, value] of headers) bytes.set(name.toLowerCase(), (bytes.get(name.toLowerCase()) ?? 0) + value.length)
  let sum = 0
  for (const name of named.toLowerCase().split(';')) sum += bytes.get(name) ?? 0
  return sum
}

function counted(text: string, separator: string): number {
  let count = 1
  for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + 1)) count++
  return count
}

function refused(dialect: 's3' | 'standard', code: string, message: string, status: number): Refused {
  if (dialect === 's3') return { code, message, status }
  // The other services refuse such a head before any service sees it: a status and nothing else.
  return { code: '', message: '', status: code === 'RequestUriTooLong' ? 414 : 431 }
}

const HEADERS_TOO_LARGE = ['RequestHeaderSectionTooLarge', 'Your request header section exceeds the maximum allowed size.', 400] as const
