/** Leaves out of a text what services say, so that what is left is what people and files say. */
import { blank, isLogRecord, MOST_SCANNED } from '../text/index.js'

/** The scanned part of a text with error bodies, their JSON lines, and what programs log blanked; offsets stay what they were. */
export function withoutBodies(text: string): string {
  return ['ErrorResponse', 'Error', 'Response']
    .reduce(withoutElements, text.slice(0, MOST_SCANNED))
    .replace(JSON_LINE, blank)
    .replace(PRINTED_REQUEST, blank)
    .split('\n')
    .map((line) => (isLogRecord(line) || isDebugLine(line) ? blank(line) : line))
    .join('\n')
}

/** A program's talk to its developers: "DEBUG: ...", "2026/11/30 12:32:12 DEBUG : ...", "... - botocore.auth - DEBUG - ...". */
function isDebugLine(line: string): boolean {
  return /^(?:[^\n]{0,100}[\s[])?(?:DEBUG|TRACE)\b\]?(?: ?[:-]|\s)/.test(line.slice(0, 120))
}

function withoutElements(text: string, name: string): string {
  const pieces: string[] = []
  const last = text.lastIndexOf(`</${name}>`)
  let at = 0
  for (let open = text.indexOf(`<${name}`); open >= 0; open = text.indexOf(`<${name}`, Math.max(at, open + 1))) {
    if (!/[\s>]/.test(text.charAt(open + name.length + 1))) continue
    const end = open < last ? text.indexOf(`</${name}>`, open) + name.length + 3 : endOfCut(text, open)
    pieces.push(text.slice(at, open), blank(text.slice(open, end)))
    at = end
  }
  return pieces.join('') + text.slice(at)
}

/** An element that is cut short ends with its last tag before an empty line. */
function endOfCut(text: string, open: number): number {
  const paragraph = text.slice(open, open + LONGEST_CUT).split(/\n[ \t\r]{0,40}\n/, 1)[0]!
  return open + paragraph.lastIndexOf('>') + 1
}

const LONGEST_CUT = 8000
/** A request as an SDK for JavaScript prints it: no code, though it looks like it. */
const PRINTED_REQUEST = /\bHttpRe(?:quest|sponse) \{\r?\n(?:[ \t][^\n]{0,8000}\n){1,400}\}|^[^\n]{0,80}\{"method":"[A-Z]{3,8}"[^\n]*/gm
const JSON_LINE = /^[ \t]{0,40}\{?[ \t]{0,40}"(?:message|Message|__type|code|error|errorMessage|errorType)"[ \t]{0,10}:[^\n]*/gm
