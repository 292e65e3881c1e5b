/** HTTP messages in a notation of their own (a trace, a dump, a wire log), after it has been turned back into plain text. */

import type { EvidenceSource, Fidelity, Observation } from '../../case/index.js'
import { type Edit, type EditedText, httpMessages, type Line } from '../../text/index.js'
import { messageObservations } from './http-observations.js'

/** The messages of the plain text, at the places where the notation has them. */
export function notatedMessages(source: EvidenceSource, plain: EditedText, fidelity: Fidelity, vantage?: 'client'): readonly Observation[] {
  return httpMessages(plain.text, notatedLines(plain.text)).flatMap((message) => {
    const worst = message.cut && fidelity === 'exact' ? 'normalized' : fidelity
    return messageObservations(source.name, message, source.side ?? 'wire', worst, vantage).map((one) => {
      const start = plain.origin(one.location.start)
      return { ...one, location: { ...one.location, start, end: Math.max(start, plain.origin(one.location.end)) } }
    })
  })
}

/** The lines of a text, without their line ends. */
export function notatedLines(text: string): readonly Line[] {
  const lines: Line[] = []
  for (let start = 0; start <= text.length; ) {
    const feed = text.indexOf('\n', start)
    const end = feed < 0 ? text.length : feed
    lines.push({ text: text.slice(start, text[end - 1] === '\r' && end > start ? end - 1 : end), start, end })
    start = end + 1
  }
  return lines
}

/** The edit that puts a text in place of a line and its line end. */
export function inPlaceOf(line: Line, put: string, text: string): Edit {
  return { start: line.start, end: Math.min(text.length, line.end + 1), put }
}

/** A message that begins behind a body without a line end begins on a new line. */
export function onOwnLine(bytes: string): string {
  return /^(?:[A-Z]{3,9} [^\s]{1,4000} HTTP\/[12]|HTTP\/[12](?:\.[01])? \d{3})/.test(bytes.slice(0, 4100)) ? `\n${bytes}` : bytes
}
