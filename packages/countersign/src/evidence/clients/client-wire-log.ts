/**
 * What HTTP libraries log of their messages: Apache HttpClient's wire log, Python's http.client, OkHttp, .NET's HttpClient.
 * @see https://hc.apache.org/httpcomponents-client-4.5.x/logging.html
 * @see https://docs.python.org/3/library/http.client.html#http.client.HTTPConnection.set_debuglevel
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { type Edit, edited, type Line, plainText, quotedText, urlParts } from '../../text/index.js'
import { inPlaceOf, notatedLines, notatedMessages, onOwnLine } from './notated-messages.js'

export const clientWireLog: EvidenceReader = {
  id: 'client-wire-log',
  reads: 'what HTTP libraries log: Apache HttpClient (wire), Python http.client (debuglevel), OkHttp, .NET HttpClient',
  samples: [
    '12:00:00 [main] DEBUG org.apache.http.wire - http-outgoing-0 >> "PUT /examplebucket/a.txt HTTP/1.1[\\r][\\n]"\n12:00:00 [main] DEBUG org.apache.http.wire - http-outgoing-0 >> "Host: store.example[\\r][\\n]"\n12:00:00 [main] DEBUG org.apache.http.wire - http-outgoing-0 >> "Content-Length: 2[\\r][\\n]"\n12:00:00 [main] DEBUG org.apache.http.wire - http-outgoing-0 >> "[\\r][\\n]"\n12:00:00 [main] DEBUG org.apache.http.wire - http-outgoing-0 >> "hi"\n12:00:00 [main] DEBUG org.apache.http.wire - http-outgoing-0 << "HTTP/1.1 403 Forbidden[\\r][\\n]"\n12:00:00 [main] DEBUG org.apache.http.wire - http-outgoing-0 << "[\\r][\\n]"\n',
    "send: b'GET /examplebucket?list-type=2 HTTP/1.1\\r\\nHost: store.example\\r\\nX-Amz-Date: 20250303T081530Z\\r\\n\\r\\n'\nreply: 'HTTP/1.1 403 Forbidden\\r\\n'\nheader: Server: MinIO\nheader: Content-Length: 0\n",
    '--> PUT https://examplebucket.s3.eu-west-3.amazonaws.com/a.txt http/1.1\nx-amz-date: 20250303T081530Z\nContent-Length: 2\n\nhi\n--> END PUT (2-byte body)\n<-- 403 Forbidden https://examplebucket.s3.eu-west-3.amazonaws.com/a.txt (41ms)\nserver: AmazonS3\n<-- END HTTP\n',
    'info: System.Net.Http.HttpClient.s3.ClientHandler[100]\n      Sending HTTP request PUT https://examplebucket.s3.eu-west-3.amazonaws.com/a.txt\ntrce: System.Net.Http.HttpClient.s3.ClientHandler[102]\n      Request Headers:\n      X-Amz-Date: 20250303T081530Z\n      Authorization: *\n',
  ],
  recognize: (text) => isWireLog(text),
  read,
}

/** Whether a text holds messages in the notation of one of these libraries. */
export function isWireLog(text: string): boolean {
  return NOTATIONS.some(({ seen }) => seen.test(text))
}

function read(source: EvidenceSource): readonly Observation[] {
  return NOTATIONS.flatMap(({ seen, edits, exact }) => {
    if (!seen.test(source.text)) return []
    const plain = edited(plainText(source.text), edits(notatedLines(source.text), source.text))
    return notatedMessages(source, plain, exact ? 'exact' : 'normalized', 'client')
  })
}

interface Notation {
  readonly seen: RegExp
  /** Whether the library logs every byte. */
  readonly exact: boolean
  edits(lines: readonly Line[], text: string): readonly Edit[]
}

/** `http-outgoing-0 >> "PUT / HTTP/1.1[\r][\n]"`: line ends and bytes that do not print are spelled in brackets. */
function apacheEdits(lines: readonly Line[], text: string): readonly Edit[] {
  const rows = lines.map((line) => apacheRow(line.text))
  return lines.flatMap((line, i) => {
    const row = rows[i]
    if (row === undefined) return []
    const bytes = row.bytes.replace(/\[\\r\]|\[\\n\]|\[0x([0-9a-f]{2})\]/g, (mark, hex: string | undefined) =>
      hex === undefined ? (mark === '[\\r]' ? '\r' : '\n') : String.fromCharCode(Number.parseInt(hex, 16)),
    )
    const goesOn = bytes.endsWith('\n') || rows[i + 1]?.mark === row.mark
    return [inPlaceOf(line, onOwnLine(goesOn ? bytes : `${bytes}\n`), text)]
  })
}

/** The bytes between the first mark of a line and the quotation mark at its end. */
function apacheRow(line: string): { readonly mark: string; readonly bytes: string } | undefined {
  const mark = line.endsWith('"') ? APACHE.exec(line) : null
  const from = mark === null ? line.length : mark.index + mark[0].length
  return mark === null || from >= line.length ? undefined : { mark: mark[1]!, bytes: line.slice(from, -1) }
}

/** `send: b'PUT / HTTP/1.1\r\n...'`, `reply: '...'`, `header: Name: value`. */
function pythonEdits(lines: readonly Line[], text: string): readonly Edit[] {
  return lines.flatMap((line) => {
    const header = /^header: (.{1,8000})$/.exec(line.text)
    if (header !== null) return [inPlaceOf(line, `${header[1]}\r\n`, text)]
    const mark = /^(?:send|reply): (?=b?['"])/.exec(line.text)
    const said = mark === null ? undefined : quotedText(line.text, mark[0].length)
    return said === undefined ? [] : [inPlaceOf(line, onOwnLine(said.value), text)]
  })
}

function okHttpEdits(lines: readonly Line[], text: string): readonly Edit[] {
  return lines.flatMap((line, i) => {
    const sent = /^(.{0,120}?)--> ([A-Z]{3,9}) (https?:\/\/\S{1,16000})(?: (?:http\/1\.1|h2)\b.{0,80})?$/.exec(line.text)
    if (sent !== null) return [inPlaceOf(line, `${requestHead(sent[2]!, sent[3]!, lines, i)}\r\n`, text)]
    const answer = /^.{0,120}?<-- (\d{3})(?: ([A-Za-z ]{1,40}))? https?:\/\//.exec(line.text.slice(0, 400))
    if (answer !== null) return [inPlaceOf(line, `HTTP/1.1 ${answer[1]} ${answer[2] ?? ''}\r\n`, text)]
    return /^.{0,120}?(?:--> END [A-Z]{3,9}|<-- END HTTP)/.test(line.text.slice(0, 200)) ? [inPlaceOf(line, '\r\n', text)] : []
  })
}

/** .NET hides Authorization and cookies as "*". */
function dotnetEdits(lines: readonly Line[], text: string): readonly Edit[] {
  return lines.flatMap((line, i) => {
    if (/^(?:info|trce|dbug): System\.Net\.Http\.HttpClient\.|^\s{0,12}(?:Request|Response) Headers:\s*$/.test(line.text.slice(0, 120)))
      return [inPlaceOf(line, '', text)]
    const sent = /^\s{0,12}Sending HTTP request ([A-Z]{3,9}) (https?:\/\/\S{1,16000})$/.exec(line.text)
    if (sent !== null) return [inPlaceOf(line, `${requestHead(sent[1]!, sent[2]!, lines, i)}\r\n`, text)]
    const answer = /^\s{0,12}Received HTTP response headers after [\d.]{1,12}ms - (\d{3})$/.exec(line.text.slice(0, 200))
    if (answer !== null) return [inPlaceOf(line, `\r\nHTTP/1.1 ${answer[1]}\r\n`, text)]
    const indent = /^ {6}(?=[A-Za-z][\w-]{0,80}: )/.exec(line.text)
    return indent === null ? [] : [{ start: line.start, end: line.start + indent[0].length, put: '' }]
  })
}

/** The request line that the URL makes, with the Host header that these logs leave out. */
function requestHead(method: string, url: string, lines: readonly Line[], at: number): string {
  const parts = urlParts(url)
  const near = lines.slice(at + 1, at + 60).findIndex(({ text }) => /^\s{0,12}host: /i.test(text))
  const next = lines.slice(at + 1, at + 60).findIndex(({ text }) => ENDS.test(text.slice(0, 300)))
  const named = near >= 0 && (next < 0 || near < next)
  return `${method} ${parts?.target ?? '/'} HTTP/1.1${named ? '' : `\r\nHost: ${parts?.host ?? ''}`}`
}

const APACHE = /(>>|<<) "/
const ENDS = /--> |<-- |Received HTTP response|Sending HTTP request/
const NOTATIONS: readonly Notation[] = [
  { seen: /(?:>>|<<) "[^"\n]{0,20000}\[\\r\]\[\\n\]"/, exact: true, edits: apacheEdits },
  { seen: /^(?:send: b?['"][A-Z]{3,9} |reply: ['"]HTTP\/)/m, exact: true, edits: pythonEdits },
  { seen: /^.{0,120}?--> [A-Z]{3,9} https?:\/\//m, exact: false, edits: okHttpEdits },
  { seen: /^\s{0,12}Sending HTTP request [A-Z]{3,9} https?:\/\//m, exact: false, edits: dotnetEdits },
]
