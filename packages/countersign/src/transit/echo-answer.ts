/** What an echo answers: the head that came, byte for byte, or a record of it in JSON (docs/manual/serve.md). */
import type { RequestHead } from './message-head.js'
import type { Refusal } from './refusal.js'

/** A request as it came. */
export interface EchoedRequest {
  /** Milliseconds since 1970. */
  readonly at: number
  /** With its empty line. */
  readonly head: Buffer
  /** Taken apart, or why it cannot be. */
  readonly read: RequestHead | Refusal
  readonly body: { readonly length: number; readonly sha256: string }
}

export type EchoFormat = 'text' | 'json'

/** The bytes of the answer; one to HEAD has no body. */
export function echoAnswer(request: EchoedRequest, format: EchoFormat, closes: boolean): Buffer {
  const body = format === 'json' ? Buffer.from(`${echoJson(request)}\n`, 'latin1') : request.head
  // In Latin-1 each byte is a character, so that text is byte for byte what came.
  const type = format === 'json' ? 'application/json' : 'text/plain; charset=iso-8859-1'
  const lines = [
    'HTTP/1.1 200 OK',
    `Content-Type: ${type}`,
    `Content-Length: ${body.length}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    ...(closes ? ['Connection: close'] : []),
  ]
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
  return 'method' in request.read && request.read.method === 'HEAD' ? head : Buffer.concat([head, body])
}

/** The format that a request asks for by its Accept header. */
export function acceptedFormat(read: RequestHead | Refusal): EchoFormat {
  const accepts = 'headers' in read && read.headers.some(([name, value]) => /^accept$/i.test(name) && /\bapplication\/json\b/i.test(value))
  return accepts ? 'json' : 'text'
}

function echoJson({ at, head, read, body }: EchoedRequest): string {
  const line = head.toString('latin1', 0, head.indexOf('\r\n'))
  const parts = 'method' in read ? { method: read.method, target: read.target, headers: read.headers } : { unreadable: read.reason }
  const record = {
    countersign: 'echo',
    schemaVersion: 1,
    at: new Date(at).toISOString(),
    line,
    ...parts,
    head: { base64: head.toString('base64') },
    body,
  }
  return JSON.stringify(record).replace(NOT_ASCII, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const NOT_ASCII = /[\x7f-\uffff]/g
