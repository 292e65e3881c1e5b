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
import { farLines, LONG } from './far-lines.js'

/** A request, an answer or a text of a signer begins so, behind an indent. */
const INDENTED = unprefixedBefore(
  /^[ \t]{1,40}(?=(?:GET|PUT|POST|DELETE|HEAD|PATCH|OPTIONS)(?:\r?$| [/h])|AWS4-(?:HMAC|ECDSA-P256)-SHA256\r?$|HTTP\/[123]|(?:=> Send|<= Recv) |== Info: |> (?:GET|PUT|POST|DELETE|HEAD) )/,
)
const LONGEST = 4_000_000

/** What may stand around a text. An escape undone twice, or a line joined, may be wrong: then no byte is surely as it was written. */
const WRAPPINGS: readonly Wrapping[] = [
  { edits: terminalMarks, go: 'on' },
  { edits: loggedLines, go: 'on' },
  { edits: syslogRecords, go: 'on', sure: true, longest: LONGEST },
  { edits: pageEntities, go: 'on', sure: true, always: true },
  { edits: INDENTED, go: 'on', sure: true, times: 4, longest: LONGEST },
  { edits: joinedLines, go: 'aside', sure: false, longest: LONG },
  {
    edits: stringEscapes,
    go: 'aside',
    sure: false,
    longest: LONG,
    within: [
      { edits: INDENTED, go: 'aside', sure: false },
      { edits: stringEscapes, go: 'aside', sure: false },
    ],
  },
  { edits: syslogEscapes, go: 'aside', sure: false, longest: LONG },
  { edits: straightQuotes, go: 'aside', sure: false, longest: LONG },
]

/** The plainest reading first; last, of a long log, the lines that matter, which are short enough for all of them. */
export const SOURCE_READINGS: readonly Wrapping[] = [...WRAPPINGS, { edits: farLines, go: 'aside', within: WRAPPINGS }]
