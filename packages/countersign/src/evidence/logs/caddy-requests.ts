/**
 * Whole requests in Caddy's JSON logs: as they came (access log), and as its reverse proxy sent them on (debug level).
 * Go has sorted and respelled the header names, and Authorization is hidden unless log_credentials is on.
 * @see https://caddyserver.com/docs/caddyfile/directives/log
 */

import type { EvidenceSource, Observation } from '../../case/index.js'
import type { Header, HttpRequest } from '../../sigv4/index.js'
import { byteText, isMasked, type JsonRecord, memberOf } from '../../text/index.js'
import { bodyOf, hopObservations, type Logged } from './hop-flow.js'

/** Whether a record is one of Caddy's that shows a request with its headers. */
export function isCaddyRecord(value: unknown): boolean {
  return typeof memberOf(memberOf(value, 'request'), 'uri') === 'string' && typeof memberOf(value, 'logger') === 'string'
}

/** The requests that Caddy sent on and that were refused, and what it changed between receiving and sending them. */
export function caddyObservations(source: EvidenceSource, records: readonly JsonRecord[]): readonly Observation[] {
  const found: Observation[] = []
  for (const { start, end, value } of records) {
    if (!isCaddyRecord(value) || found.length > 200) continue
    const status = memberOf(value, 'status')
    if (memberOf(value, 'msg') !== 'upstream roundtrip' || (status !== 400 && status !== 401 && status !== 403)) continue
    const place = { location: { source: source.name, start, end }, fidelity: 'normalized' } as const
    const seen = (what: HttpRequest): Logged<HttpRequest> => ({ ...place, what })
    const sent = requestOf(memberOf(value, 'request'))
    const came = cameAs(records, sent)
    found.push(
      ...hopObservations(source, {
        hop: 'Caddy',
        came: came === undefined ? undefined : seen(came),
        sent: seen(sent),
        answer: { ...place, what: { status, headers: headersOf(memberOf(value, 'headers')) } },
      }),
    )
  }
  return found
}

/** The access log's record of the same request: Caddy writes it after the answer, with the same signing date. */
function cameAs(records: readonly JsonRecord[], sent: HttpRequest): HttpRequest | undefined {
  const date = headerText(sent, 'x-amz-date')
  for (const { value } of records.slice(0, MOST_COMPARED)) {
    if (memberOf(value, 'msg') !== 'handled request' || !isCaddyRecord(value)) continue
    const came = requestOf(memberOf(value, 'request'))
    if (came.method === sent.method && date !== undefined && headerText(came, 'x-amz-date') === date) return came
  }
  return undefined
}

function requestOf(value: unknown): HttpRequest {
  const text = (name: string): string => {
    const member = memberOf(value, name)
    return typeof member === 'string' ? byteText(member) : ''
  }
  const headers = headersOf(memberOf(value, 'headers')).filter(([name, given]) => !(/^authorization$/i.test(name) && isMasked(given)))
  const method = text('method')
  return { method, target: text('uri'), headers: [['Host', text('host')], ...headers], body: bodyOf(method, headers) }
}

function headersOf(value: unknown): readonly Header[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, values]) =>
    (Array.isArray(values) ? values : []).flatMap((one): Header[] => (typeof one === 'string' ? [[byteText(name), byteText(one)]] : [])),
  )
}

function headerText(request: HttpRequest, name: string): string | undefined {
  return request.headers.find(([given]) => given.toLowerCase() === name)?.[1]
}

const MOST_COMPARED = 2000
