/**
 * Requests as tools for looking into them print them when they are copied: the network panel of a browser, the console of Postman and its
 * kin. Headings stand above headers and bodies; values may stand in quotation marks, or on the line after their name.
 * @see https://learning.postman.com/docs/sending-requests/response-data/troubleshooting-api-requests/
 */
import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import type { Header } from '../../sigv4/index.js'
import { headerLine, type Line, locationOf, logLines, urlParts } from '../../text/index.js'
import { clientObservations, responseObservations } from './http-observations.js'

export const inspectorText: EvidenceReader = {
  id: 'inspector-text',
  reads: "requests copied from a browser's network panel or from the console of Postman: request headers, answer, under headings",
  samples: [
    'GET https://a1b2c3d4e5.execute-api.eu-west-3.amazonaws.com/prod/items\n403\n212 ms\nRequest Headers\nX-Amz-Date: "20260203T101112Z"\nHost: "a1b2c3d4e5.execute-api.eu-west-3.amazonaws.com"\nResponse Headers\nx-amzn-ErrorType: "InvalidSignatureException"\n',
    'Request URL: https://examplebucket.s3.amazonaws.com/a.jpg\nRequest Method: PUT\nStatus Code: 403 Forbidden\nRequest Headers\ncontent-type:\nimage/jpeg\nhost:\nexamplebucket.s3.amazonaws.com\n',
  ],
  recognize: isInspectorText,
  read,
}

/** Whether a text has the headings of such a tool, and a request under them. */
export function isInspectorText(text: string): boolean {
  return MARK.test(text) && requestsIn(logLines(text)).length > 0
}

interface Inspected {
  readonly first: Line
  readonly last: Line
  readonly method: string
  readonly url: string
  readonly headers: readonly Header[]
  readonly status: number | undefined
  readonly answered: readonly Header[]
}

function read(source: EvidenceSource): readonly Observation[] {
  if (!MARK.test(source.text)) return []
  return requestsIn(logLines(source.text)).flatMap(({ first, last, method, url, headers, status, answered }): readonly Observation[] => {
    const parts = urlParts(url)
    if (parts === undefined) return []
    // The panel shows what the browser means to send, in its own spelling of names.
    const seen = { location: locationOf(source.name, first, last), fidelity: 'normalized' } as const
    const host: readonly Header[] = headers.some(([name]) => /^host$/i.test(name)) ? [] : [['Host', parts.host]]
    const request = { method, target: parts.target, headers: [...host, ...headers], body: undefined }
    return [
      { ...seen, kind: 'request', side: source.side ?? 'wire', request, scheme: parts.scheme, vantage: 'client' },
      ...clientObservations(seen, headers),
      ...(status === undefined ? [] : responseObservations(seen, status, answered)),
    ]
  })
}

/** Each request with its headings; one begins with its address. */
function requestsIn(lines: readonly Line[]): readonly Inspected[] {
  const starts = lines.flatMap(({ text }, i) => (addressOf(text) === undefined ? [] : [i]))
  return starts.slice(0, MOST).flatMap((start, n): readonly Inspected[] => {
    const own = lines.slice(start, starts[n + 1] ?? lines.length)
    const headings = own.map(({ text }) => headingOf(text))
    const at = headings.indexOf('request headers')
    if (at < 0) return []
    const { method, url } = addressOf(own[0]!.text)!
    const given = headersAfter(own, headings, at)
    const said = own.slice(0, at).map(({ text }) => text.trim())
    const answer = headings.indexOf('response headers')
    const status = said.flatMap(
      (text) => /^(?:Status Code:? ?)?(?:\u25cf|\u00e2\u0097\u008f)? ?([1-5]\d\d)(?: [A-Z][\w ]{0,40})?$/.exec(text)?.[1] ?? [],
    )[0]
    const named = said.flatMap((text) => /^Request Method:? ?([A-Z]{3,8})$/.exec(text)?.[1] ?? [])[0]
    return [
      {
        first: own[0]!,
        last: own[given.last] ?? own[at]!,
        method: method ?? named ?? '',
        url,
        headers: given.headers,
        status: status === undefined ? undefined : Number(status),
        answered: answer < 0 ? [] : headersAfter(own, headings, answer).headers,
      },
    ]
  })
}

function addressOf(line: string): { readonly method: string | undefined; readonly url: string } | undefined {
  const match = ADDRESS.exec(line.length > LONGEST ? '' : line)
  return match === null ? undefined : { method: match[1], url: match[2]! }
}

function headingOf(line: string): string | undefined {
  return line.length > 60 ? undefined : HEADING.exec(line)?.[1]?.toLowerCase()
}

function headersAfter(
  lines: readonly Line[],
  headings: readonly (string | undefined)[],
  at: number,
): { readonly headers: readonly Header[]; readonly last: number } {
  const headers: Header[] = []
  let last = at
  for (let i = at + 1; i < lines.length && headings[i] === undefined; i++) {
    const text = lines[i]!.text.trim()
    const alone = /^:?([\w-]{1,80}):?$/.exec(text)
    const next = lines[i + 1]?.text.trim() ?? ''
    if (/^:?[\w-]{1,80}:$/.test(text) && next !== '' && headings[i + 1] === undefined) {
      headers.push([alone![1]!, next])
      i++
    } else {
      const header = headerLine(text)
      if (header === undefined) {
        if (text === '' || PROVISIONAL.test(text)) continue
        break
      }
      headers.push([header[0], header[1].replace(/^"(.*)"$/, '$1')])
    }
    last = i
  }
  return { headers: headers.filter(([name]) => !name.startsWith(':')), last }
}

const MARK = /^\W{0,6}Request Headers\b/im
const ADDRESS = /^\W{0,6}(?:Request URL:? ?|(GET|PUT|POST|DELETE|HEAD|PATCH|OPTIONS) )(https?:\/\/\S+?)[ \t]{0,8}(?:\d{3}(?: .{0,40})?)?$/
const HEADING =
  /^\W{0,6}(request headers|request body|request payload|response headers|response body|query string parameters|general|network|preview|response)(?: \(\d{1,3}\))?(?:\s{0,3}view (?:source|parsed|decoded).{0,30})?:?$/i
const PROVISIONAL = /provisional headers|view source|^raw$/i
const LONGEST = 8200
const MOST = 40
