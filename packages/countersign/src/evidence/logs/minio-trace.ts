/**
 * `mc admin trace`: what a MinIO server saw, as text (-v) and as JSON (--json).
 * @see https://min.io/docs/minio/linux/reference/minio-mc-admin/mc-admin-trace.html
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { type Header, parseLenientDate } from '../../sigv4/index.js'
import { byteText, headerLine, jsonRecords, type Line, type Location, locationOf, logLines, memberOf } from '../../text/index.js'
import { clientObservations, responseObservations } from '../clients/http-observations.js'
import { bodyOf } from './hop-flow.js'
import { type LoggedRequest, loggedObservations } from './logged-requests.js'

export const minioTrace: EvidenceReader = {
  id: 'minio-trace',
  reads: 'mc admin trace of a MinIO server, as text (short or -v) or JSON (--json)',
  samples: [
    'store:9000 [REQUEST s3.GetObject] [2025-03-03T08:15:30.103] [Client IP: 10.0.0.5]\nstore:9000 GET /examplebucket/a%20b.txt?versionId=1\nstore:9000 Proto: HTTP/1.1\nstore:9000 Host: store:9000\nstore:9000 X-Amz-Date: 20250303T081530Z\nstore:9000 User-Agent: aws-sdk-go-v2/1.26.0\nstore:9000\nstore:9000 [RESPONSE] [2025-03-03T08:15:30.104] [ Duration 1ms  ↑ 90 B  ↓ 400 B ]\nstore:9000 403 Forbidden\nstore:9000 Server: MinIO\n',
    '{"status":"success","type":"s3","nodename":"store:9000","funcname":"s3.GetObject","path":"/examplebucket/a.txt","request":{"method":"GET","path":"/examplebucket/a.txt","rawquery":"versionId=1","headers":{"Host":["store:9000"],"X-Amz-Date":["20250303T081530Z"]}},"response":{"statusCode":403,"headers":{"Server":["MinIO"]}}}\n',
    '2026-02-03T10:11:12.331 [403 Forbidden] s3.PutObject store:9000/photos/a.jpg 10.0.0.7         412µs       ⇣  398µs    ↑ 190 B ↓ 553 B\n',
  ],
  recognize: (text) => TEXT.test(text) || JSON_TRACE.test(text) || SHORT.test(text),
  read,
}

function read(source: EvidenceSource): readonly Observation[] {
  const seen: Observation[] = []
  if (TEXT.test(source.text)) for (const one of textTraces(source, logLines(source.text))) seen.push(one)
  if (JSON_TRACE.test(source.text))
    for (const { start, end, value } of jsonRecords(source.text))
      for (const one of jsonTrace(source, value, { source: source.name, start, end })) seen.push(one)
  const short = SHORT.test(source.text) ? shortLines(source.text) : []
  return [...seen, ...loggedObservations(source, { name: 'a trace of MinIO', clock: 'service' }, short)]
}

/** One line a request: when, what was answered, the call, host and path, the client. A call says its method by its first word. */
function shortLines(text: string): readonly LoggedRequest[] {
  return logLines(text).flatMap((line): readonly LoggedRequest[] => {
    const match = SHORT_LINE.exec(line.text.slice(0, LONGEST_LINE))
    if (match === null) return []
    const [, time, status, call, host, target] = match
    const method = METHODS.find(([verb]) => verb.test(call!))?.[1] ?? ''
    const at = parseLenientDate(time!.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)[:.].*$/, '$1Z'))
    return [{ start: line.start, end: line.end, method, target: target!, host, status: Number(status), time: at }]
  })
}

function* textTraces(source: EvidenceSource, lines: readonly Line[]): Iterable<Observation> {
  for (let i = 0; i < lines.length; i++) {
    const open = OPEN.exec(lines[i]!.text.slice(0, 400))
    const node = open?.[1]
    if (open === null || node === undefined) continue
    const said = (at: number): string | undefined => {
      const text = lines[at]?.text
      return text?.startsWith(node) ? text.slice(node.length).replace(/^ /, '') : undefined
    }
    const first = /^([A-Z]{3,9}) (\/\S{0,16000})$/.exec(said(i + 1) ?? '')
    const status = /^(\d{3}) /.exec(said(i + 1) ?? '')
    const headers: Header[] = []
    let last = i + 1
    for (let next = i + 2; next < lines.length; next++) {
      const header = headerLine(said(next) ?? '')
      if (header === undefined) break
      if (header[0] !== 'Proto') headers.push(header)
      last = next
    }
    const place = { location: locationOf(source.name, lines[i], lines[last]), fidelity: 'normalized' } as const
    if (open[2] === 'REQUEST' && first !== null) yield* requestSeen(source, place, first[1]!, first[2]!, headers)
    if (open[2] === 'RESPONSE' && status !== null) yield* responseObservations(place, Number(status[1]), headers)
    i = last
  }
}

function* jsonTrace(source: EvidenceSource, value: unknown, location: Location): Iterable<Observation> {
  const http = memberOf(value, 'http') ?? memberOf(value, 'HTTP') ?? value
  const request = memberOf(http, 'request') ?? memberOf(http, 'reqInfo')
  const response = memberOf(http, 'response') ?? memberOf(http, 'respInfo')
  const [method, path, query] = [
    memberOf(request, 'method'),
    memberOf(request, 'path') ?? memberOf(value, 'path'),
    memberOf(request, 'rawquery'),
  ]
  const place = { location, fidelity: 'normalized' } as const
  if (typeof method === 'string' && typeof path === 'string') {
    const target = byteText(typeof query === 'string' && query !== '' ? `${path}?${query}` : path)
    yield* requestSeen(source, place, method, target, headersOf(memberOf(request, 'headers')))
  }
  const status = memberOf(response, 'statusCode') ?? memberOf(response, 'statuscode')
  if (typeof status === 'number' && status > 0) yield* responseObservations(place, status, headersOf(memberOf(response, 'headers')))
}

/** Go writes header names its own way, and the server shows the path decoded: neither is as it was sent. */
function requestSeen(
  source: EvidenceSource,
  place: Pick<Observation, 'location' | 'fidelity'>,
  method: string,
  target: string,
  headers: readonly Header[],
): readonly Observation[] {
  const request = { method, target, headers, body: bodyOf(method, headers) }
  return [{ ...place, kind: 'request', side: source.side ?? 'wire', request }, ...clientObservations(place, headers)]
}

function headersOf(value: unknown): readonly Header[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, given]): Header[] =>
    (Array.isArray(given) ? given : [given]).flatMap((one): Header[] => (typeof one === 'string' ? [[byteText(name), byteText(one)]] : [])),
  )
}

const TEXT = /^\S{1,200} \[(?:REQUEST [\w.]{1,60}|RESPONSE)\] \[\d{4}-\d\d-\d\dT/m
const OPEN = /^(\S{1,200}) \[(REQUEST|RESPONSE)(?: [\w.]{1,60})?\] \[/
const SHORT = /^\S{0,80} ?\[\d{3} [A-Z][\w ]{1,40}\] s3\.\w{3,60} \S/m
const SHORT_LINE =
  /^(?:.{0,40}? )?(\d{4}-\d\d-\d\dT[\d:.]{8,20}Z?) \[(\d{3}) [A-Z][\w ]{1,40}\] s3\.(\w{3,60}) ([\w.:-]{1,200}|\[[0-9a-f:]{2,40}\](?::\d{1,5})?)(\/\S{0,16000})/
const METHODS: readonly (readonly [call: RegExp, method: string])[] = [
  [/^(?:Put|CopyObject|UploadPart|CreateBucket|MakeBucket)/, 'PUT'],
  [/^Head/, 'HEAD'],
  [/^(?:Get|List)/, 'GET'],
  [/^(?:DeleteMultiple|DeleteObjects|NewMultipart|CreateMultipart|CompleteMultipart|SelectObject|PostPolicy|PostObject)/, 'POST'],
  [/^(?:Delete|AbortMultipart)/, 'DELETE'],
]
const LONGEST_LINE = 17_000
const JSON_TRACE = /"(?:funcname|nodename|funcName|nodeName)"\s{0,4}:\s{0,4}"[\w.:-]{1,200}"/
