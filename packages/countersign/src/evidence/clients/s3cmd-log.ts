/**
 * The debug log of s3cmd (`s3cmd -d`): the answers, printed as Python dictionaries, and requests whose own line it does not print.
 * Its canonical requests are read with those of the other signers (signer-debug-log.ts).
 * @see https://github.com/s3tools/s3cmd/blob/master/S3/S3.py
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import type { Header, HttpRequest } from '../../sigv4/index.js'
import { dictionaryAt, type Line, locationOf, logLines } from '../../text/index.js'
import { s3ErrorXml } from '../refusals/s3-error-xml.js'
import { clientObservations, responseObservations } from './http-observations.js'

export const s3cmdLog: EvidenceReader = {
  id: 's3cmd-log',
  reads: 'the debug log of s3cmd: answers with their status, and uploads',
  samples: [
    "DEBUG: signature-v4 headers: {'x-amz-date': '20250303T081530Z', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', 'Authorization': 'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20250303/eu-west-3/s3/aws4_request,SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature=***'}\nDEBUG: get_hostname(photos): store.example\nDEBUG: format_uri(): /photos/a%20b.jpg\nDEBUG: Response:\n{'data': b'<?xml version=\"1.0\"?>\\n<Error><Code>SignatureDoesNot'\n         b'Match</Code><Message></Message></Error>',\n 'headers': {'connection': 'close',\n             'x-amz-request-id': '0A49CE4060975EAC'},\n 'reason': 'Forbidden',\n 'status': 403}\n",
    "DEBUG: Response:\n{'data': b'', 'headers': {'connection': 'close'}, 'reason': 'OK', 'size': 3, 'status': 200}\n",
  ],
  recognize: (text) => text.includes('DEBUG: Response:') || text.includes('DEBUG: signature-v4 headers: {'),
  read,
}

function read(source: EvidenceSource): readonly Observation[] {
  if (!s3cmdLog.recognize(source.text)) return []
  const lines = logLines(source.text)
  return lines.flatMap((line, at) => {
    if (line.text.startsWith('DEBUG: Response:')) return answerSeen(source, lines, at)
    return line.text.startsWith(SIGNED) ? requestSeen(source, lines, at) : []
  })
}

/** `{'data': b'...', 'headers': {...}, 'status': 403}`: the body may be cut into several strings, one a line. */
function answerSeen(source: EvidenceSource, lines: readonly Line[], at: number): readonly Observation[] {
  const first = lines[at + 1]
  if (first === undefined) return []
  const text = source.text.slice(first.start, first.start + LONGEST_ANSWER)
  const status = /'status': (\d{3})\}/.exec(text)
  if (status === null || !text.startsWith('{')) return []
  const whole = text.slice(0, status.index + status[0].length)
  const open = /'headers': (?=\{)/.exec(whole)
  const headers = open === null ? [] : (dictionaryAt(whole, open.index + open[0].length)?.pairs ?? [])
  const body = (dictionaryAt(whole, 0)?.pairs ?? []).flatMap(([name, value]) => (name === 'data' ? [value] : [])).join('')
  const location = { source: source.name, start: first.start, end: first.start + whole.length }
  return [
    ...responseObservations({ location, fidelity: 'normalized' }, Number(status[1]), headers),
    ...s3ErrorXml.read({ name: source.name, text: body }).map((one) => ({ ...one, location })),
  ]
}

/** An upload: the headers that were signed, and after them the path. "Sending request" has a line for the others. */
function requestSeen(source: EvidenceSource, lines: readonly Line[], at: number): readonly Observation[] {
  const line = lines[at]!
  const headers = dictionaryAt(line.text, SIGNED.length - 1)?.pairs ?? []
  const near = lines.slice(at + 1, at + NEAR).map(({ text }) => text)
  const target = near.flatMap((text) => /^DEBUG: format_uri\(\): (\S{1,8000})$/.exec(text)?.[1] ?? [])[0]
  if (headers.length === 0 || target === undefined || near.some((text) => text.startsWith('DEBUG: Sending request method_string=')))
    return []
  const host = near.flatMap((text) => /^DEBUG: get_hostname\([^)]{0,200}\): (\S{1,300})$/.exec(text.slice(0, 600))?.[1] ?? [])[0]
  const method = methodBefore(lines, at)
  if (method === undefined) return []
  const named: readonly Header[] =
    host === undefined || headers.some(([name]) => /^host$/i.test(name)) ? headers : [['Host', host], ...headers]
  const request: HttpRequest = { method, target, headers: named, body: undefined }
  const seen = { location: locationOf(source.name, line), fidelity: 'normalized' } as const
  return [{ ...seen, kind: 'request', side: source.side ?? 'signer', request }, ...clientObservations(seen, named)]
}

/** The first line of the canonical request that stands before. */
function methodBefore(lines: readonly Line[], at: number): string | undefined {
  for (let i = at - 1; i >= Math.max(0, at - NEAR); i--)
    if (lines[i]!.text.startsWith('DEBUG: Canonical Request:')) return /^[A-Z]{3,8}$/.exec(lines[i + 1]?.text ?? '')?.[0]
  return undefined
}

const SIGNED = 'DEBUG: signature-v4 headers: {'
const NEAR = 60
const LONGEST_ANSWER = 262_144
