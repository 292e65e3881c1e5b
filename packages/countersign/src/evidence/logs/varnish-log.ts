/**
 * What varnishlog prints: requests as they came, and as they were sent to the backend after the VCL had its way.
 * Varnish cuts a record at 255 bytes unless vsl_reclen says otherwise; a header that may be cut is left out.
 * @see https://varnish-cache.org/docs/trunk/reference/vsl.html
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import type { Header, HttpRequest } from '../../sigv4/index.js'
import { headerLine, type Line, locationOf, logLines } from '../../text/index.js'
import { bodyOf, hopHints, hopObservations, keptFlows, type Logged } from './hop-flow.js'

export const varnishLog: EvidenceReader = {
  id: 'varnish-log',
  reads: 'the output of varnishlog: requests as they came and as they were sent to the backend',
  samples: [
    `*   << BeReq    >> 3
-   Begin          bereq 2 fetch
-   BereqMethod    GET
-   BereqURL       /b/k
-   BereqHeader    Host: files.example.com
-   BereqHeader    X-Amz-Date: 20250303T081530Z
-   VCL_call       BACKEND_FETCH
-   BereqUnset     Host: files.example.com
-   BereqHeader    Host: store:9000
-   VCL_return     fetch
-   BerespProtocol HTTP/1.1
-   BerespStatus   403
-   BerespHeader   Server: MinIO
-   End
*   << Request  >> 2
-   Begin          req 1 rxreq
-   ReqMethod      GET
-   ReqURL         /b/k
-   ReqHeader      Host: files.example.com
-   ReqHeader      X-Amz-Date: 20250303T081530Z
-   VCL_call       RECV
-   RespStatus     403
-   End
`,
    '*   << BeReq    >> 7\n-   BereqMethod    PUT\n-   BereqURL       /k\n-   BereqHeader    host: b.example.com\n-   BerespStatus   403\n-   End\n',
  ],
  recognize: (text) => OPENS.test(text) && read({ name: '', text }).length > 0,
  read,
}

/** One transaction. Headers are those at the time when the request came, or was sent. */
interface Transaction {
  readonly id: string
  readonly first: Line
  last: Line
  readonly backend: boolean
  parent: string
  method: string
  url: string
  headers: Header[]
  /** Nothing that follows was sent, or had come. */
  closed: boolean
  status: number | undefined
  readonly cut: string[]
  readonly answered: Header[]
  /** What the VCL took off the request to the backend. */
  readonly unset: Header[]
}

function read(source: EvidenceSource): readonly Observation[] {
  const all = transactionsIn(source.text)
  return keptFlows(all.filter(({ backend }) => backend)).flatMap((sent) => {
    const came = all.find(({ id, backend }) => !backend && id === sent.parent)
    const status = sent.status
    const reason = `Varnish logs no more than 255 bytes of a header unless told otherwise, so ${sent.cut.join(', ')} may be cut and was left out; with "varnishd -p vsl_reclen=4k" it is whole`
    const note: Observation = { ...placeOf(source.name, sent), kind: 'unreadable', reason }
    const seen = hopObservations(source, {
      hop: 'Varnish',
      came: came === undefined ? undefined : requestOf(source.name, came),
      sent: requestOf(source.name, sent),
      answer: status === undefined ? undefined : { ...placeOf(source.name, sent), what: { status, headers: sent.answered } },
    })
    const hints = seen.some(({ kind }) => kind === 'request') ? [] : headersChanged(source.name, sent)
    return [...seen, ...hints, ...(sent.cut.length === 0 ? [] : [note])]
  })
}

/** Of a log that was filtered down to headers: what the VCL changed in them. */
function headersChanged(source: string, { headers, unset, ...one }: Transaction): readonly Observation[] {
  const kept = headers.filter(([name]) => !unset.some(([other]) => other.toLowerCase() === name.toLowerCase()))
  const of = (given: readonly Header[]): HttpRequest => ({ method: '', target: '', headers: given, body: undefined })
  const place = placeOf(source, { headers, unset, ...one })
  return unset.length === 0 ? [] : hopHints({ came: of([...unset, ...kept]), sent: of(headers), hop: 'Varnish' }, place)
}

function transactionsIn(text: string): readonly Transaction[] {
  const all: Transaction[] = []
  for (const line of logLines(text)) {
    const opens = OPENS.exec(line.text.slice(0, 80))
    if (opens !== null) {
      const backend = opens[1] === 'BeReq'
      all.push({ id: opens[2]!, first: line, last: line, backend, parent: '', ...EMPTY, headers: [], cut: [], answered: [], unset: [] })
      continue
    }
    const current = all.at(-1)
    const record = current === undefined ? null : RECORD.exec(line.text)
    if (current === undefined || record === null) continue
    current.last = line
    take(current, record[1]!, record[2]!)
  }
  return all
}

function take(one: Transaction, tag: string, value: string): void {
  const own = one.backend ? 'Bereq' : 'Req'
  if (tag === 'Begin') one.parent = /^bereq (\d{1,20})/.exec(value)?.[1] ?? ''
  else if (tag === 'BerespStatus' && one.status === undefined) one.status = Number(value)
  else if (tag === 'BerespHeader') {
    const header = headerLine(value)
    if (header !== undefined) one.answered.push(header)
  }
  // What the VCL does to a request that came is no part of it; what it does to one that is to be sent is.
  if (one.backend ? tag === 'BerespProtocol' || tag === 'BerespStatus' : tag === 'VCL_call') one.closed = true
  if (one.closed) return
  if (tag === `${own}Method`) one.method = value.trim()
  else if (tag === `${own}URL`) one.url = value
  else if (tag === `${own}Unset`) {
    const unset = headerLine(value)
    const name = unset?.[0].toLowerCase()
    if (unset !== undefined && one.unset.length < 200) one.unset.push(unset)
    one.headers = one.headers.filter(([given]) => given.toLowerCase() !== name)
  } else if (tag === `${own}Header`) {
    const header = headerLine(value)
    if (header !== undefined && one.headers.length < 200) {
      if (value.length < CUT) one.headers.push(header)
      else one.cut.push(header[0])
    }
  }
}

function requestOf(source: string, one: Transaction): Logged<HttpRequest> | undefined {
  const { method, url: target, headers } = one
  if (!/^[A-Z]{3,10}$/.test(method) || target === '' || target.length >= CUT) return undefined
  return { ...placeOf(source, one), what: { method, target, headers, body: bodyOf(method, headers) } }
}

function placeOf(source: string, { first, last }: Transaction): Pick<Observation, 'location' | 'fidelity'> {
  return { location: locationOf(source, first, last), fidelity: 'normalized' }
}

const OPENS = /^[*\s]{0,12}<< {1,4}(BeReq|Request) {1,4}>> {1,4}(\d{1,20})/m
const EMPTY = { method: '', url: '', closed: false, status: undefined }
const RECORD = /^-{1,6}\s{1,8}([A-Za-z_]{3,20})\s{1,20}(\S.{0,20000})$/
/** A record of this length, less its tag's closing byte, may have been cut. */
const CUT = 250
