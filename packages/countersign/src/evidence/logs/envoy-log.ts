/**
 * Envoy's default access log, and Istio's, which has more fields of the same kinds.
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#default-format-string
 */

import { isHost, isStatus, type Line, type LogField, logFields, logTime, requestLineIn } from '../../text/index.js'
import { requestLogReader, requestsByLine } from './log-reader.js'
import type { LoggedRequest } from './logged-requests.js'

export const envoyLog = requestLogReader({
  id: 'envoy-log',
  reads: 'access logs of Envoy and Istio in the default text format',
  samples: [
    '[2025-03-03T08:15:30.112Z] "PUT /bucket-one/k.txt HTTP/1.1" 403 - 12 287 41 40 "10.4.0.9" "aws-sdk-go-v2/1.26.0 os/linux" "0e3b4b4c-7f3a-4a51-9d80-5a51c9a1f4aa" "store.internal:9000" "10.4.1.3:9000"\n',
    '[2025-03-03T08:15:31.000Z] "GET /k?list-type=2 HTTP/2" 403 - via_upstream - "-" 0 243 18 17 "-" "Boto3/1.34.2" "3d4c1c52-0a3b-4d7e-8a5d-2f3c1f6f7d10" "bucket-one.s3.eu-west-1.amazonaws.com" "52.218.0.1:443" outbound|443||s3 - - -\n',
  ],
  kind: { name: "Envoy's access log", clock: 'hop' },
  requestsIn: requestsByLine('] "', requestIn),
})

/** Whether a line begins as Envoy's do: a time in ISO form in brackets, then the request line in quotes. */
export function isEnvoyLine(fields: readonly LogField[]): boolean {
  const [time, request] = fields
  return time?.mark === '[' && /^\d{4}-\d\d-\d\dT/.test(time.text) && request?.mark === '"'
}

function requestIn(line: Line): LoggedRequest | undefined {
  const open = line.text.indexOf('[')
  if (open < 0 || open > 200) return undefined
  const fields = logFields(line.text.slice(open))
  const [time, request, status] = fields
  const parsed = isEnvoyLine(fields) ? requestLineIn(request!.text) : undefined
  if (parsed === undefined || !isStatus(status?.text)) return undefined
  // After the request: forwarded-for, client, request id, authority, upstream. Istio may put a quoted failure before them.
  const quoted = fields.slice(2).filter(({ mark }) => mark === '"')
  const id = quoted.findIndex(({ text }) => REQUEST_ID.test(text))
  const [agent, host] = [quoted[id - 1]?.text, quoted[id + 1]?.text]
  return {
    start: line.start,
    end: line.end,
    ...parsed,
    status: Number(status.text),
    time: logTime(time!.text),
    userAgent: id < 1 ? undefined : agent,
    host: id < 0 || host === undefined || !isHost(host) ? undefined : host,
  }
}

const REQUEST_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
