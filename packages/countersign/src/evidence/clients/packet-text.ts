/**
 * Packets as text: tcpdump -A and -X, ngrep, hexdump, xxd, and the wire log of Netty.
 * @see https://www.tcpdump.org/manpages/tcpdump.1.html
 */

import type { EvidenceReader, EvidenceSource, Fidelity, Observation } from '../../case/index.js'
import { type Edit, edited, type Line, plainText } from '../../text/index.js'
import { inPlaceOf, notatedLines, notatedMessages, onOwnLine } from './notated-messages.js'

export const packetText: EvidenceReader = {
  id: 'packet-text',
  reads: 'packets as text: tcpdump -A and -X, ngrep, hexdump -C, xxd, the wire log of Netty',
  samples: [
    '12:00:01.000200 IP 10.0.0.5.50412 > 10.0.0.9.9000: Flags [P.], seq 1:88, ack 1, win 502, length 87\nE..{.]@.@...........#(....GET /examplebucket/a.txt HTTP/1.1\nHost: store.example:9000\nX-Amz-Date: 20250303T081530Z\n\n12:00:01.001300 IP 10.0.0.9.9000 > 10.0.0.5.50412: Flags [P.], length 30\nE..B..@.@.......HTTP/1.1 403 Forbidden\nServer: MinIO\n\n',
    '00000000  47 45 54 20 2f 62 2f 6b  20 48 54 54 50 2f 31 2e  |GET /b/k HTTP/1.|\n00000010  31 0d 0a 48 6f 73 74 3a  20 61 2e 62 0d 0a 0d 0a  |1..Host: a.b....|\n',
    'T 10.0.0.5:50412 -> 10.0.0.9:9000 [AP] #4\n  GET /examplebucket/a.txt HTTP/1.1.\n  Host: store.example:9000.\n  X-Amz-Date: 20250303T081530Z.\n  .\n',
  ],
  recognize: (text) => isPacketText(text),
  read,
}

/** Whether a text shows packets. */
export function isPacketText(text: string): boolean {
  return HEADING.test(text) || DUMP.test(text)
}

function read(source: EvidenceSource): readonly Observation[] {
  if (!isPacketText(source.text)) return []
  const lines = notatedLines(source.text)
  const edits: Edit[] = []
  let fidelity: Fidelity = 'normalized'
  for (let i = 0; i < lines.length; ) {
    const line = lines[i]!
    const rows = rowsFrom(lines, i)
    if (rows.length > 0) {
      fidelity = 'exact'
      const bytes = payloadOf(rows.map(({ bytes: row }) => row).join(''))
      edits.push(inPlaceOf(line, onOwnLine(bytes), source.text))
      for (const row of lines.slice(i + 1, i + rows.length)) edits.push(inPlaceOf(row, '', source.text))
      i += rows.length
    } else if (NGREP.test(line.text)) {
      edits.push(inPlaceOf(line, '', source.text))
      let next = i + 1
      while (next < lines.length && lines[next]!.text.startsWith('  ')) next++
      for (const one of ngrepLines(lines.slice(i + 1, next), source.text)) edits.push(one)
      i = next
    } else {
      if (BESIDE.test(line.text)) edits.push(inPlaceOf(line, '', source.text))
      const junk = START_BEHIND.exec(line.text.slice(0, 200))
      if (junk !== null) edits.push({ start: line.start, end: line.start + junk[0].length, put: '' })
      i++
    }
  }
  return notatedMessages(source, edited(plainText(source.text), edits), fidelity)
}

/** The rows of one dump: offsets go up. */
function rowsFrom(lines: readonly Line[], from: number): readonly { readonly at: number; readonly bytes: string }[] {
  const rows: { at: number; bytes: string }[] = []
  for (let i = from; i < lines.length; i++) {
    const row = rowOf(lines[i]!.text)
    const last = rows.at(-1)
    if (row === undefined || (last === undefined ? row.at !== 0 : row.at !== last.at + last.bytes.length)) break
    rows.push(row)
  }
  return rows
}

function rowOf(line: string): { readonly at: number; readonly bytes: string } | undefined {
  for (const pattern of ROWS) {
    const match = pattern.exec(line.slice(0, 140))
    if (match === null) continue
    const digits = match[2]!.replace(/\s/g, '')
    const bytes = digits.match(/../g)?.map((byte) => String.fromCharCode(Number.parseInt(byte, 16))) ?? []
    return { at: Number.parseInt(match[1]!, 16), bytes: bytes.join('') }
  }
  return undefined
}

/** What TCP carries, where the bytes are a packet; else the bytes. */
function payloadOf(bytes: string): string {
  const at = bytes.charCodeAt(12) === 8 && bytes.charCodeAt(13) === 0 && bytes.charCodeAt(14) >> 4 === 4 ? 14 : 0
  if (bytes.charCodeAt(at) >> 4 !== 4 || bytes.charCodeAt(at + 9) !== 6) return bytes
  const internet = at + (bytes.charCodeAt(at) & 15) * 4
  const length = bytes.charCodeAt(at + 2) * 256 + bytes.charCodeAt(at + 3)
  const start = internet + (bytes.charCodeAt(internet + 12) >> 4) * 4
  // A capture of the sending machine may have the length 0: the card fills it in later.
  return length > 0 ? bytes.slice(start, at + length) : bytes.slice(start)
}

/** ngrep shows a line end as "." (-W byline), or as ".." within lines of the screen's width. */
function ngrepLines(lines: readonly Line[], text: string): readonly Edit[] {
  const byline = lines.some((line) => /^ {2}[A-Z]{3,9} \S{1,4000} HTTP\/1\.[01]\.$|^ {2}HTTP\/1\.[01] [^.]{1,60}\.$/.test(line.text))
  if (byline) return lines.map((line) => inPlaceOf(line, `${line.text.slice(2).replace(/\.$/, '')}\n`, text))
  const joined = lines
    .map((line) => line.text.slice(2))
    .join('')
    .replace(/\.\.(?=[A-Za-z][A-Za-z0-9-]{0,60}: |\.\.|$)/g, '\r\n')
  return lines.map((line, i) => inPlaceOf(line, i === 0 ? `${joined}\n` : '', text))
}

const HEADING = /^(?:[\d:.]{8,15} IP6? \S{3,80} > \S{3,80}: |T \S{3,80}:\d{1,5} -> \S{3,80}:\d{1,5} \[[A-Z]{1,8}\])/m
const DUMP = /^(?:0{8}:?|\|0{8}\||\s{0,8}0x0000: |0{4,6} ) {0,2}(?:[0-9a-f]{2} ?){4}/m
const NGREP = /^T \S{3,80}:\d{1,5} -> \S{3,80}:\d{1,5} \[[A-Z]{1,8}\]/
/** Headings of packets, and the frame of Netty's dumps. */
const BESIDE =
  /^(?:[\d:.]{8,15} IP6? |#{1,3}$|interface: |filter: |\s{0,12}\+-{5,60}|\s{9,12}\| {2}0 {2}1 {2}2 |.{0,200}\b(?:WRITE|READ): \d{1,9}B|.{0,200}\b(?:FLUSH|READ COMPLETE)$)/
const START_BEHIND = /^\S.{15,110}?(?=(?:GET|PUT|POST|DELETE|HEAD|PATCH|OPTIONS) \/\S{0,80}|HTTP\/1\.[01] \d{3}(?: |$))/
const ROWS = [
  /^\s{0,8}0x([0-9a-f]{4,8}): {1,3}((?:[0-9a-f]{2,4} ){0,7}[0-9a-f]{2,4})(?: |$)/,
  /^\|([0-9a-f]{8})\| ((?:[0-9a-f]{2} ){1,16})/,
  /^([0-9a-f]{4,8}) {2,3}((?:[0-9a-f]{2} {1,2}){0,15}[0-9a-f]{2})(?: {2}|\s*$)/,
  /^([0-9a-f]{8}): ((?:[0-9a-f]{4} ){0,7}[0-9a-f]{2,4})(?: |$)/,
]
