/**
 * HTTP requests and responses as text: captures, SDK dumps, echo servers, and responses printed as objects.
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-2.1
 */

import type { EvidenceReader, EvidenceSource, Observation, Side } from '../../case/index.js'
import type { Header } from '../../sigv4/index.js'
import {
  dictionaryAt,
  headerLine,
  httpMessages,
  type Line,
  locationOf,
  logLines,
  presignedBy,
  quotedText,
  urlParts,
} from '../../text/index.js'
import { isWireLog } from './client-wire-log.js'
import { isCurlTrace } from './curl-trace.js'
import { isCurlVerbose } from './curl-verbose.js'
import { messageObservations, responseObservations } from './http-observations.js'
import { isInspectorText } from './inspector-text.js'
import { isPacketText } from './packet-text.js'

export const httpMessage: EvidenceReader = {
  id: 'http-message',
  reads: 'HTTP requests and responses as text, also with log prefixes, several in one file, and echo dumps',
  samples: [
    'GET /photos/a%20b.jpg HTTP/1.1\nHost: examplebucket.s3.amazonaws.com\nX-Amz-Date: 20130524T000000Z\n\nHTTP/1.1 403 Forbidden\nServer: AmazonS3\n',
    'HttpRequest HTTP/1.1 GET:/test/\n\nquery: ?"list-type=2"\n\nheaders:\n"x-amz-date": "20250217T041216Z"\n"host": "localhost"\n',
    'x-amz-content-sha256: 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
  ],
  recognize,
  read,
}

function recognize(text: string): boolean {
  if (isCurlVerbose(text) || isCurlTrace(text) || isPacketText(text) || isWireLog(text) || isInspectorText(text)) return false
  if (/(?:^|[\s>:|\])=])(?:[A-Z]{3,10} [^\s]{1,4000} HTTP\/[123]|HTTP\/[123](?:\.[01])? \d{3})/.test(text)) return true
  if (/^(?:> ?)?:method: |HttpRequest HTTP\/|\bResponse ?\{|http\.Response\{/m.test(text)) return true
  if (/^(?:[A-Z]{3,8}) https?:\/\/\S{1,8000}[ \t\r]*$/m.test(text)) return true
  return bareHeaders(logLines(text)) !== undefined
}

function read(source: EvidenceSource): readonly Observation[] {
  if (!recognize(source.text)) return []
  const lines = logLines(source.text)
  const side = source.side ?? (SDK_DUMP.test(source.text) ? 'signer' : 'wire')
  const messages = httpMessages(source.text, lines)
  const found: Observation[] = messages.flatMap((message) =>
    messageObservations(source.name, message, side, message.cut || (message.kind === 'request' && message.pseudo) ? 'normalized' : 'exact'),
  )
  const others = [...echoDumps(source.name, lines, side), ...oneLiners(source.name, lines, side), ...objectDumps(source)]
  const all = [...found, ...others].sort((a, b) => a.location.start - b.location.start)
  if (all.some(({ kind }) => kind === 'request')) return all
  const bare = messages.length > 0 ? undefined : bareHeaders(lines)
  if (bare === undefined) return all
  const location = locationOf(source.name, bare.first, bare.last)
  return [
    ...all,
    { kind: 'request', side, location, fidelity: 'inferred', request: { method: '', target: '', headers: bare.headers, body: undefined } },
  ]
}

/** Header lines and nothing else: somebody copied the middle of a request. Canonical headers ("x-amz-date:2024...") are not these. */
function bareHeaders(
  lines: readonly Line[],
): { readonly headers: readonly Header[]; readonly first: Line; readonly last: Line } | undefined {
  const full = lines.filter(({ text }) => text.trim() !== '')
  return full.length > 100 ? undefined : (headersIn(full) ?? headersIn(shownByCat(full)))
}

/** What a command shows of a file: the lines behind it, up to the next command. */
function shownByCat(lines: readonly Line[]): readonly Line[] {
  const at = lines.findIndex(({ text }) => CAT.test(text.slice(0, 200)))
  if (at < 0) return []
  const end = lines.findIndex(({ text }, i) => i > at && PROMPT.test(text))
  return lines.slice(at + 1, end < 0 ? undefined : end)
}

function headersIn(full: readonly Line[]): { readonly headers: readonly Header[]; readonly first: Line; readonly last: Line } | undefined {
  const [first, last] = [full[0], full.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const headers = full.map(({ text }) => headerLine(text.trim()))
  if (!headers.every((header): header is Header => header !== undefined)) return undefined
  if (!full.some(({ text }) => /^\s*[\w-]+: /.test(text.slice(0, 140)))) return undefined
  if (!headers.some(([name]) => /^(?:x-amz-(?:date|content-sha256|security-token|target)|host)$/i.test(name))) return undefined
  return { headers, first, last }
}

/** The dump of a request by an echo server: `HttpRequest HTTP/1.1 GET:/test/`, then quoted pairs. */
function* echoDumps(source: string, lines: readonly Line[], side: Side): Iterable<Observation> {
  for (let i = 0; i < lines.length; i++) {
    const start = /^HttpRequest HTTP\/[\d.]{1,3} ([A-Z]{3,10}):(\S{0,8000})/.exec(lines[i]!.text)
    if (start === null) continue
    const headers: Header[] = []
    let query = ''
    let last = i
    for (let j = i + 1; j < lines.length; j++) {
      const line = lines[j]!.text.trim()
      const name = quotedText(line, 0)
      const value =
        name === undefined ? undefined : quotedText(line, name.end + (/^:\s{0,4}/.exec(line.slice(name.end))?.[0].length ?? line.length))
      if (name !== undefined && value !== undefined) headers.push([name.value, value.value])
      else if (line.startsWith('query: ?')) query = '?' + (quotedText(line, 8)?.value ?? line.slice(8))
      else if (line !== '' && line !== 'headers:') break
      last = j
    }
    const request = {
      method: start[1]!,
      target: start[2]! + query,
      headers,
      body: /^(?:GET|HEAD|DELETE)$/.test(start[1]!) ? new Uint8Array() : undefined,
    }
    yield { kind: 'request', side, location: locationOf(source, lines[i], lines[last]), fidelity: 'normalized', request }
  }
}

/** `GET https://host/path` alone on a line. A presigned URL is left to its own reader. */
function* oneLiners(source: string, lines: readonly Line[], side: Side): Iterable<Observation> {
  for (const line of lines) {
    const match = /^([A-Z]{3,8}) (https?:\/\/\S{1,8000})\s{0,8}$/.exec(line.text)
    const url = match === null || presignedBy(match[2]!) !== undefined ? undefined : urlParts(match[2]!)
    if (match === null || url === undefined) continue
    const request = { method: match[1]!, target: url.target, headers: [['Host', url.host] as const], body: undefined }
    yield { kind: 'request', side, location: locationOf(source, line), fidelity: 'inferred', request, scheme: url.scheme }
  }
}

/** A response printed as an object: Rust's `Response { status: 403, headers: {..} }`, Go's `http.Response{StatusCode:403, ..}`. */
function* objectDumps({ name, text }: EvidenceSource): Iterable<Observation> {
  for (const match of text.matchAll(/\bResponse ?\{[^{}]{0,300}?\b[sS]tatus(?:Code)?: ?(?:StatusCode\()?(\d{3})\b/g)) {
    const near = text.slice(match.index, match.index + 4000)
    const at = /\b[hH]eaders?: ?(?:http\.Header|Headers ?\{ ?headers: ?)?\{/.exec(near)
    const headers = at === null ? undefined : dictionaryAt(near, at.index + at[0].length - 1)
    const location = { source: name, start: match.index, end: match.index + (headers?.end ?? match[0].length) }
    yield* responseObservations({ location, fidelity: 'normalized' }, Number(match[1]), headers?.pairs ?? [])
  }
}

const CAT = /^\S{0,60}[$#%>] (?:cat|type|more|less|head|bat) [^|]{1,150}$/
const PROMPT = /^\S{0,60}[$#%] \S/
const SDK_DUMP = /---\[ REQUEST POST-SIGN|^SDK \d{4}\/\d\d\/\d\d .{0,40}DEBUG Request|HTTP REQUEST \(req |-START-HTTP-|mc: <DEBUG> /m
