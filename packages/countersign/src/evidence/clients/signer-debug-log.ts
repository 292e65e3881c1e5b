/**
 * Debug logs of the other signing clients: Go, Java, .NET, C++, CRT, Rust, Envoy, s3cmd, Terraform.
 * What announces a text is data, in log-marks.ts; requests are printed by each client in its own way.
 * @see https://github.com/aws/aws-sdk-go-v2/blob/main/aws/signer/v4/v4.go
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import type { HttpRequest } from '../../sigv4/index.js'
import { dictionaryAt, type Line, locationOf, logLines, opensRecord, quotedText, urlParts } from '../../text/index.js'
import { clientObservations } from './http-observations.js'
import { LOG_MARKS, LOG_WRITERS, markedTexts } from './log-marks.js'

export const signerDebugLog: EvidenceReader = {
  id: 'signer-debug-log',
  reads: 'debug logs of the AWS SDKs (Go, Java, .NET, C++, CRT, Rust), Envoy, s3cmd and Terraform',
  samples: [
    'SDK 2026/11/22 04:17:14 DEBUG Request Signature:\n---[ CANONICAL STRING  ]-----------------------------\nGET\n/a.txt\n\nhost:127.0.0.1:9900\nx-amz-date:20261122T041714Z\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD\n---[ STRING TO SIGN ]--------------------------------\nAWS4-HMAC-SHA256\n20261122T041714Z\n20261122/us-east-1/s3/aws4_request\n5a0faac3d7c000f242f57ff782e803cbb6b4c9052c222421a8a7ba97516894a3\n-----------------------------------------------------\n',
    'TRACE aws_sigv4::http_request::sign > signing request request=SignableRequest { method: GET, uri: https://examplebucket.s3.us-east-1.amazonaws.com/demo.txt?attributes, headers: {"x-amz-object-attributes": "Checksum"}, body: Bytes([]) }\n',
  ],
  recognize: (text) =>
    [...LOG_MARKS, ...REQUESTS].some(({ mark }) => text.includes(mark)) || LOG_WRITERS.some(([, pattern]) => pattern.test(text)),
  read,
}

function read(source: EvidenceSource): readonly Observation[] {
  if (!signerDebugLog.recognize(source.text)) return []
  const lines = logLines(source.text)
  const side = source.side ?? 'signer'
  const received = [...source.text.matchAll(RECEIVED)].map(({ index }) => index)
  const texts = markedTexts(lines, LOG_MARKS).flatMap(({ mark, text, first, last, cut }): Observation[] => {
    const verifies = source.side === undefined && verified(source.text, received, first.start)
    const fidelity = cut ? 'normalized' : 'exact'
    const seen = { side: verifies ? 'verifier' : side, location: locationOf(source.name, first, last), fidelity } as const
    if (mark.kind !== 'signature') return [{ ...seen, kind: mark.kind, text }]
    return verifies ? [] : [{ ...seen, kind: 'signature', value: text }]
  })
  const requests = REQUESTS.filter(({ mark }) => source.text.includes(mark)).flatMap((dump): Observation[] =>
    lines.flatMap((line, at): Observation[] => {
      const start = line.text.indexOf(dump.mark)
      const found = start < 0 ? undefined : dump.request(line.text.slice(start), lines, at)
      if (found === undefined) return []
      const seen = { location: locationOf(source.name, line), fidelity: 'normalized' } as const
      const { scheme, ...request } = found
      return [
        { ...seen, kind: 'request', side, request, ...(scheme !== undefined && { scheme }) },
        ...clientObservations(seen, request.headers),
      ]
    }),
  )
  return [...texts, ...requests, ...writers(source)].sort((a, b) => a.location.start - b.location.start)
}

/** Whether a text is what a gateway calculated to verify what it had received just before: it signs the request itself, with an SDK. */
function verified(text: string, received: readonly number[], at: number): boolean {
  const mark = received.filter((start) => start < at).at(-1)
  const between = mark === undefined || at - mark > 40_000 ? undefined : text.slice(mark, at)
  return between !== undefined && between.split('DEBUG Request').length === 2
}

/** The client by the marks alone: its own lines name no version. */
function writers({ name, text }: EvidenceSource): readonly Observation[] {
  const named = LOG_MARKS.filter(({ client, mark }) => client !== '' && text.includes(mark)).filter(
    ({ beside }) => beside === undefined || beside.test(text.slice(0, 100_000)),
  )
  const first = named[0]
  const found = (client: string, version: string, start: number, end: number): Observation => ({
    kind: 'client',
    name: client,
    version,
    location: { source: name, start, end },
    fidelity: 'inferred',
  })
  for (const [client, pattern] of LOG_WRITERS) {
    const match = pattern.exec(text)
    if (match !== null) return [found(client, match[1] ?? '', match.index, match.index + match[0].length)]
  }
  if (first === undefined || text.search(RECEIVED) >= 0) return []
  const start = text.indexOf(first.mark)
  return [found(first.client, '', start, start + first.mark.length)]
}

/** How versitygw announces the headers of a request that it received. */
const RECEIVED = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d Request headers:[ \t\r]{0,4}$/gm

type Dumped = HttpRequest & { readonly scheme?: 'http' | 'https' | undefined }

interface RequestDump {
  readonly mark: string
  request(text: string, lines: readonly Line[], at: number): Dumped | undefined
}

const REQUESTS: readonly RequestDump[] = [
  { mark: 'SignableRequest {', request: rustRequest },
  { mark: 'Sending request method_string=', request: s3cmdRequest },
  { mark: 'Sending Request: ', request: javaRequest },
  { mark: 'HTTP Request Sent: ', request: terraformRequest },
]

function rustRequest(text: string): Dumped | undefined {
  const head = /^SignableRequest \{ method: "?(\w{1,20})"?, uri: "?([^\s"]{1,16000}?)"?, headers: (?=[{[])/.exec(text)
  if (head === null) return undefined
  const url = urlParts(head[2]!)
  const pairs = dictionaryAt(text, head[0].length)
  const headers = pairs?.pairs ?? tuples(text.slice(head[0].length))
  const empty = / body: Bytes\(\[\]\)| body: Bytes\(b?""\)/.test(text.slice(pairs?.end ?? 0, (pairs?.end ?? 0) + 200))
  const host = url === undefined || headers.some(([name]) => /^host$/i.test(name)) ? [] : [['host', url.host] as const]
  return {
    method: head[1]!,
    target: url?.target ?? head[2]!,
    headers: [...host, ...headers],
    body: empty ? new Uint8Array() : undefined,
    scheme: url?.scheme,
  }
}

/** A list of pairs: `[("name", "value"), ..]`. */
function tuples(text: string): readonly (readonly [string, string])[] {
  return [...text.slice(0, 16_000).matchAll(/\("([^"\\]{1,200})", "((?:[^"\\]|\\.){0,8000})"\)/g)].map(
    ([, name, value]) => [name!, quotedText(`"${value}"`, 0)?.value ?? value!] as const,
  )
}

function s3cmdRequest(text: string, lines: readonly Line[], at: number): Dumped | undefined {
  const head = /^Sending request method_string='(\w{1,20})', uri=(?=u?['"])/.exec(text)
  const uri = head === null ? undefined : quotedText(text, head[0].length)
  if (head === null || uri === undefined) return undefined
  const open = /^, headers=/.exec(text.slice(uri.end))
  const pairs = open === null ? [] : (dictionaryAt(text, uri.end + open[0].length)?.pairs ?? [])
  const host = lines
    .slice(Math.max(0, at - 40), at)
    .flatMap(({ text: line }) => /get_hostname\([^)]{0,200}\): (\S{1,300})$/.exec(line.slice(0, 600))?.[1] ?? [])
    .at(-1)
  const headers = host === undefined || pairs.some(([name]) => /^host$/i.test(name)) ? pairs : [['Host', host] as const, ...pairs]
  return { method: head[1]!, target: uri.value, headers, body: /^GET|HEAD|DELETE$/.test(head[1]!) ? new Uint8Array() : undefined }
}

/** Java 1: `GET https://host /path Parameters: ({..}) Headers: (Name: value, Name: value, )`. Values hold commas, so names must follow. */
function javaRequest(text: string): Dumped | undefined {
  const head = /^Sending Request: ([A-Z]{3,8}) (https?:\/\/[^\s/]{1,300}) (\/\S{0,8000}) /.exec(text)
  const url = head === null ? undefined : urlParts(head[2]!)
  const list = javaHeaders(text)
  if (head === null || url === undefined || list === undefined || text.includes(' Parameters: (')) return undefined
  const headers = list.split(/, (?=[A-Za-z][\w-]{0,100}: )/).flatMap((pair) => {
    const colon = pair.indexOf(': ')
    return colon < 1 ? [] : [[pair.slice(0, colon), pair.slice(colon + 2)] as const]
  })
  return { method: head[1]!, target: head[3]!, headers: [['Host', url.host], ...headers], body: undefined, scheme: url.scheme }
}

/** What stands between "Headers: (" and the next ", )". */
function javaHeaders(text: string): string | undefined {
  const open = /\bHeaders: \(/.exec(text)
  const from = open === null ? -1 : open.index + open[0].length
  const to = from < 0 ? -1 : text.indexOf(', )', from)
  return to < 0 ? undefined : text.slice(from, to)
}

/** Terraform's logfmt: fields in any order, header names with underscores. */
function terraformRequest(start: string, lines: readonly Line[], at: number): Dumped | undefined {
  // A body inside the record may hold line feeds.
  const more = lines.slice(at + 1, at + 20).map((line) => line.text)
  const end = more.findIndex(opensRecord)
  const text = [start, ...(end < 0 ? more : more.slice(0, end))].join('\n')
  const fields = [...text.slice(0, 32_000).matchAll(/(?:^|\s)@?([\w.]{1,120})=(?:"((?:[^"\\]|\\.){0,8000})"|([^\s"]{0,8000}))/g)].map(
    ([, name, quoted, bare]) => [name!, quoted ?? bare ?? ''] as const,
  )
  const field = (name: string): string | undefined => fields.find(([given]) => given === name)?.[1]
  const [method, url, agent] = [field('http.method'), urlParts(field('http.url') ?? ''), field('http.user_agent')]
  if (method === undefined && url === undefined) return undefined
  const prefix = 'http.request.header.'
  const named = fields
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length).replace(/_/g, '-'), value] as const)
  const host = url === undefined ? [] : [['host', url.host] as const]
  const client = agent === undefined ? [] : [['user-agent', agent] as const]
  return { method: method ?? '', target: url?.target ?? '', headers: [...host, ...named, ...client], body: undefined, scheme: url?.scheme }
}
