/**
 * Heads of HTTP/1.1 messages, by the letter (RFC 9112). What two readers could read in two ways is refused and never mended: behind the
 * relay stands another reader, and both must agree on where each message ends.
 */
import type { Header } from '../sigv4/index.js'
import type { KnownLines } from './known-lines.js'
import type { Refusal } from './refusal.js'

/** Where a message's body ends. "close": where the connection does. */
export type Framing = { readonly kind: 'length'; readonly length: number } | { readonly kind: 'chunked' } | { readonly kind: 'close' }

export interface RequestHead {
  readonly method: string
  /** Raw, as it stands in the request line. */
  readonly target: string
  readonly headers: readonly Header[]
  readonly framing: Framing
}

export interface ResponseHead {
  readonly status: number
  readonly headers: readonly Header[]
  readonly framing: Framing
}

/**
 * Reads a request's head, its empty line included.
 *
 * @param known Lines that came before, where many heads are read.
 */
export function readRequestHead(bytes: Uint8Array, known?: KnownLines): RequestHead | Refusal {
  const lines = linesOf(bytes)
  const found = REQUEST_LINE.exec(lines[0]!)
  if (found === null) return refusedRequestLine(lines[0]!)
  const [, method, target, minor] = found
  const headers = headersIn(lines, 400, known)
  if ('reason' in headers) return headers
  const framing = framingOf(headers.list, { kind: 'length', length: 0 }, 400)
  if ('reason' in framing) return framing
  if (framing.kind === 'chunked' && minor === '0') return refuse(400, 'it is HTTP/1.0 and has a Transfer-Encoding')
  return { method: method!, target: target!, headers: headers.list, framing }
}

/**
 * Reads a response's head.
 *
 * @param method Of the request it answers: an answer to HEAD has no body.
 */
export function readResponseHead(bytes: Uint8Array, method: string, known?: KnownLines): ResponseHead | Refusal {
  const lines = linesOf(bytes)
  const found = STATUS_LINE.exec(lines[0]!)
  if (found === null) return refuse(502, 'the answer of the upstream does not begin with a status line of HTTP/1.1')
  const status = Number(found[1])
  const headers = headersIn(lines, 502, known)
  if ('reason' in headers) return headers
  const framing = framingOf(headers.list, { kind: 'close' }, 502)
  if ('reason' in framing) return framing
  const empty = method === 'HEAD' || status < 200 || status === 204 || status === 304
  return { status, headers: headers.list, framing: empty ? { kind: 'length', length: 0 } : framing }
}

/** The values of a header, in order. */
export function valuesOf({ headers }: Pick<RequestHead, 'headers'>, lowerName: string): readonly string[] {
  const isNamed = ([name]: Header): boolean => name.length === lowerName.length && name.toLowerCase() === lowerName
  // Of most names there is none.
  return headers.some(isNamed) ? headers.filter(isNamed).map(([, value]) => value) : NO_VALUES
}

/** Lines of headers or trailers; one that breaks the grammar refuses the message. */
export function headerLine(line: string): Header | string {
  const found = HEADER_LINE.exec(line)
  if (found !== null) return [found[1]!, found[2]!]
  if (NAME_AND_COLON.test(line)) return 'a header value has a control character'
  if (/^[ \t]/.test(line)) return 'a header is folded over two lines'
  if (/^[^:]*[ \t]:/.test(line)) return 'a space stands before the colon of a header'
  return 'a header line has no valid name and colon'
}

function linesOf(bytes: Uint8Array): readonly string[] {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length - HEAD_END)
    .toString('latin1')
    .split('\r\n')
}

function headersIn(
  lines: readonly string[],
  status: number,
  known: KnownLines | undefined,
): { readonly list: readonly Header[] } | Refusal {
  const list: Header[] = []
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i]!
    const header = known === undefined ? headerLine(line) : known.header(line, headerLine)
    if (typeof header === 'string') return refuse(status, header)
    list.push(header)
  }
  return { list }
}

function framingOf(headers: readonly Header[], none: Framing, status: number): Framing | Refusal {
  let length: string | undefined
  let encoding: string | undefined
  for (const [name, value] of headers) {
    // Both names are longer than most, and few have their length.
    if (name.length !== CONTENT_LENGTH.length && name.length !== TRANSFER_ENCODING.length) continue
    const lower = name.toLowerCase()
    if (lower === CONTENT_LENGTH) {
      if (length !== undefined) return refuse(status, 'it has two Content-Length headers')
      length = value.trim()
      if (!LENGTH.test(length)) return refuse(status, 'its Content-Length is not a plain number')
    } else if (lower === TRANSFER_ENCODING) {
      if (encoding !== undefined) return refuse(status, 'it has two Transfer-Encoding headers')
      encoding = value.replace(/^[ \t]+|[ \t]+$/g, '').toLowerCase()
      if (encoding !== 'chunked') return refuse(status === 400 ? 501 : status, 'its Transfer-Encoding is not "chunked" alone')
    }
  }
  if (length !== undefined && encoding !== undefined) return refuse(status, 'it has both Content-Length and Transfer-Encoding')
  if (encoding !== undefined) return { kind: 'chunked' }
  return length === undefined ? none : { kind: 'length', length: Number(length) }
}

function refusedRequestLine(line: string): Refusal {
  if (line === 'PRI * HTTP/2.0') return refuse(505, 'it is HTTP/2, and the relay speaks HTTP/1.1')
  if (/ HTTP\/(?!1\.[01]$)\d/.test(line)) return refuse(505, 'its version is not HTTP/1.0 or HTTP/1.1')
  return refuse(400, 'its first line is not "METHOD target HTTP/1.1" with one space between each')
}

function refuse(status: number, reason: string): Refusal {
  return { status, reason }
}

const NO_VALUES: readonly string[] = []
const HEAD_END = 4
const REQUEST_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}) ([\x21-\x7e\x80-\xff]+) HTTP\/1\.([01])$/
const STATUS_LINE = /^HTTP\/1\.[01] ([1-9]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/
/** One space after the colon is the usual form and belongs to no value; what stands there besides is kept. */
const HEADER_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+): ?([\t\x20-\x7e\x80-\xff]*)$/
const NAME_AND_COLON = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+:/
const CONTENT_LENGTH = 'content-length'
const TRANSFER_ENCODING = 'transfer-encoding'
/** Fifteen digits are an exact number. */
const LENGTH = /^\d{1,15}$/
