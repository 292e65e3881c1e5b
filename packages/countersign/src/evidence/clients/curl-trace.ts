/**
 * What `curl --trace` and `curl --trace-ascii` write: headers and bodies as numbered lines, long ones over several.
 * @see https://curl.se/docs/manpage.html#--trace-ascii
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { type Edit, type EditedText, edited, type Line, plainText } from '../../text/index.js'
import { inPlaceOf, notatedLines, notatedMessages, onOwnLine } from './notated-messages.js'

export const curlTrace: EvidenceReader = {
  id: 'curl-trace',
  reads: 'the output of curl --trace and --trace-ascii',
  samples: [
    '== Info: Connected to 127.0.0.1 (127.0.0.1) port 9900\n=> Send header, 118 bytes (0x76)\n0000: GET /a.txt?versionId=1 HTTP/1.1\n0021: Host: 127.0.0.1:9900\n0037: X-Amz-Date: 20261122T041557Z\n0055: User-Agent: curl/8.16.0\n006e: Accept: \n0078: \n<= Recv header, 24 bytes (0x18)\n0000: HTTP/1.1 403 Forbidden\n',
    '=> Send header, 28 bytes (0x1c)\n0000: 47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a GET / HTTP/1.1..\n0010: 48 6f 73 74 3a 20 61 0d 0a 0d 0a                Host: a....\n',
  ],
  recognize: (text) => isCurlTrace(text),
  read,
}

/** Whether a text is a trace of curl. */
export function isCurlTrace(text: string): boolean {
  return /^(?:[\d:.]{8,15} )?(?:=> Send|<= Recv) (?:header|data), \d{1,9} bytes/m.test(text)
}

function read(source: EvidenceSource): readonly Observation[] {
  if (!isCurlTrace(source.text)) return []
  const { plain, exact } = untraced(source.text)
  return notatedMessages(source, plain, exact ? 'exact' : 'normalized', 'client')
}

/** What a trace traced, as plain text. */
export function traceText(text: string): EditedText {
  return untraced(text).plain
}

function untraced(text: string): { readonly plain: EditedText; readonly exact: boolean } {
  const lines = notatedLines(text)
  const edits: Edit[] = []
  let exact = true
  for (let i = 0; i < lines.length; ) {
    const block = BLOCK.exec(lines[i]!.text.slice(0, 200))
    let next = i + 1
    while (block !== null && next < lines.length && DATA.test(lines[next]!.text.slice(0, 12))) next++
    if (block !== null) {
      const rows = lines.slice(i + 1, next)
      const hex = hexBytes(rows)
      if (block[1] === 'header' && hex?.length !== Number(block[2])) exact = false
      const bytes = block[1] === 'header' || block[1] === 'data' ? (hex ?? joinedText(rows, Number(block[2]))) : ''
      edits.push(inPlaceOf(lines[i]!, onOwnLine(bytes), text))
      for (const row of rows) edits.push(inPlaceOf(row, '', text))
    } else if (NOTE.test(lines[i]!.text.slice(0, 40))) edits.push(inPlaceOf(lines[i]!, '', text))
    i = next
  }
  return { plain: edited(plainText(text), edits), exact }
}

/** The bytes of rows in hexadecimal; `undefined` where they are not. */
function hexBytes(rows: readonly Line[]): string | undefined {
  const bytes = rows.map(({ text }) => HEX.exec(text)?.[1])
  if (bytes.length === 0 || bytes.some((row) => row === undefined)) return undefined
  return bytes
    .join('')
    .split(' ')
    .flatMap((byte) => (byte === '' ? [] : [String.fromCharCode(Number.parseInt(byte, 16))]))
    .join('')
}

/** Rows of text: the offsets tell whether a line ended between two of them, or only the row did. */
function joinedText(rows: readonly Line[], total: number): string {
  const cells = rows.map(({ text }) => ({ at: Number.parseInt(text, 16), text: text.slice(text.indexOf(':') + 2) }))
  return cells
    .map(({ at, text }, i) => text + ((cells[i + 1]?.at ?? Math.max(total, at + text.length)) - at - text.length >= 2 ? '\r\n' : ''))
    .join('')
}

const BLOCK = /^(?:[\d:.]{8,15} )?(?:=> Send|<= Recv) (header|data|SSL data), (\d{1,9}) bytes/
const NOTE = /^(?:[\d:.]{8,15} )?== Info: /
const DATA = /^[0-9a-f]{4,8}:(?: |$)/
const HEX = /^[0-9a-f]{4,8}: ((?:[0-9a-f]{2} ){1,16})/
