/**
 * Access logs of nginx, Apache and Traefik: the combined format, and formats of one's own that keep the request line quoted.
 * @see https://nginx.org/en/docs/http/ngx_http_log_module.html
 * @see https://httpd.apache.org/docs/current/logs.html
 */

import { isHost, isStatus, type Line, type LogField, logFields, logTime, requestLineIn, unescapedField } from '../../text/index.js'
import { isEnvoyLine } from './envoy-log.js'
import { isHaproxyLine } from './haproxy-log.js'
import { isLoadBalancerLine } from './load-balancer-log.js'
import { requestLogReader, requestsByLine } from './log-reader.js'
import type { LoggedRequest } from './logged-requests.js'
import { isS3Line } from './s3-access-log.js'

export const accessLog = requestLogReader({
  id: 'access-log',
  reads: 'access logs of nginx, Apache and Traefik, in the combined format or with the request line in quotes',
  samples: [
    '10.1.4.7 - - [03/Mar/2025:08:15:30 +0000] "GET /reports/may%20one.pdf HTTP/1.1" 403 287 "-" "aws-cli/2.15.30 Python/3.11.8" "-"\n',
    'time="2025-03-03T08:15:30+01:00" host="files.example.com" request="PUT /up/a.bin HTTP/1.1" status=403 upstream="10.0.0.9:443" ua="Boto3/1.34.2 md/Botocore#1.34.2"\n',
    '172.20.0.1 - - [03/Mar/2025:08:15:30 +0000] "PUT /b/k HTTP/1.1" 403 314 "-" "MinIO (linux; amd64) minio-go/v7.0.66" 12 "s3@docker" "http://172.20.0.3:9000" 4ms\n',
  ],
  kind: { name: 'an access log', clock: 'hop' },
  requestsIn: requestsByLine(' HTTP/', requestIn),
})

/** A quoted request line, and a status after it (before it only by name). */
function requestIn(line: Line): LoggedRequest | undefined {
  // Python's HTTP library logs in the same form, and in the same log as its signer.
  if (line.text.includes('urllib3.connectionpool')) return undefined
  const fields = logFields(line.text)
  const at = fields.findIndex((field) => quotedRequest(field) !== undefined)
  const request = at < 0 ? undefined : quotedRequest(fields[at]!)
  if (request === undefined) return undefined
  const next = fields[at + 1]
  const status = next?.mark === '' && isStatus(next.text) ? next.text : named(fields, STATUS_NAMES)
  if (!isStatus(status)) return undefined
  if (isS3Line(fields) || isLoadBalancerLine(fields) || isEnvoyLine(fields) || isHaproxyLine(fields)) return undefined
  const time = fields.find((field) => field.mark === '[' && logTime(field.text) !== undefined)?.text ?? named(fields, TIME_NAMES)
  const agent = named(fields, AGENT_NAMES) ?? agentAfter(fields, at)
  const host = named(fields, HOST_NAMES)
  return {
    start: line.start,
    end: line.end,
    method: request.method,
    target: unescapedField(request.target),
    status: Number(status),
    time: time === undefined ? undefined : logTime(time),
    userAgent: agent === undefined ? undefined : unescapedField(agent),
    host: host !== undefined && isHost(host) ? host : undefined,
  }
}

/** The request line in a field: quoted, or the quoted value of `request="..."`. */
function quotedRequest(field: LogField): { readonly method: string; readonly target: string } | undefined {
  if (field.mark === '"') return requestLineIn(field.text)
  if (field.mark !== '' || !field.text.includes(' HTTP/')) return undefined
  const quote = field.text.indexOf('"')
  return quote < 1 ? undefined : requestLineIn(field.text.slice(quote + 1, field.text.indexOf('"', quote + 1)))
}

/** The value of the first `name=value` or `name:value` field with one of these names. */
function named(fields: readonly LogField[], names: RegExp): string | undefined {
  for (const { text, mark } of fields) {
    const match = mark === '' ? /^([A-Za-z_.]{1,40})[=:]"?/.exec(text) : null
    if (match !== null && names.test(match[1]!)) return text.slice(match[0].length).replace(/[",;]{1,3}$/, '')
  }
  return undefined
}

/** In the combined format the client is the second quoted field after the request line. */
function agentAfter(fields: readonly LogField[], at: number): string | undefined {
  return fields.slice(at + 1).filter(({ mark }) => mark === '"')[1]?.text
}

const STATUS_NAMES = /^(?:status|code|sc|http_status|status_code)$/i
const TIME_NAMES = /^(?:time|ts|timestamp|time_iso8601|msec)$/i
const AGENT_NAMES = /^(?:ua|agent|user_agent|http_user_agent|useragent)$/i
const HOST_NAMES = /^(?:host|http_host|vhost|authority)$/i
