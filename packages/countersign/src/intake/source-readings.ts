/**
 * The ways to read a piece of evidence: as it was given, and without what logs, terminals, pages and programs put around it.
 *
 * What surely is a wrapping is taken off before anyone reads. What may be one gives a second reading; the one that says more
 * is taken (readEvidence), so that a log whose own lines have time stamps keeps them.
 */
import {
  joinedLines,
  loggedLines,
  pageEntities,
  straightQuotes,
  stringEscapes,
  syslogEscapes,
  syslogRecords,
  terminalMarks,
  unprefixedBefore,
  type Wrapping,
} from '../text/index.js'

/** A request, an answer or a text of a signer begins so, behind an indent. */
const INDENTED = unprefixedBefore(
  /^[ \t]{1,40}(?=(?:GET|PUT|POST|DELETE|HEAD|PATCH|OPTIONS)(?:\r?$| [/h])|AWS4-(?:HMAC|ECDSA-P256)-SHA256\r?$|HTTP\/[123]|(?:=> Send|<= Recv) |== Info: |> (?:GET|PUT|POST|DELETE|HEAD) )/,
)
const LONGEST = 4_000_000
const LONGEST_UNSURE = 1_000_000

/** The plainest reading first. An escape undone twice, or a line joined, may be wrong: then no byte is surely as it was written. */
export const SOURCE_READINGS: readonly Wrapping[] = [
  { edits: terminalMarks, go: 'on' },
  { edits: loggedLines, go: 'on' },
  { edits: syslogRecords, go: 'on', sure: true, longest: LONGEST },
  { edits: pageEntities, go: 'on', sure: true, always: true },
  { edits: INDENTED, go: 'on', sure: true, times: 4, longest: LONGEST },
  { edits: joinedLines, go: 'aside', sure: false, longest: LONGEST_UNSURE },
  {
    edits: stringEscapes,
    go: 'aside',
    sure: false,
    longest: LONGEST_UNSURE,
    within: [
      { edits: INDENTED, go: 'aside', sure: false },
      { edits: stringEscapes, go: 'aside', sure: false },
    ],
  },
  { edits: syslogEscapes, go: 'aside', sure: false, longest: LONGEST_UNSURE },
  { edits: straightQuotes, go: 'aside', sure: false, longest: LONGEST_UNSURE },
]
