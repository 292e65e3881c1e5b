/**
 * The ways to read a piece of evidence: as it was given, and without what logs, terminals, pages and programs put around it.
 *
 * What surely is a wrapping is taken off before anyone reads. What may be one gives a second reading; the one that says more
 * is taken (readEvidence), so that a log whose own lines have time stamps keeps them.
 */
import {
  type Edit,
  type EditedText,
  edited,
  joinedLines,
  loggedLines,
  pageEntities,
  plainText,
  straightQuotes,
  stringEscapes,
  terminalMarks,
  unprefixed,
} from '../text/index.js'

export interface SourceReading extends EditedText {
  /** Whether every byte surely is as it was written: an escape undone twice, or a line joined, may be wrong. */
  readonly sure: boolean
}

/** The readings of a text, the plainest first. */
export function sourceReadings(text: string): readonly SourceReading[] {
  const bare = edited(plainText(text), terminalMarks(text))
  const lines = edited(bare, loggedLines(bare.text))
  const plain = edited(lines, pageEntities(lines.text))
  const readings: SourceReading[] = [{ ...plain, sure: true }]
  if (text.length > LONGEST) return readings
  const add = (from: EditedText, edits: readonly Edit[], sure: boolean): void => {
    if (edits.length > 0) readings.push({ ...edited(from, edits), sure })
  }
  let unwrapped: EditedText = plain
  for (let round = 0; round < 4; round++) {
    const next = edited(unwrapped, unprefixed(unwrapped.text, INDENTED))
    if (next === unwrapped) break
    unwrapped = next
    readings.push({ ...unwrapped, sure: true })
  }
  if (text.length > LONGEST_UNSURE) return readings
  add(unwrapped, joinedLines(unwrapped.text), false)
  const once = edited(unwrapped, stringEscapes(unwrapped.text))
  if (once !== unwrapped) {
    readings.push({ ...once, sure: false })
    add(once, unprefixed(once.text, INDENTED), false)
    add(once, stringEscapes(once.text), false)
  }
  add(unwrapped, straightQuotes(unwrapped.text), false)
  return readings
}

const LONGEST = 4_000_000
const LONGEST_UNSURE = 1_000_000
/** A request, an answer or a text of a signer begins so, behind an indent. */
const INDENTED =
  /^[ \t]{1,40}(?=(?:GET|PUT|POST|DELETE|HEAD|PATCH|OPTIONS)(?:\r?$| [/h])|AWS4-(?:HMAC|ECDSA-P256)-SHA256\r?$|HTTP\/[123]|(?:=> Send|<= Recv) |== Info: |> (?:GET|PUT|POST|DELETE|HEAD) )/
