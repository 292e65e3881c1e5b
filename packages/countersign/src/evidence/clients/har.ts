/**
 * HTTP archives (HAR 1.2) as browsers save them: signed requests, and refusals by AWS.
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { bytesOf, type Header, utf8ByteString } from '../../sigv4/index.js'
import { presignedBy, urlParts } from '../../text/index.js'
import { clientObservations, responseObservations } from './http-observations.js'

export const har: EvidenceReader = {
  id: 'har',
  reads: 'HTTP archives (.har): the signed requests in them and the answers to those',
  samples: [
    '{"log":{"version":"1.2","entries":[{"request":{"method":"GET","url":"https://examplebucket.s3.amazonaws.com/a.txt","headers":[{"name":"Host","value":"examplebucket.s3.amazonaws.com"},{"name":"Authorization","value":"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=***"}]},"response":{"status":403,"headers":[]}}]}}',
    '{"log":{"version":"1.2","entries":[{"request":{"method":"GET","url":"https://www.example.com/","headers":[]},"response":{"status":200,"headers":[]}}]}}',
  ],
  recognize: (text) =>
    /^\s{0,100}\{/.test(text) && /"log"\s{0,20}:\s{0,20}\{/.test(text.slice(0, 20_000)) && /"entries"\s{0,20}:/.test(text),
  read,
}

function read({ name, text, side }: EvidenceSource): readonly Observation[] {
  if (!har.recognize(text)) return []
  const whole = { location: { source: name, start: 0, end: text.length }, fidelity: 'normalized' } as const
  const entries = entriesOf(text)
  if (entries === undefined)
    return [{ ...whole, kind: 'unreadable', reason: 'looks like an HTTP archive, but is not whole JSON with log.entries' }]
  const places = placesOf(text, entries)
  const found = entries.flatMap((entry, i): Observation[] => {
    const seen = { location: { source: name, ...places[i]! }, fidelity: 'normalized', exchange: `entry ${i}` } as const
    const [given, answer] = [field(entry, 'request'), field(entry, 'response')]
    const [method, address, status] = [string(field(given, 'method')), string(field(given, 'url')), field(answer, 'status')]
    const url = urlParts(address)
    if (url === undefined) return []
    const [sent, received] = [headersOf(given), headersOf(answer)]
    const signed =
      presignedBy(address) !== undefined || sent.some(([header, value]) => /^authorization$/i.test(header) && /^AWS/.test(value))
    const refused = (status === 403 || status === 400) && received.some(([header]) => /^x-amz(?:n|-)/i.test(header))
    if (!signed && !refused) return []
    const host = sent.find(([header]) => header === ':authority')?.[1] ?? url.host
    const plain = sent.filter(([header]) => !header.startsWith(':'))
    const headers: readonly Header[] = plain.some(([header]) => /^host$/i.test(header)) ? plain : [['host', host], ...plain]
    const posted = field(field(given, 'postData'), 'text')
    const body = typeof posted === 'string' ? bytesOf(string(posted)) : /^(?:GET|HEAD|DELETE)$/.test(method) ? new Uint8Array() : undefined
    const request: Observation = {
      ...seen,
      kind: 'request',
      side: side ?? 'wire',
      request: { method, target: url.target, headers, body },
      scheme: url.scheme,
      vantage: 'client',
    }
    const response = typeof status === 'number' && status >= 100 ? responseObservations(seen, status, received) : []
    return [request, ...clientObservations(seen, headers), ...response]
  })
  if (found.length > 0) return found
  return [
    {
      ...whole,
      kind: 'unreadable',
      reason: `is an HTTP archive of ${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}, none signed`,
    },
  ]
}

/** Where each entry stands: from its URL to that of the next. JSON.parse tells no offsets. */
function placesOf(text: string, entries: readonly unknown[]): readonly { readonly start: number; readonly end: number }[] {
  const starts: number[] = []
  let at = 0
  for (const entry of entries) {
    const url = JSON.stringify(string(field(field(entry, 'request'), 'url')))
    const found = text.indexOf(url, at)
    if (found >= 0) at = found
    starts.push(at)
    at += found >= 0 ? url.length : 0
  }
  return starts.map((start, i) => ({ start, end: Math.max(start, starts[i + 1] ?? text.length) }))
}

function entriesOf(text: string): readonly unknown[] | undefined {
  try {
    const entries = field(field(JSON.parse(text), 'log'), 'entries')
    return Array.isArray(entries) ? entries : undefined
  } catch {
    return undefined
  }
}

function headersOf(message: unknown): readonly Header[] {
  const headers = field(message, 'headers')
  return Array.isArray(headers) ? headers.map((header) => [string(field(header, 'name')), string(field(header, 'value'))] as const) : []
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}

/** A JSON string as a byte string: what stood there as bytes already is one, what was escaped becomes UTF-8. */
function string(value: unknown): string {
  if (typeof value !== 'string') return ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a byte string holds any byte
  return /^[\u0000-\u00ff]*$/.test(value) ? value : utf8ByteString(value)
}
