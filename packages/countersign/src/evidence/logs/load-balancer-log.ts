/**
 * Access logs of Application Load Balancers, and of Classic ones.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
 */

import { isStatus, type Line, type LogField, logFields, logTime, requestLineIn } from '../../text/index.js'
import { requestLogReader, requestsByLine } from './log-reader.js'
import type { LoggedRequest } from './logged-requests.js'

export const loadBalancerLog = requestLogReader({
  id: 'load-balancer-log',
  reads: 'access logs of Elastic Load Balancing (Application and Classic)',
  samples: [
    'https 2025-03-03T08:15:30.211023Z app/edge/50dc6c495c0c9188 10.4.0.9:51234 10.0.8.4:443 0.001 0.020 0.000 403 403 812 420 "GET https://files.example.com:443/bucket-one/k.txt HTTP/1.1" "aws-cli/2.15.30 Python/3.11.8" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/s3/73e2d6bc24d8a067 "Root=1-65e43a12-0123456789abcdef01234567" "files.example.com" "session-reused" 0 2025-03-03T08:15:30.190000Z "forward" "-" "-" "10.0.8.4:443" "403" "-" "-"\n',
    '2025-03-03T08:15:30.211023Z edge 10.4.0.9:51234 10.0.8.4:80 0.000073 0.001048 0.000057 403 403 0 29 "PUT http://files.example.com:80/k HTTP/1.1" "Boto3/1.34.2" - -\n',
  ],
  kind: { name: "a load balancer's log", clock: 'hop' },
  requestsIn: requestsByLine(' HTTP/', requestIn),
})

/** Whether a line is a load balancer's: time, name, client, target, three durations, two statuses. */
export function isLoadBalancerLine(fields: readonly LogField[]): boolean {
  return timeOf(fields) >= 0
}

/** The place of the time, with which the fields begin that every load balancer logs. */
function timeOf(fields: readonly LogField[]): number {
  return fields.findIndex(
    ({ text }, i) =>
      i < 8 &&
      /^\d{4}-\d\d-\d\dT[\d:.]{8,16}Z$/.test(text) &&
      [4, 5, 6].every((after) => /^(?:-1|\d{1,6}(?:\.\d{1,9})?)$/.test(fields[i + after]?.text ?? '')) &&
      (isStatus(fields[i + 7]?.text) || fields[i + 7]?.text === '-'),
  )
}

function requestIn(line: Line): LoggedRequest | undefined {
  const fields = logFields(line.text)
  const from = timeOf(fields)
  if (from < 0) return undefined
  const [request, agent] = [fields[from + 11], fields[from + 12]]
  const parsed = request?.mark === '"' ? requestLineIn(request.text) : undefined
  const [own, target] = [fields[from + 7]?.text, fields[from + 8]?.text]
  if (parsed === undefined || !isStatus(own)) return undefined
  return {
    start: line.start,
    end: line.end,
    ...parsed,
    status: Number(isStatus(target) ? target : own),
    time: logTime(fields[from]!.text),
    userAgent: agent?.mark === '"' ? agent.text : undefined,
  }
}
