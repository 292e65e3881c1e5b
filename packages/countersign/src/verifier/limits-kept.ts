/** Whether the head of a request keeps to the limits, before anything in it is parsed. */
import { type HttpRequest, headerValue, splitTarget } from '../sigv4/http-request.js'
import type { Refused } from '../sigv4/judged.js'
import type { Limits } from './limits.js'

/** The refusal of a head that is too large; `undefined` where it is not. */
export function limitRefused(request: HttpRequest, limits: Limits, dialect: 's3' | 'standard'): Refused | undefined {
  const { headers, target } = request
  if (target.length > limits.targetBytes) return refused(dialect, 'RequestUriTooLong', 'The request URI is too long.', 414)
  let bytes = 0
  for (const [name, value] of headers) bytes += name.length + value.length
  if (bytes > limits.headerBytes || headers.length > limits.headerCount) return refused(dialect, ...HEADERS_TOO_LARGE)
  if (counted(splitTarget(target).query ?? '', '&') > limits.queryParameterCount)
    return refused(dialect, 'RequestUriTooLong', 'The query string has too many parameters.', 414)
  const named = /SignedHeaders=([^,]*)/.exec(headerValue(request, 'authorization') ?? '')?.[1] ?? ''
  return counted(named, ';') > limits.signedHeaderCount ? refused(dialect, ...HEADERS_TOO_LARGE) : undefined
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
