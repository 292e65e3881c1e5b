/**
 * HAProxy's HTTP log (`option httplog`).
 * @see https://docs.haproxy.org/3.0/configuration.html#8.2.3
 */

import { isHost, isStatus, type Line, type LogField, logFields, requestLineIn, unescapedField } from '../../text/index.js'
import { requestLogReader, requestsByLine } from './log-reader.js'
import type { LoggedRequest } from './logged-requests.js'

export const haproxyLog = requestLogReader({
  id: 'haproxy-log',
  reads: "HAProxy's HTTP log, with the headers it captures where they are a host or a client",
  samples: [
    'Mar  3 08:15:30 edge1 haproxy[812]: 10.4.0.9:51234 [03/Mar/2025:08:15:30.101] s3-in s3-out/minio1 0/0/1/7/8 403 512 - - ---- 2/2/0/0/0 0/0 {files.example.com|aws-cli/2.15.30} "PUT /bucket-one/k.txt HTTP/1.1"\n',
    '<134>Mar  3 08:15:31 haproxy[812]: 10.4.0.9:51235 [03/Mar/2025:08:15:31.000] s3-in~ s3-out/minio1 0/0/1/5/6 403 480 - - ---- 1/1/0/0/0 0/0 "GET https://files.example.com/bucket-one/a%20b HTTP/2.0"\n',
  ],
  kind: { name: "HAProxy's log", clock: 'hop' },
  requestsIn: requestsByLine(' HTTP/', requestIn),
})

/** Whether a line is HAProxy's: a time in brackets without a zone, and five timers that stand before the status. */
export function isHaproxyLine(fields: readonly LogField[]): boolean {
  return timersOf(fields) >= 0
}

function timersOf(fields: readonly LogField[]): number {
  const at = fields.findIndex(({ text, mark }) => mark === '' && TIMERS.test(text))
  return at > 0 && isStatus(fields[at + 1]?.text) && fields.some(({ text, mark }) => mark === '[' && ACCEPTED.test(text)) ? at : -1
}

function requestIn(line: Line): LoggedRequest | undefined {
  const fields = logFields(line.text)
  const at = timersOf(fields)
  const last =
    at < 0
      ? undefined
      : fields
          .slice(at)
          .filter(({ mark }) => mark === '"')
          .at(-1)
  // HAProxy cuts long lines: a request line without its end is not one.
  const request = last === undefined ? undefined : requestLineIn(last.text)
  if (request === undefined) return undefined
  const captured =
    fields
      .slice(at)
      .find(({ mark }) => mark === '{')
      ?.text.split('|') ?? []
  return {
    start: line.start,
    end: line.end,
    method: request.method,
    target: unescapedField(request.target, true),
    status: Number(fields[at + 1]!.text),
    host: captured.find((value) => isHost(value) && !/^[\d.:]+$/.test(value)),
    userAgent: captured.find((value) => /^[\w.-]{2,40}\/v?\d/.test(value)),
  }
}

const TIMERS = /^-?\d{1,9}(?:\/[+-]?\d{1,9}){4}$/
const ACCEPTED = /^\d\d\/[A-Z][a-z]{2}\/\d{4}:[\d:.]{8,15}$/
