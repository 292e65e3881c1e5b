/**
 * The log of Garage, an S3-compatible server: the request line, and the answer on a line of its own.
 * @see https://garagehq.deuxfleurs.fr/documentation/
 */

import { logLines, logTime } from '../../text/index.js'
import { LONGEST_LOG_LINE, requestLogReader } from './log-reader.js'
import type { LoggedRequest } from './logged-requests.js'

export const garageLog = requestLogReader({
  id: 'garage-log',
  reads: 'the log of Garage: requests, and the answers that follow them',
  samples: [
    '2025-03-03T08:15:30.657651Z  INFO garage_api::generic_server: 198.51.100.7 (via [::1]:50102) PUT /bucket-one/k.txt\n2025-03-03T08:15:30.660000Z  INFO garage_api::generic_server: Response: error 403 Forbidden, Forbidden: Invalid signature\n',
    '2025-03-03T08:15:31.000000Z  INFO garage_api_common::generic_server: [::ffff:10.0.0.9]:41000 (key GK31c2f218a2e44f485b94239e) GET /k?list-type=2\n2025-03-03T08:15:31.001000Z  INFO garage_api_common::generic_server: Response: error 403 Forbidden, Forbidden: Invalid signature\n',
  ],
  kind: { name: "Garage's log", clock: 'hop' },
  requestsIn,
})

/** Requests, each with the answer that follows; where several wait at once, nobody can tell whose it is. */
function requestsIn(text: string): readonly LoggedRequest[] {
  if (!text.includes('garage_api')) return []
  const found: LoggedRequest[] = []
  let waiting: LoggedRequest[] = []
  for (const line of logLines(text)) {
    const record = line.text.length > LONGEST_LOG_LINE ? null : RECORD.exec(line.text)
    if (record === null) continue
    const [, time, said] = record
    const answer = /^Response: error (\d{3}) [A-Za-z ]{2,40}, (.{1,400})$/.exec(said!)
    const request = /^\S{2,80} (?:\([^()]{1,120}\) ){0,2}([A-Z]{3,10}) (\/\S{0,16000})$/.exec(said!)
    if (request !== null) waiting.push({ start: line.start, end: line.end, method: request[1]!, target: request[2]!, time: logTime(time!) })
    else if (answer !== null) {
      const message = answer[2]!
      const code = /Invalid signature/.test(message) ? 'AccessDenied' : undefined
      const [only] = waiting
      const whose = only !== undefined && waiting.length === 1 ? only : { start: line.start, method: '', target: '', time: logTime(time!) }
      found.push({ ...whose, end: line.end, status: Number(answer[1]), code, message })
      waiting = []
    }
    if (waiting.length > MOST_WAITING) waiting = waiting.slice(-MOST_WAITING)
  }
  return found
}

const RECORD = /^.{0,120}?(\d{4}-\d\d-\d\dT[\d:.]{8,18}Z) {1,3}[A-Z]{4,5} garage_api\w{0,20}::[\w:]{1,60}?:? (.*)$/
const MOST_WAITING = 50
