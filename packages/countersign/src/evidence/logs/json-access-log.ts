/**
 * Access logs written as JSON: Traefik, Caddy, Envoy, API Gateway, and nginx or HAProxy formats of one's own.
 *
 * Their members have many names for few things; they are matched by name without case and punctuation.
 * @see https://doc.traefik.io/traefik/observability/access-logs/
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { flatMembers, isHost, isStatus, type JsonRecord, jsonRecords, logTime, requestLineIn } from '../../text/index.js'
import { apiGatewayCode } from './api-gateway-log.js'
import { caddyObservations, isCaddyRecord } from './caddy-requests.js'
import { type LoggedRequest, type LogHint, type LogKind, loggedObservations } from './logged-requests.js'

export const jsonAccessLog: EvidenceReader = {
  id: 'json-access-log',
  reads: 'access logs in JSON: Traefik, Caddy, Envoy, API Gateway, nginx',
  samples: [
    '{"ClientAddr":"172.20.0.1:51234","DownstreamStatus":403,"OriginStatus":403,"RequestAddr":"files.example.com:8443","RequestHost":"files.example.com","RequestMethod":"PUT","RequestPath":"/bucket-one/k.txt","RequestProtocol":"HTTP/1.1","StartUTC":"2025-03-03T08:15:30.101Z","request_User-Agent":"aws-cli/2.15.30"}\n',
    '{"requestId":"c6af9ac6-7b61-11e6-9a41-93e8deadbeef","ip":"198.51.100.7","requestTime":"03/Mar/2025:08:15:30 +0000","httpMethod":"GET","path":"/prod/items","status":"403","domainName":"a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com","responseType":"INVALID_SIGNATURE","errorMessage":"The request signature we calculated does not match the signature you provided."}\n',
    '{"level":"info","ts":1740989730.1,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"10.0.0.9","proto":"HTTP/1.1","method":"GET","host":"files.example.com","uri":"/bucket-one/a","headers":{"User-Agent":["Boto3/1.34.2"],"X-Amz-Date":["20250303T081530Z"],"Authorization":["REDACTED"]}},"status":403,"resp_headers":{"Server":["Caddy"]}}\n',
  ],
  recognize: (text) => looksLikeOne(text) && requestsIn(jsonRecords(text)).next().done !== true,
  read,
}

function read(source: EvidenceSource): readonly Observation[] {
  if (!looksLikeOne(source.text)) return []
  const records = jsonRecords(source.text)
  return [...loggedObservations(source, KIND, [...requestsIn(records)]), ...caddyObservations(source, records)]
}

function looksLikeOne(text: string): boolean {
  return (
    text.includes('{') &&
    /"[^"\n]{0,40}(?:method|request)[^"\n]{0,20}"\s{0,10}:/i.test(text) &&
    /"[^"\n]{0,40}(?:status|response_?code)[^"\n]{0,20}"\s{0,10}:/i.test(text)
  )
}

function* requestsIn(records: readonly JsonRecord[]): Generator<LoggedRequest> {
  for (const record of records) {
    const found = requestIn(record)
    if (found !== undefined) yield found
  }
}

function requestIn({ start, end, value }: JsonRecord): LoggedRequest | undefined {
  const members = flatMembers(value)
  const get = (names: readonly string[]): string | undefined =>
    names.map((name) => members.get(name)).find((one) => one !== undefined && one !== '' && one !== '-')
  const line = get(LINES)
  const request = line === undefined ? undefined : requestLineIn(line)
  const method = request?.method ?? get(METHODS)
  const path = request?.target ?? get(TARGETS)
  const status = STATUSES.map((name) => members.get(name)).find(isStatus)
  if (method === undefined || !/^[A-Z]{3,10}$/.test(method) || path === undefined || !/^(?:\/|https?:\/\/)/.test(path) || !isStatus(status))
    return undefined
  const query = path.includes('?') ? undefined : get(QUERIES)?.replace(/^\?/, '')
  const [host, time] = [get(HOSTS), get(TIMES)]
  const type = get(RESPONSE_TYPES)
  const code = (type === undefined ? undefined : apiGatewayCode(type)) ?? get(CODES)
  return {
    start,
    end,
    method,
    target: query === undefined ? path : `${path}?${query}`,
    host: host !== undefined && isHost(host) ? host : undefined,
    status: Number(status),
    userAgent: get(AGENTS),
    time: time === undefined ? undefined : logTime(time),
    code: code !== undefined && /^[A-Z][A-Za-z.]{3,60}$/.test(code) ? code : undefined,
    message: get(MESSAGES),
    headers: HEADERS.flatMap(([name, names]) => {
      const given = isCaddyRecord(value) && name === 'Authorization' ? undefined : get(names)
      return given === undefined ? [] : [[name, given] as const]
    }),
    hints: cluesOf(get, path),
  }
}

/** nginx: $proxy_host is the Host that proxy_pass sends by itself; $uri is the path as decoded and rewritten. */
function cluesOf(get: (names: readonly string[]) => string | undefined, path: string): readonly LogHint[] {
  const [came, sent, uri] = [get(['httphost', 'host']), get(['proxyhost']), get(['uri', 'upstreamuri'])]
  const hints: LogHint[] = []
  if (came !== undefined && sent !== undefined && came !== sent && isHost(came)) {
    const message = `The log names the host ${came} for the request and ${sent} for where it was passed on: nginx sends the latter as Host unless proxy_set_header keeps the former.`
    hints.push({ about: 'host-rewritten', strength: 'fair', message, values: { host: came } })
  }
  const bare = path.split('?', 1)[0]!
  if (
    uri !== undefined &&
    get(['requesturi']) !== undefined &&
    !bare.includes('%') &&
    uri.startsWith('/') &&
    uri.split('?', 1)[0] !== bare
  ) {
    const message = `The log has the path ${bare} as it came and ${uri.split('?', 1)[0]!} after rewriting.`
    hints.push({ about: 'path-rewritten', strength: 'fair', message })
  }
  return hints
}

const KIND: LogKind = { name: 'an access log', clock: 'hop' }
const LINES = ['request', 'requestline', 'httprequest', 'requesturi']
const METHODS = ['requestmethod', 'httpmethod', 'httprequestmethod', 'method', 'httprequestrequestmethod']
const TARGETS = ['requesturi', 'requestpath', 'urloriginal', 'urlpath', 'path', 'uri', 'resourcepath', 'url']
const QUERIES = ['querystring', 'args', 'urlquery', 'query']
const HOSTS = ['httphost', 'requestaddr', 'requesthost', 'hostheader', 'authority', 'domainname', 'vhost', 'urldomain', 'host']
const STATUSES = [
  'upstreamstatus',
  'originstatus',
  'downstreamstatus',
  'responsecode',
  'statuscode',
  'httpresponsestatuscode',
  'httpstatus',
  'status',
]
const AGENTS = [
  'requestuseragent',
  'httpuseragent',
  'requestheadersuseragent',
  'useragent',
  'useragentoriginal',
  'identityuseragent',
  'agent',
]
const TIMES = ['startutc', 'starttime', 'timeiso8601', 'timestamp', 'timelocal', 'requesttime', 'time', 'ts', 'msec']
const RESPONSE_TYPES = ['responsetype', 'errorresponsetype', 'contexterrorresponsetype']
const CODES = ['errorcode', 'awserrorcode']
const MESSAGES = ['errormessage', 'errormessagestring', 'contexterrormessage']
const HEADERS: readonly (readonly [name: string, members: readonly string[]])[] = [
  ['Authorization', ['requestauthorization', 'httpauthorization', 'requestheadersauthorization']],
  ['X-Amz-Date', ['requestxamzdate', 'httpxamzdate', 'requestheadersxamzdate', 'xamzdate']],
  ['X-Amz-Content-Sha256', ['requestxamzcontentsha256', 'httpxamzcontentsha256', 'requestheadersxamzcontentsha256']],
]
