/**
 * API Gateway execution logs: `(request id) ...` lines. Its access logs are JSON or a line format, read elsewhere.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */

import { isHost, isStatus, logLines } from '../../text/index.js'
import { requestLogReader } from './log-reader.js'
import type { LoggedRequest } from './logged-requests.js'

export const apiGatewayLog = requestLogReader({
  id: 'api-gateway-log',
  reads: 'execution logs of Amazon API Gateway',
  samples: [
    '(7b1d6a7e-1c0f-4a52-9b8e-0a1b2c3d4e5f) Starting execution for request: 7b1d6a7e-1c0f-4a52-9b8e-0a1b2c3d4e5f\n(7b1d6a7e-1c0f-4a52-9b8e-0a1b2c3d4e5f) HTTP Method: GET, Resource Path: /items\n(7b1d6a7e-1c0f-4a52-9b8e-0a1b2c3d4e5f) Method request headers: {Host=a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com, User-Agent=Boto3/1.34.2, X-Amz-Date=20250303T081530Z}\n(7b1d6a7e-1c0f-4a52-9b8e-0a1b2c3d4e5f) Gateway response type: INVALID_SIGNATURE with status code: 403\n',
    '2025-03-03T08:15:30.112Z (7b1d6a7e-1c0f-4a52-9b8e-0a1b2c3d4e60) Gateway response type: MISSING_AUTHENTICATION_TOKEN with status code: 403\n',
  ],
  kind: { name: 'an execution log of API Gateway', clock: 'service' },
  requestsIn,
})

/** The error code that a type of gateway response stands for; `undefined` for types that say nothing of signatures. */
export function apiGatewayCode(type: string): string | undefined {
  return CODES[type]
}

/** The requests whose answer the log names. */
function requestsIn(text: string): readonly LoggedRequest[] {
  if (!/\(\w{8}-/.test(text)) return []
  const byId = new Map<string, { -readonly [Name in keyof LoggedRequest]: LoggedRequest[Name] }>()
  for (const line of logLines(text)) {
    const match = LINE.exec(line.text.slice(0, 4000))
    if (match === null) continue
    const [, id, said] = match
    const one = byId.get(id!) ?? { start: line.start, end: line.end, method: '', target: '' }
    byId.set(id!, one)
    one.end = line.end
    const resource = /^HTTP Method: ([A-Z]{3,10}), Resource Path: ([^\s"\\]{1,2000})/.exec(said!)
    const path = /^Method request path: \{?(\/[^\s"\\}]{1,2000})\}?/.exec(said!)
    const headers = /^Method request headers: \{(.*)\}?$/.exec(said!)
    const type = /^Gateway response type: ([A-Z0-9_]{3,40}) with status code: (\d{3})/.exec(said!)
    const status = /^Method completed with status: (\d{3})/.exec(said!)
    if (resource !== null) [one.method, one.target] = [resource[1]!, resource[2]!]
    if (path !== null) one.target = path[1]!
    if (headers !== null) {
      const [host, agent] = [valueIn(headers[1]!, 'Host'), valueIn(headers[1]!, 'User-Agent')]
      if (host !== undefined && isHost(host)) one.host = host
      if (agent !== undefined) one.userAgent = agent
    }
    if (type !== null) {
      const code = CODES[type[1]!]
      if (code !== undefined) one.code = code
    }
    const given = type?.[2] ?? status?.[1]
    if (isStatus(given)) one.status = Number(given)
  }
  return [...byId.values()].filter(({ status, code }) => status !== undefined || code !== undefined).sort((a, b) => a.start - b.start)
}

function valueIn(headers: string, name: string): string | undefined {
  const at = `, ${headers}`.indexOf(`, ${name}=`)
  return at < 0
    ? undefined
    : headers
        .slice(at + name.length + 1)
        .split(', ', 1)[0]!
        .replace(/\}$/, '')
}

const LINE = /^.{0,80}?\((\w{8}-\w{4}-\w{4}-\w{4}-\w{12})\) (.*)$/
const CODES: Readonly<Record<string, string>> = {
  INVALID_SIGNATURE: 'InvalidSignatureException',
  EXPIRED_TOKEN: 'ExpiredTokenException',
  MISSING_AUTHENTICATION_TOKEN: 'MissingAuthenticationTokenException',
}
