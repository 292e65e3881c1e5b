/**
 * HTTP messages as they stand in captures and logs: start line, header lines and, where it is whole, the body.
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-2.1
 */
import { bytesOf, type Header } from '../sigv4/index.js'
import type { Line } from './log-lines.js'

export type HttpMessage = {
  readonly first: Line
  readonly last: Line
  /** What stood before the start line: a log header, "> ". */
  readonly prefix: string
  readonly headers: readonly Header[]
  /** The evidence ends among the headers, perhaps inside one. */
  readonly cut: boolean
  /** The headers end with an empty line. */
  readonly closed: boolean
} & (
  | {
      readonly kind: 'request'
      readonly method: string
      readonly target: string
      readonly pseudo: boolean
      readonly scheme?: 'http' | 'https'
      readonly body: Uint8Array | undefined
    }
  | { readonly kind: 'response'; readonly status: number }
)

/** The messages in these lines, in order. `text` is what the lines were cut from: bodies are taken from it byte for byte. */
export function httpMessages(text: string, lines: readonly Line[]): readonly HttpMessage[] {
  const found: HttpMessage[] = []
  const fences = lines.flatMap(({ text: line, start }) => (FENCE.test(line) ? [start] : []))
  for (let i = 0; i < lines.length; ) {
    const start = startLine(lines[i]!.text)
    if (start === undefined) {
      i++
      continue
    }
    const from = start.pseudo === undefined ? i + 1 : i
    const { headers, next, prefixed } = headersAfter(lines, from, nextPrefix(lines[from]?.text ?? '', start.prefix))
    const seen = {
      first: lines[i]!,
      last: lines[Math.max(i, next - 1)]!,
      prefix: start.prefix,
      headers: headers.filter(([name]) => !name.startsWith(':')),
      closed: lines[next]?.text.slice(0, 200).trim() === '' && next < lines.length - 1,
      cut: next >= lines.length - 1 && lines.at(-1)!.text.trim() !== '' && startLine(lines[next]?.text ?? '') === undefined,
    }
    if (start.status !== undefined) found.push({ ...seen, kind: 'response', status: start.status })
    else if (start.pseudo !== undefined) for (const one of pseudoMessage(seen, headers)) found.push(one)
    else
      found.push({
        ...seen,
        kind: 'request',
        ...start.request,
        pseudo: false,
        // Only the first line has a prefix: the body has none.
        body: bodyAfter(text, lines, fences, next, start.request.method, prefixed || headers.length === 0 ? seen : { ...seen, prefix: '' }),
      })
    i = Math.max(next, i + 1)
  }
  return found
}

/** A header line's name and value; the value keeps every byte but the one space after the colon. */
export function headerLine(line: string): Header | undefined {
  const colon = line.indexOf(':', 1)
  if (colon < 1 || colon > 128) return undefined
  const name = line.slice(0, colon)
  return /^:?[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)
    ? [name, line[colon + 1] === ' ' ? line.slice(colon + 2) : line.slice(colon + 1)]
    : undefined
}

interface StartLine {
  readonly prefix: string
  readonly status?: number
  readonly pseudo?: true
  readonly request: { readonly method: string; readonly target: string }
}

function startLine(line: string): StartLine | undefined {
  const none = { method: '', target: '' }
  const at = line.indexOf('HTTP/')
  if (at >= 0 && line.length - at <= 9) {
    const match = REQUEST_LINE.exec(line)
    // A row of a trace holds a part of a line only.
    if (match !== null && !ROW.test(match[1]!)) return { prefix: match[1]!, request: { method: match[2]!, target: match[3]! } }
  }
  if (at >= 0 && at <= 200) {
    const match = STATUS_LINE.exec(line.slice(0, at + 120))
    if (match !== null) return { prefix: match[1]!, status: Number(match[2]), request: none }
  }
  const colon = line.indexOf(':')
  const pseudo = colon >= 0 && colon < 120 ? PSEUDO.exec(line.slice(0, colon + 20)) : null
  return pseudo === null ? undefined : { prefix: pseudo[1]!, pseudo: true, request: none }
}

function headersAfter(
  lines: readonly Line[],
  from: number,
  prefix: string,
): { readonly headers: readonly Header[]; readonly next: number; readonly prefixed: boolean } {
  const headers: Header[] = []
  const shape = digitless(prefix)
  let prefixed = false
  let i = from
  for (; i < lines.length; i++) {
    const raw = lines[i]!.text
    const line = prefix !== '' && digitless(raw.slice(0, prefix.length)) === shape ? raw.slice(prefix.length) : raw
    const last = headers.at(-1)
    if (line.trim() === '' || (startLine(line)?.pseudo === undefined && startLine(line) !== undefined)) break
    if (/^[ \t]/.test(line) && last !== undefined) {
      headers[headers.length - 1] = [last[0], last[1] + '\n' + line]
      continue
    }
    const header = headerLine(line)
    if (header === undefined || (raw === line && prefix !== '' && LOG_LINE.test(raw.slice(0, 60)))) break
    prefixed ||= raw !== line
    headers.push(header)
  }
  return { headers, next: i, prefixed }
}

/** The prefix of the next line, where that of the start line is cut at its head, or has more before it. */
function nextPrefix(next: string, prefix: string): string {
  if (prefix === '') return ''
  const [line, shape] = [digitless(next.slice(0, 400)), digitless(prefix)]
  const at = line.indexOf(shape)
  if (at >= 0) return next.slice(0, at + prefix.length)
  for (let from = 1; from <= prefix.length - 3; from++) if (line.startsWith(shape.slice(from))) return prefix.slice(from)
  return prefix
}

function pseudoMessage(seen: Omit<HttpMessage, 'kind'>, headers: readonly Header[]): readonly HttpMessage[] {
  const value = (name: string): string | undefined => headers.find(([given]) => given === name)?.[1]
  const [method, target, authority, status, scheme] = [':method', ':path', ':authority', ':status', ':scheme'].map(value)
  if (status !== undefined && /^\d{3}$/.test(status)) return [{ ...seen, kind: 'response', status: Number(status) }]
  if (method === undefined || target === undefined) return []
  const host: readonly Header[] =
    authority === undefined || seen.headers.some(([name]) => /^host$/i.test(name)) ? [] : [['host', authority]]
  return [
    {
      ...seen,
      headers: [...host, ...seen.headers],
      kind: 'request',
      method,
      target,
      pseudo: true,
      ...((scheme === 'http' || scheme === 'https') && { scheme }),
      body: BODILESS.test(method) && !seen.headers.some(([name]) => /^content-length$/i.test(name)) ? new Uint8Array() : undefined,
    },
  ]
}

/** The body, only where it is certain that all of it and nothing else is there. */
function bodyAfter(
  text: string,
  lines: readonly Line[],
  fences: readonly number[],
  next: number,
  method: string,
  seen: { readonly prefix: string; readonly headers: readonly Header[] },
): Uint8Array | undefined {
  const value = (name: string): string | undefined => seen.headers.find(([given]) => given.toLowerCase() === name)?.[1].trim()
  const length = value('content-length')
  const blank = lines[next]
  if (length === '0') return new Uint8Array()
  const from = blank === undefined || blank.text.trim() !== '' ? text.length : blank.end + 1
  const rest = text.slice(from, fenceAfter(fences, from))
  const encoded = value('transfer-encoding') !== undefined
  if (length !== undefined) {
    const size = /^\d{1,9}$/.test(length) ? Number(length) : Number.NaN
    const whole = size <= rest.length && seen.prefix === '' && !encoded && /^\s*$|^\r?\n/.test(rest.slice(size, size + 200))
    return whole ? bytesOf(rest.slice(0, size)) : undefined
  }
  if (encoded) return undefined
  const shown = rest.trim() !== '' && !opensMessage(lines, next + 1)
  if (BODILESS.test(method)) return shown && seen.prefix === '' && /^\s*[[{<]/.test(rest.slice(0, 200)) ? undefined : new Uint8Array()
  if (!shown || seen.prefix !== '' || lines.slice(next + 1).some(({ text: line }) => startLine(line) !== undefined)) return undefined
  return bytesOf(rest.replace(/\r?\n$/, ''))
}

/** Where the fence of a page ends, in which this offset stands: the fences of a text come in pairs. */
function fenceAfter(fences: readonly number[], at: number): number | undefined {
  let [low, high] = [0, fences.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (fences[middle]! >= at) high = middle
    else low = middle + 1
  }
  return low % 2 === 1 ? fences[low] : undefined
}

function opensMessage(lines: readonly Line[], from: number): boolean {
  let i = from
  while (i < lines.length && lines[i]!.text.trim() === '') i++
  return i < lines.length && startLine(lines[i]!.text) !== undefined
}

function digitless(text: string): string {
  return text.replace(/\d/g, '0')
}

const BODILESS = /^(?:GET|HEAD|DELETE|OPTIONS)$/
const PREFIX = '(|.{0,200}?(?:[>:|\\])] ?|[>:|\\])] |=(?=[A-Z]{3,9} [/h])))'
const FENCE = /^ {0,3}(?:`{3,10}[\w-]{0,20}|~{3,10})[ \r]{0,10}$/
const ROW = /(?:^|\s)[0-9a-f]{4}: $/
const METHODS = 'GET|PUT|POST|DELETE|HEAD|PATCH|OPTIONS|TRACE|CONNECT|COPY|MOVE|MKCOL|LOCK|UNLOCK|PROPFIND|PROPPATCH|REPORT|QUERY'
const REQUEST_LINE = new RegExp(`^${PREFIX}(${METHODS}) (\\S.{0,16000}?) HTTP/(?:1\\.[01]|2(?:\\.0)?|3)$`)
const STATUS_LINE = /^(|.{0,200}?(?:[<>:|\])] ?))HTTP\/(?:1\.[01]|2(?:\.0)?|3) (\d{3})(?: .*)?$/
const PSEUDO = /^(|> ?|< ?|.{0,80}?[>:\]|<] ):(?:method|authority|scheme|path|status): ?\S/
const LOG_LINE = /^(?:\[?\d{4}[-/]\d\d[-/]\d\d[T ]|\w+: <\w+> |SDK \d{4}\/)/
