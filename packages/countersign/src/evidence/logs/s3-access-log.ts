/**
 * Amazon S3 server access logs. They are the one log of S3 in which a refused signature shows: CloudTrail has none.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html
 */

import { isHost, isStatus, type Line, type LogField, logFields, logTime, requestLineIn } from '../../text/index.js'
import { requestLogReader, requestsByLine } from './log-reader.js'
import type { LoggedRequest, LogHint } from './logged-requests.js'

export const s3AccessLog = requestLogReader({
  id: 's3-access-log',
  reads: 'Amazon S3 server access logs: status, error code, request URI, host, client, signature version',
  samples: [
    'f5d0c9a1b2e34d56f5d0c9a1b2e34d56f5d0c9a1b2e34d56f5d0c9a1b2e34d56 reports-bucket [03/Mar/2025:08:15:30 +0000] 198.51.100.7 - 7C4FD0A1EXAMPLE1 REST.PUT.OBJECT may%2520one.pdf "PUT /may%20one.pdf HTTP/1.1" 403 SignatureDoesNotMatch 1187 - 9 - "-" "aws-sdk-java/2.25.11 Linux/5.10" - Uq8Zk3V5JmT0cQw1sB4yExample= SigV4 TLS_AES_128_GCM_SHA256 AuthHeader reports-bucket.s3.eu-west-1.amazonaws.com TLSv1.3 - - eu-west-1\n',
    'f5d0c9a1b2e34d56f5d0c9a1b2e34d56f5d0c9a1b2e34d56f5d0c9a1b2e34d56 reports-bucket [03/Mar/2025:09:00:00 +0000] 198.51.100.7 - 7C4FD0A1EXAMPLE2 REST.GET.OBJECT a.pdf "GET /a.pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20250303%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20250303T075500Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef HTTP/1.1" 403 AccessDenied 231 - 6 - "-" "curl/8.5.0" - Uq8Zk3V5JmT0cQw1sB4yExample= SigV4 TLS_AES_128_GCM_SHA256 QueryString reports-bucket.s3.eu-west-1.amazonaws.com TLSv1.3 - -\n',
  ],
  kind: { name: 'an S3 server access log', clock: 'service' },
  requestsIn: requestsByLine(' HTTP/', requestIn),
})

/** Whether a line is S3's: owner, bucket, [time], address, requester, request id, an operation such as REST.GET.OBJECT. */
export function isS3Line(fields: readonly LogField[]): boolean {
  return operationOf(fields) >= 0
}

/** The place of the operation: the seventh field, later where something was put before the line. */
function operationOf(fields: readonly LogField[]): number {
  return fields.findIndex(({ text, mark }, i) => mark === '' && OPERATION.test(text) && fields[i - 4]?.mark === '[')
}

function requestIn(line: Line): LoggedRequest | undefined {
  const fields = logFields(line.text)
  const at = operationOf(fields)
  const [bucket, time, id, key, uri, status, code] = [-5, -4, -1, 1, 2, 3, 4].map((distance) => fields[at + distance])
  const request = at < 0 || uri?.mark !== '"' ? undefined : requestLineIn(uri.text)
  if (request === undefined || !isStatus(status?.text)) return undefined
  const rest = fields.slice(at + 5)
  const agent = rest.filter(({ mark }) => mark === '"')[1]
  // A quote inside the Referer or User-Agent is not escaped there: what follows them is found by what it looks like.
  const signed = rest.findIndex(({ text, mark }) => mark === '' && VERSIONS.test(text))
  const [version, host] = [rest[signed]?.text, signed < 0 ? undefined : rest[signed + 3]?.text]
  return {
    start: line.start,
    end: line.end,
    ...request,
    status: Number(status.text),
    code: code === undefined || code.text === '-' ? undefined : code.text,
    elements: [
      ['Resource', `/${bucket?.text ?? ''}/${key === undefined || key.text === '-' ? '' : key.text}`],
      ['RequestId', id?.text ?? ''],
    ],
    time: logTime(time?.text ?? ''),
    userAgent: agent?.text,
    host: host !== undefined && isHost(host) ? host : undefined,
    hints: version === 'SigV2' ? [OLDER] : [],
  }
}

const OLDER: LogHint = {
  about: 'algorithm.version',
  strength: 'fair',
  message: 'S3 logged the request as signed with signature version 2 (SigV2).',
}
const OPERATION = /^(?:REST|SOAP|WEBSITE|BATCH|S3)\.[A-Z_.]{2,60}$/
const VERSIONS = /^SigV(?:2|4|4A)$/
