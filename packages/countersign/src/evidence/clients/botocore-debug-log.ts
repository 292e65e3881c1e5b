/**
 * The debug log of botocore: `aws --debug`, `boto3.set_stream_logger('')`.
 * @see https://github.com/boto/botocore/blob/develop/botocore/auth.py
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { dictionaryAt, type Line, locationOf, logLines, urlParts } from '../../text/index.js'
import { clientObservations, responseObservations } from './http-observations.js'
import { BOTOCORE_MARKS, markedTexts } from './log-marks.js'

export const botocoreDebugLog: EvidenceReader = {
  id: 'botocore-debug-log',
  reads: 'the debug log of the AWS CLI and of boto3: canonical request, string to sign, signature, request and response headers',
  samples: [
    '2026-11-22 04:15:56,060 - MainThread - botocore.auth - DEBUG - CanonicalRequest:\nGET\n/photos/a%20b.jpg\n\nhost:127.0.0.1:9900\nx-amz-date:20261122T041556Z\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD\n2026-11-22 04:15:56,060 - MainThread - botocore.auth - DEBUG - StringToSign:\nAWS4-HMAC-SHA256\n20261122T041556Z\n20261122/us-east-1/s3/aws4_request\n9dde0eabe1cd5dd7c3edc76d29d35cc37aa2ec9dd73f73d67b7374bca1c180dc\n',
    "2026-11-22 04:15:56,967 botocore.endpoint [DEBUG] Sending http request: <AWSPreparedRequest stream_output=False, method=PUT, url=http://127.0.0.1:9900/hello.txt, headers={'User-Agent': b'Boto3/1.43.11', 'X-Amz-Date': b'20261122T041556Z'}>\n",
  ],
  recognize: (text) => /\bbotocore\.(?:auth|endpoint|parsers|awsrequest)\b/.test(text) || text.includes('<AWSPreparedRequest '),
  read,
}

function read(source: EvidenceSource): readonly Observation[] {
  if (!botocoreDebugLog.recognize(source.text)) return []
  const lines = logLines(source.text)
  const lanes = lanesOf(lines)
  const texts = markedTexts(lines, BOTOCORE_MARKS).map(({ mark, text, first, last, cut }): Observation => {
    const seen = {
      side: source.side ?? 'signer',
      location: locationOf(source.name, first, last),
      fidelity: cut ? 'normalized' : 'exact',
      ...lanes.get(first.start),
    } as const
    return mark.kind === 'signature' ? { ...seen, kind: 'signature', value: text } : { ...seen, kind: mark.kind, text }
  })
  return [...texts, ...requests(source, lines), ...responses(source, lines)].sort((a, b) => a.location.start - b.location.start)
}

function* requests(source: EvidenceSource, lines: readonly Line[]): Iterable<Observation> {
  for (const line of lines) {
    const at = line.text.indexOf('<AWSPreparedRequest ')
    if (at < 0) continue
    const head = /\bmethod=(\w{1,20}), url=(\S{1,16000}), headers=/.exec(line.text.slice(at))
    const url = head === null ? undefined : urlParts(head[2]!)
    if (head === null || url === undefined) continue
    const pairs = dictionaryAt(line.text, at + head.index + head[0].length)?.pairs ?? []
    const headers = pairs.some(([name]) => /^host$/i.test(name)) ? pairs : [['Host', url.host] as const, ...pairs]
    const seen = { location: locationOf(source.name, line), fidelity: 'normalized', ...laneOf(line) } as const
    const body = /^(?:GET|HEAD|DELETE)$/.test(head[1]!) ? new Uint8Array() : undefined
    yield {
      ...seen,
      kind: 'request',
      side: source.side ?? 'signer',
      request: { method: head[1]!, target: url.target, headers, body },
      scheme: url.scheme,
    }
    yield* clientObservations(seen, headers)
  }
}

/** The thread that wrote a line: `... - ThreadPoolExecutor-0_1 - botocore.endpoint - DEBUG - ...`. */
function laneOf({ text }: Line): { readonly lane?: string } {
  const thread = / - (MainThread|Thread-\d{1,6}|ThreadPoolExecutor-\d{1,6}_\d{1,6}) - /.exec(text.slice(0, 120))?.[1]
  return thread === undefined ? {} : { lane: thread }
}

/** The thread of each line; one that continues a record is of the record's. */
function lanesOf(lines: readonly Line[]): ReadonlyMap<number, { readonly lane?: string }> {
  const found = new Map<number, { readonly lane?: string }>()
  let last: { readonly lane?: string } = {}
  for (const line of lines) {
    const own = laneOf(line)
    if (own.lane !== undefined) last = own
    found.set(line.start, last)
  }
  return found
}

/** urllib3 logs the status; botocore, after it, the headers. */
function* responses(source: EvidenceSource, lines: readonly Line[]): Iterable<Observation> {
  const statuses = new Map<string | undefined, number>()
  for (const line of lines) {
    const { lane } = laneOf(line)
    const said = / HTTP\/[\d.]{1,3}" (\d{3}) /.exec(line.text.slice(-400) + ' ')
    if (said !== null) statuses.set(lane, Number(said[1]))
    const at = line.text.indexOf('Response headers: {')
    const status = statuses.get(lane)
    if (at < 0 || status === undefined) continue
    const headers = dictionaryAt(line.text, at + 'Response headers: '.length)?.pairs ?? []
    const seen = { location: locationOf(source.name, line), fidelity: 'normalized', ...laneOf(line) } as const
    yield* responseObservations(seen, status, headers)
    statuses.delete(lane)
  }
}
