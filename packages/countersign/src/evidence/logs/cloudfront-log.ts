/**
 * CloudFront logs: standard (tab-separated, with a #Fields line, or JSON) and real-time (tab-separated, no names).
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
 */

import { flatMembers, isStatus, jsonRecords, logLines, logTime } from '../../text/index.js'
import { LONGEST_LOG_LINE, requestLogReader } from './log-reader.js'
import type { LoggedRequest, LogHint } from './logged-requests.js'

export const cloudfrontLog = requestLogReader({
  id: 'cloudfront-log',
  reads: 'CloudFront logs, standard and real-time, with the host of the viewer beside that of the distribution',
  samples: [
    '#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol\n2025-03-03\t08:15:30\tDUB2-C1\t642\t198.51.100.7\tGET\td111111abcdef8.cloudfront.net\t/a%20b.pdf\t403\t-\tcurl/8.5.0\tX-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-SignedHeaders=host&X-Amz-Signature=***\t-\tError\tZKexample==\tcdn.example.com\thttps\n',
    '{"date":"2025-03-03","time":"08:15:30","cs-method":"PUT","cs(Host)":"d111111abcdef8.cloudfront.net","cs-uri-stem":"/k","sc-status":"403","cs(User-Agent)":"Boto3/1.34.2","cs-uri-query":"-","x-host-header":"cdn.example.com"}\n',
    '1740989730.112\t198.51.100.7\t0.020\t403\t642\tGET\thttps\td111111abcdef8.cloudfront.net\t/k\t410\tDUB2-C1\tZKexample==\tcdn.example.com\t0.021\tHTTP/2.0\tIPv4\tcurl/8.5.0\t-\t-\t-\tError\n',
  ],
  kind: { name: "CloudFront's log", clock: 'hop' },
  requestsIn,
})

function requestsIn(text: string): readonly LoggedRequest[] {
  if (text.includes('"cs-method"'))
    return jsonRecords(text).flatMap(({ start, end, value }) => requestOf(flatMembers(value), start, end) ?? [])
  if (!text.includes('\t')) return []
  let names: readonly string[] | undefined
  return logLines(text).flatMap((line) => {
    if (line.text.startsWith('#Fields:')) {
      names = line.text.slice(8).trim().split(/\s+/).map(plain)
      return []
    }
    const values = line.text.length > LONGEST_LOG_LINE ? [] : line.text.split('\t')
    const columns =
      names ?? (/^\d{4}-\d\d-\d\d$/.test(values[0] ?? '') ? STANDARD : /^1\d{9}\.\d{3}$/.test(values[0] ?? '') ? REAL_TIME : undefined)
    if (columns === undefined || values.length < 8) return []
    const row = new Map(columns.flatMap((name, i) => (values[i] === undefined || values[i] === '-' ? [] : [[name, values[i]!] as const])))
    return requestOf(row, line.start, line.end) ?? []
  })
}

function requestOf(row: ReadonlyMap<string, string>, start: number, end: number): LoggedRequest | undefined {
  const get = (name: string): string | undefined => (row.get(name) === '-' ? undefined : row.get(name))
  const [method, path, status] = [get('csmethod'), get('csuristem'), get('scstatus')]
  if (method === undefined || !/^[A-Z]{3,10}$/.test(method) || path === undefined || !path.startsWith('/') || !isStatus(status))
    return undefined
  const query = get('csuriquery')
  const host = get('xhostheader') ?? get('cshost')
  const own = get('cshost')
  const time = get('timestamp') ?? (get('date') === undefined ? undefined : `${get('date')}T${get('time')}Z`)
  return {
    start,
    end,
    method,
    target: query === undefined ? path : `${path}?${query}`,
    host,
    status: Number(status),
    userAgent: get('csuseragent')?.replace(/%20/g, ' '),
    time: time === undefined ? undefined : logTime(time),
    hints: hostHints(host, own, query),
  }
}

/** A presigned URL is for one host. CloudFront sends the origin's name, unless a policy passes the viewer's on. */
function hostHints(host: string | undefined, own: string | undefined, query: string | undefined): readonly LogHint[] {
  if (host === undefined || query === undefined || !/(?:^|&)X-Amz-(?:Signature|Algorithm)=/.test(query)) return []
  const distribution = own === undefined || own === host ? 'the distribution' : own
  const message = `The presigned request came to ${host}, which is ${distribution} of CloudFront; the origin is sent its own name as Host unless an origin request policy passes the viewer's on.`
  return [{ about: 'host-rewritten', strength: 'fair', message, values: { host } }]
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

const STANDARD =
  'date time x-edge-location sc-bytes c-ip cs-method cs(host) cs-uri-stem sc-status cs(referer) cs(user-agent) cs-uri-query cs(cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol'
    .split(' ')
    .map(plain)
const REAL_TIME =
  'timestamp c-ip time-to-first-byte sc-status sc-bytes cs-method cs-protocol cs-host cs-uri-stem cs-bytes x-edge-location x-edge-request-id x-host-header time-taken cs-protocol-version c-ip-version cs-user-agent cs-referer cs-cookie cs-uri-query'
    .split(' ')
    .map(plain)
