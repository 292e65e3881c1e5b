/** An exchange as a line of a recording, without what could send the request again. */
import { hash } from 'node:crypto'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { CleanTexts, type RecordedFlow, type RecordedRequest, recordingLine } from '../evidence/index.js'
import type { SeenExchange } from './exchange.js'
import { valuesOf } from './message-head.js'

/**
 * Writes lines, each with its line end, and remembers which texts have nothing to hide.
 *
 * @param given Takes values out that somebody gave: a client that takes the secret for an ID, or a path, sends it along.
 */
export function flowLines(hop: string, given?: (text: string) => string): (seen: SeenExchange) => string {
  const known = new CleanTexts(given)
  return (seen) => recordingLine(flowOf(seen, hop), 'redacted', sha256, known)
}

/** What was received is left out where it is what was sent, byte for byte. */
function flowOf(seen: SeenExchange, hop: string): RecordedFlow {
  const { at, received, sent, response, ending } = seen
  return {
    hop,
    at,
    ...(sent && { received: messageOf(received, seen) }),
    sent: messageOf(sent ?? received, seen),
    ...(response && { response: { status: response.status, headers: response.headers, body: errorText(response) } }),
    ...(ending === 'cut' && { cut: true }),
  }
}

function messageOf({ method, target, headers }: SeenExchange['received'], { body, trailers }: SeenExchange): RecordedRequest {
  return trailers.length > 0 ? { method, target, headers, body, trailers } : { method, target, headers, body }
}

/** The body of an error as a byte string, its compression undone where all of it is there. */
export function errorText({ headers, body, bodyIsWhole }: NonNullable<SeenExchange['response']>): string {
  if (body.length === 0) return ''
  const undo = bodyIsWhole ? UNDONE[valuesOf({ headers }, 'content-encoding').join().trim().toLowerCase()] : undefined
  try {
    return (undo?.(body, { maxOutputLength: MOST_TEXT_BYTES }) ?? body).toString('latin1')
  } catch {
    return body.toString('latin1')
  }
}

function sha256(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer')
}

const UNDONE: Readonly<Record<string, (bytes: Buffer, rules: { readonly maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
}
const MOST_TEXT_BYTES = 64 * 1024
