/**
 * Recordings of this project's own proxy: JSON Lines, one flow a line, with every byte of target and headers.
 * The format is written down in docs/evidence/recording.md.
 */

import type { EvidenceReader, EvidenceSource, Observation, ObservationOf } from '../../case/index.js'
import { bytesOf, type Header, type HttpRequest } from '../../sigv4/index.js'
import { type Location, memberOf } from '../../text/index.js'
import { bodyOf, hopObservations } from '../logs/hop-flow.js'
import { errorJson } from '../refusals/error-json.js'
import { queryErrorXml } from '../refusals/query-error-xml.js'
import { s3ErrorXml } from '../refusals/s3-error-xml.js'
import { notatedLines } from './notated-messages.js'

export const recording: EvidenceReader = {
  id: 'recording',
  reads: 'recordings of a hop (JSON Lines, format in docs/evidence/recording.md)',
  samples: [
    '{"countersign":"recording","schemaVersion":1,"hop":"proxy","at":"2025-03-03T08:15:31Z","received":{"method":"GET","target":"/photos//a%20b.txt","headers":[["Host","files.example.com"],["X-Amz-Date","20250303T081530Z"],["Authorization","AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20250303/eu-west-3/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=***"]],"body":{"base64":""}},"sent":{"method":"GET","target":"/photos/a%20b.txt","headers":[["Host","store:9000"],["X-Amz-Date","20250303T081530Z"]],"body":{"base64":""}},"response":{"status":403,"headers":[["Server","MinIO"]],"body":{"text":"<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message></Error>"}}}\n',
    '{"countersign":"recording","schemaVersion":1,"hop":"edge","sent":{"method":"PUT","target":"/b/k","headers":[["Host","store:9000"]],"body":{"sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824","length":5}}}\n',
  ],
  recognize: (text) => MARK.test(text),
  read,
}

function read(source: EvidenceSource): readonly Observation[] {
  if (!MARK.test(source.text)) return []
  return notatedLines(source.text).flatMap((line) => {
    if (!MARK.test(line.text)) return []
    const location = { source: source.name, start: line.start, end: line.end }
    const flow = parsed(line.text)
    if (flow === undefined) return [unreadable(location, 'a line of the recording is not whole JSON')]
    const version = memberOf(flow, 'schemaVersion')
    if (version !== 1 && version !== 2)
      return [unreadable(location, `the recording has schema version ${JSON.stringify(version)}; this reads versions 1 and 2`)]
    return flowSeen(source, flow, location)
  })
}

function flowSeen(source: EvidenceSource, flow: unknown, location: Location): readonly Observation[] {
  const place = { location, fidelity: 'exact' } as const
  const [came, sent] = [memberOf(flow, 'received'), memberOf(flow, 'sent')].map((value) => {
    const what = requestOf(value)
    return what === undefined ? undefined : { what, ...place, ...bodyHashIn(memberOf(value, 'body')) }
  })
  const response = memberOf(flow, 'response')
  const status = memberOf(response, 'status')
  const named = memberOf(flow, 'hop')
  const seen = hopObservations(source, {
    hop: typeof named === 'string' && /^[\w. -]{1,60}$/.test(named) ? `The hop "${named}"` : 'The recorded hop',
    came,
    sent,
    answer: typeof status === 'number' ? { what: { status, headers: headersOf(response) }, ...place } : undefined,
  })
  // Whatever a hop makes of a request, what stands in one line is of one exchange.
  return seen
    .concat(errorIn(memberOf(memberOf(response, 'body'), 'text'), location))
    .map((one) => ({ ...one, exchange: `flow ${location.start}` }))
}

function bodyHashIn(body: unknown): Pick<ObservationOf<'request'>, 'bodySeen'> {
  const [sha256, length] = [memberOf(body, 'sha256'), memberOf(body, 'length')]
  const known = typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256) && typeof length === 'number'
  return known ? { bodySeen: { sha256, length } } : {}
}

/** What the excerpt of the answer's body says. Its bytes are exact, its place is the line. */
function errorIn(text: unknown, location: Location): readonly Observation[] {
  if (typeof text !== 'string') return []
  return [s3ErrorXml, queryErrorXml, errorJson]
    .filter((reader) => reader.recognize(text))
    .flatMap((reader) => reader.read({ name: location.source, text }))
    .map((one) => ({ ...one, location }))
}

function requestOf(value: unknown): HttpRequest | undefined {
  const [method, target] = [memberOf(value, 'method'), memberOf(value, 'target')]
  if (typeof method !== 'string' || typeof target !== 'string') return undefined
  const headers = headersOf(value)
  const body = memberOf(value, 'body')
  const base64 = memberOf(body, 'base64')
  return {
    method,
    target,
    headers,
    body: typeof base64 === 'string' ? decoded(base64) : body === undefined ? bodyOf(method, headers) : undefined,
  }
}

function headersOf(value: unknown): readonly Header[] {
  const headers = memberOf(value, 'headers')
  if (!Array.isArray(headers)) return []
  return headers.flatMap((pair): Header[] =>
    Array.isArray(pair) && typeof pair[0] === 'string' && typeof pair[1] === 'string' ? [[pair[0], pair[1]]] : [],
  )
}

function decoded(base64: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.length % 4 !== 0) return undefined
  let bits = 0
  let held = 0
  let bytes = ''
  for (const char of base64.replace(/(?<!=)=+$/, '')) {
    held = ((held << 6) | ALPHABET.indexOf(char)) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes += String.fromCharCode((held >> bits) & 255)
    }
  }
  return bytesOf(bytes)
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

function unreadable(location: Location, reason: string): Observation {
  return { kind: 'unreadable', reason, location, fidelity: 'exact' }
}

const MARK = /^\s{0,8}\{"countersign"\s{0,2}:\s{0,2}"recording"/m
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
