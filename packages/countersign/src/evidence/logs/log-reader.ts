/** What every reader of a log of requests does: find the requests, say whether there is one, tell what the refused ones show. */

import type { EvidenceReader } from '../../case/index.js'
import { type Line, logLines } from '../../text/index.js'
import { type LoggedRequest, type LogKind, loggedObservations } from './logged-requests.js'

/** A log of requests: what it is called, and how its requests are found. */
interface RequestLog extends Pick<EvidenceReader, 'id' | 'reads' | 'samples'> {
  readonly kind: LogKind
  /** The requests of a log, in order; none where the text is another log. */
  readonly requestsIn: (text: string) => Iterable<LoggedRequest>
}

/** The reader of a log of requests. */
export function requestLogReader({ id, reads, samples, kind, requestsIn }: RequestLog): EvidenceReader {
  return {
    id,
    reads,
    samples,
    recognize(text) {
      for (const _ of requestsIn(text)) return true
      return false
    },
    read: (source) => loggedObservations(source, kind, [...requestsIn(source.text)]),
  }
}

/** The requests of a log that has one a line, each on a line that holds `mark`. */
export function requestsByLine(
  mark: string,
  requestIn: (line: Line) => LoggedRequest | undefined,
): (text: string) => Iterable<LoggedRequest> {
  return function* (text) {
    if (!text.includes(mark)) return
    for (const line of logLines(text)) {
      const found = line.text.length <= LONGEST_LOG_LINE && line.text.includes(mark) ? requestIn(line) : undefined
      if (found !== undefined) yield found
    }
  }
}

/** Longer lines are no lines of a log of requests: no server takes so long a request line and so many headers together. */
export const LONGEST_LOG_LINE = 40_000
