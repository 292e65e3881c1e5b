/** Reads the requests of the published suites: a request line, headers (folded ones kept folded), a blank line, a body. */
import { byteString, bytesOf, utf8ByteString } from '../../src/sigv4/byte-string.ts'
import type { Header, HttpRequest } from '../../src/sigv4/http-request.ts'
import { uriEncode } from '../../src/sigv4/uri-encoding.ts'

/** How the suite writes its request target. */
export type TargetWriting = 'raw' | 'first-word'

/** @param writing "raw": the path is not yet encoded and may hold blanks. "first-word": the target ends at the first blank. */
export function readRequest(bytes: Uint8Array, writing: TargetWriting): HttpRequest {
  const text = byteString(bytes).replaceAll('\r\n', '\n')
  const blank = text.indexOf('\n\n')
  const head = (blank < 0 ? text.replace(/\n$/, '') : text.slice(0, blank)).split('\n')
  const [method = '', ...rest] = head[0]!.split(' ')
  const target = writing === 'raw' ? rest.slice(0, -1).join(' ') : rest[0]!
  const headers: [string, string][] = []
  for (const line of head.slice(1)) {
    const colon = line.indexOf(':')
    const last = headers.at(-1)
    if (/^[ \t]/.test(line) && last !== undefined) last[1] += `\r\n${line}`
    else headers.push([line.slice(0, colon), line.slice(colon + 1)])
  }
  return { method, target: writing === 'raw' ? encodedPath(target) : target, headers, body: bytesOf(blank < 0 ? '' : text.slice(blank + 2)) }
}

/** The request without the headers of these names. */
export function without(request: HttpRequest, ...names: string[]): HttpRequest {
  return { ...request, headers: request.headers.filter(([name]) => !names.includes(name.toLowerCase())) }
}

export function withHeader(request: HttpRequest, header: Header): HttpRequest {
  return { ...without(request, header[0].toLowerCase()), headers: [...without(request, header[0].toLowerCase()).headers, header] }
}

/** A written text as a byte string. */
export const bytesText = utf8ByteString

function encodedPath(target: string): string {
  const mark = target.indexOf('?')
  return mark < 0 ? uriEncode(target, '/') : uriEncode(target.slice(0, mark), '/') + target.slice(mark)
}
