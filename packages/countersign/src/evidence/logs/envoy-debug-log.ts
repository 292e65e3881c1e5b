/**
 * Envoy's log at level debug: each request as it came, and as the router was about to send it on.
 * Names are in lower case there, as HTTP/2 has them. What auto_host_rewrite does comes later and is not shown.
 * @see https://www.envoyproxy.io/docs/envoy/latest/operations/cli#cmdoption-l
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import type { Header, HttpRequest } from '../../sigv4/index.js'
import { type Line, locationOf, logLines } from '../../text/index.js'
import { bodyOf, hopObservations, keptFlows, type Logged } from './hop-flow.js'

export const envoyDebugLog: EvidenceReader = {
  id: 'envoy-debug-log',
  reads: "Envoy's log at level debug: requests as they came and as they were sent on, and the answers",
  samples: [
    `[2025-03-03 08:15:30.112][31][debug][http] [source/common/http/conn_manager_impl.cc:1087] [Tags: "ConnectionId":"0","StreamId":"71"] request headers complete (end_stream=true):
':authority', 'files.example.com'
':path', '/b/k'
':method', 'GET'
'x-amz-date', '20250303T081530Z'

[2025-03-03 08:15:30.113][31][debug][router] [source/common/router/router.cc:756] [Tags: "ConnectionId":"0","StreamId":"71"] router decoding headers:
':authority', 'store:9000'
':path', '/b/k'
':method', 'GET'
':scheme', 'http'
'x-amz-date', '20250303T081530Z'

[2025-03-03 08:15:30.120][31][debug][http] [source/common/http/conn_manager_impl.cc:1820] [Tags: "ConnectionId":"0","StreamId":"71"] encoding headers via codec (end_stream=false):
':status', '403'
'server', 'envoy'
`,
    `[2025-03-03 08:15:30.112][31][debug][http] [source/common/http/conn_manager_impl.cc:1087] [C0][S72] request headers complete (end_stream=false):
':authority', 'b.s3.eu-west-1.amazonaws.com'
':path', '/k?acl'
':method', 'PUT'
`,
  ],
  recognize: (text) => BLOCK.test(text) && read({ name: '', text }).length > 0,
  read,
}

interface Flow {
  came?: Block
  sent?: Block
  answer?: Block
}

interface Block {
  readonly first: Line
  readonly last: Line
  readonly headers: readonly Header[]
}

function read(source: EvidenceSource): readonly Observation[] {
  if (!BLOCK.test(source.text)) return []
  const streams = new Map<string, Flow>()
  const lines = logLines(source.text)
  for (let i = 0; i < lines.length; i++) {
    const match = OPENS.exec(lines[i]!.text.slice(0, 600))
    if (match === null) continue
    const flow = streams.get(match[1]!) ?? {}
    streams.set(match[1]!, flow)
    const block = blockAt(lines, i)
    const kind = match[2]!.startsWith('request') ? 'came' : match[2]!.startsWith('router') ? 'sent' : 'answer'
    flow[kind] = block
  }
  const flows = [...streams.values()].map((flow) => ({ flow, status: statusOf(flow) }))
  return keptFlows(flows).flatMap(({ flow, status }) => {
    const place = ({ first, last }: Block) => ({ location: locationOf(source.name, first, last), fidelity: 'normalized' }) as const
    const request = (block: Block | undefined): Logged<HttpRequest> | undefined => {
      const what = block === undefined ? undefined : requestOf(block)
      return what === undefined ? undefined : { ...place(block!), what }
    }
    const { answer } = flow
    return hopObservations(source, {
      hop: 'Envoy',
      came: request(flow.came),
      sent: request(flow.sent),
      answer:
        answer === undefined || status === undefined
          ? undefined
          : { ...place(answer), what: { status, headers: answer.headers.filter(([name]) => !name.startsWith(':')) } },
    })
  })
}

function blockAt(lines: readonly Line[], at: number): Block {
  const headers: Header[] = []
  let i = at + 1
  for (; i < lines.length; i++) {
    const match = HEADER.exec(lines[i]!.text)
    if (match === null) break
    headers.push([match[1]!, match[2]!])
  }
  return { first: lines[at]!, last: lines[i - 1]!, headers }
}

function requestOf({ headers }: Block): HttpRequest | undefined {
  const value = (name: string): string | undefined => headers.find(([given]) => given === name)?.[1]
  const [method, target, host] = [value(':method'), value(':path'), value(':authority')]
  if (method === undefined || target === undefined) return undefined
  const plain = headers.filter(([name]) => !name.startsWith(':'))
  return { method, target, headers: [...(host === undefined ? [] : [['host', host] as const]), ...plain], body: bodyOf(method, plain) }
}

function statusOf({ answer }: Flow): number | undefined {
  const status = answer?.headers.find(([name]) => name === ':status')?.[1]
  return status !== undefined && /^\d{3}$/.test(status) ? Number(status) : undefined
}

const WHAT = 'request headers complete|router decoding headers|encoding headers via codec'
const BLOCK = new RegExp(`(?:${WHAT})(?: \\(end_stream=\\w{4,5}\\))?:`)
const OPENS = new RegExp(`(?:\\[S|"StreamId":")(\\d{1,20})"?.{0,120}?\\] (${WHAT})(?: \\(end_stream=\\w{4,5}\\))?:\\s{0,8}$`)
const HEADER = /^'([^']{1,128})', '(.*)'$/
