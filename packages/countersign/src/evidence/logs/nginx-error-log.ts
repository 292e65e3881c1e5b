/**
 * nginx's error log. At level debug it holds the request as it came and, byte for byte, as it was sent on.
 * @see https://nginx.org/en/docs/debugging_log.html
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import type { Header, HttpRequest } from '../../sigv4/index.js'
import { headerLine, type Line, type Location, locationOf, logLines, requestLineIn, urlParts } from '../../text/index.js'
import { bodyOf, hopObservations, keptFlows } from './hop-flow.js'
import { LONGEST_LOG_LINE } from './log-reader.js'
import { type LoggedRequest, type LogKind, loggedObservations } from './logged-requests.js'

export const nginxErrorLog: EvidenceReader = {
  id: 'nginx-error-log',
  reads: "nginx's error log; at level debug the request as it came and the very bytes sent to the upstream",
  samples: [
    '2025/03/03 08:15:30 [debug] 31#31: *7 http request line: "GET /b/k HTTP/1.1"\n2025/03/03 08:15:30 [debug] 31#31: *7 http header: "Host: files.example.com"\n2025/03/03 08:15:30 [debug] 31#31: *7 http header: "X-Amz-Date: 20250303T081530Z"\n2025/03/03 08:15:30 [debug] 31#31: *7 http header done\n2025/03/03 08:15:30 [debug] 31#31: *7 http proxy header:\n"GET /b/k HTTP/1.0\r\nHost: store:9000\r\nConnection: close\r\nX-Amz-Date: 20250303T081530Z\r\n\r\n"\n2025/03/03 08:15:30 [debug] 31#31: *7 http proxy status 403 "403 Forbidden"\n2025/03/03 08:15:30 [debug] 31#31: *7 http proxy header: "Date: Mon, 03 Mar 2025 08:15:30 GMT"\n2025/03/03 08:15:30 [debug] 31#31: *7 http proxy header done\n',
    '2025/03/03 08:15:30 [error] 31#31: *9 upstream prematurely closed connection while reading response header from upstream, client: 10.0.0.9, server: files.example.com, request: "PUT /api/b/k HTTP/1.1", upstream: "https://52.218.0.1:443/b/k", host: "files.example.com"\n',
  ],
  recognize: (text) => /\[(?:debug|error|warn|crit|info)\] \d{1,9}#\d{1,9}: /.test(text) && read({ name: '', text }).length > 0,
  read,
}

/** One request of the debug log, in the order its lines come. */
interface Flow {
  readonly first: Line
  came: { method: string; target: string; headers: Header[] } | undefined
  sent: { readonly request: HttpRequest; readonly first: Line; readonly last: Line } | undefined
  cut: Line | undefined
  status: { code: number; headers: Header[]; first: Line; last: Line } | undefined
}

function read(source: EvidenceSource): readonly Observation[] {
  const lines = logLines(source.text)
  const flows = flowsIn(lines)
  const shown = keptFlows(flows.map((flow) => ({ flow, status: flow.status?.code })))
  const failed = loggedObservations(
    source,
    KIND,
    lines.flatMap((line) => failedRequest(line) ?? []),
  )
  // An error log has no list of requests: how many it names says nothing.
  return [...shown.flatMap(({ flow }) => flowSeen(source, flow)), ...failed.filter(({ kind }) => kind !== 'unreadable')]
}

function flowsIn(lines: readonly Line[]): readonly Flow[] {
  const flows: Flow[] = []
  const current = new Map<string, Flow>()
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!
    const match = line.text.includes(' http ') ? DEBUG.exec(line.text.slice(0, LONGEST_LOG_LINE)) : null
    if (match === null) continue
    const [, connection, said] = match
    const request = /^http request line: "(.*)"$/.exec(said!)
    if (request !== null) {
      const parsed = requestLineIn(request[1]!)
      const flow: Flow = { first: line, came: parsed && { ...parsed, headers: [] }, sent: undefined, cut: undefined, status: undefined }
      flows.push(flow)
      current.set(connection!, flow)
      continue
    }
    let flow = current.get(connection!)
    if (flow === undefined) {
      if (!said!.startsWith('http proxy')) continue
      flow = { first: line, came: undefined, sent: undefined, cut: undefined, status: undefined }
      flows.push(flow)
      current.set(connection!, flow)
    }
    const header = /^http (proxy )?header: "(.*)"$/.exec(said!)
    const status = /^http proxy status (\d{3}) /.exec(said!)
    if (header !== null) {
      const parsed = headerLine(header[2]!)
      const list = header[1] === undefined ? flow.came?.headers : flow.status?.headers
      if (parsed !== undefined) list?.push(parsed)
      if (header[1] !== undefined && flow.status !== undefined) flow.status.last = line
    } else if (status !== null) flow.status = { code: Number(status[1]), headers: [], first: line, last: line }
    else if (said === 'http proxy header:') i = sentRequest(lines, i + 1, flow)
  }
  return flows
}

/** The quoted request that follows; nginx cuts what it logs at 2048 bytes, and then the closing quote is not there. */
function sentRequest(lines: readonly Line[], from: number, flow: Flow): number {
  const start = requestLineIn((lines[from]?.text ?? '').replace(/^"/, ''))
  if (start === undefined) return from - 1
  const headers: Header[] = []
  let i = from + 1
  for (; i < lines.length && lines[i]!.text !== '"' && !DEBUG.test(lines[i]!.text.slice(0, 200)); i++) {
    const header = headerLine(lines[i]!.text)
    if (header !== undefined) headers.push(header)
  }
  const whole = lines[i]?.text === '"'
  const last = lines[whole ? i : Math.max(from, i - 1)]!
  if (!whole) flow.cut = last
  else {
    flow.sent = { request: { ...start, headers, body: bodyOf(start.method, headers) }, first: lines[from]!, last }
  }
  return whole ? i : i - 1
}

function flowSeen(source: EvidenceSource, { first, came, sent, cut, status }: Flow): readonly Observation[] {
  const at = (from: Line, to: Line): Location => locationOf(source.name, from, to)
  const arrived = came === undefined || came.headers.length === 0 ? undefined : { ...came, body: undefined }
  const seen = hopObservations(source, {
    hop: 'nginx',
    came: arrived && { what: arrived, location: at(first, first), fidelity: 'normalized' },
    sent: sent && { what: sent.request, location: at(sent.first, sent.last), fidelity: 'exact' },
    answer: status && {
      what: { status: status.code, headers: status.headers },
      location: at(status.first, status.last),
      fidelity: 'normalized',
    },
  })
  if (cut === undefined) return seen
  const reason = 'nginx cut the request that it logged (it logs 2048 bytes of it): what was sent to the upstream is not whole'
  return [{ kind: 'unreadable', reason, location: at(first, cut), fidelity: 'exact' }, ...seen]
}

/** A line that says what request an error was met at, where it was to go, and for which host. */
function failedRequest(line: Line): LoggedRequest | undefined {
  if (!/\[(?:error|warn|crit|info)\] /.test(line.text.slice(0, 60)) || line.text.length > LONGEST_LOG_LINE) return undefined
  const request = requestLineIn(/, request: "([^"]{1,16000})"/.exec(line.text)?.[1] ?? '')
  if (request === undefined) return undefined
  const host = /, host: "([^"]{1,300})"/.exec(line.text)?.[1]
  const upstream = urlParts(/, upstream: "([^"]{1,16000})"/.exec(line.text)?.[1] ?? '')
  const [path, sent] = [request.target.split('?', 1)[0]!, upstream?.target.split('?', 1)[0]]
  const message = `nginx received the path ${path} and passed on ${sent}.`
  return {
    start: line.start,
    end: line.end,
    ...request,
    host,
    hints: sent === undefined || sent === path ? [] : [{ about: 'path-rewritten', strength: 'fair', message }],
  }
}

const KIND: LogKind = { name: "nginx's error log", clock: 'hop' }
const DEBUG = /^.{0,120}?\b\d{4}\/\d\d\/\d\d [\d:]{8} \[debug\] \d{1,9}#\d{1,9}: (?:(\*\d{1,12}) )?(.*)$/
