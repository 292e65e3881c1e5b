/** What a relay does not pass on, and the answer it gives instead. */

/** A message that is not passed on. */
export interface Refusal {
  /** The status of the relay's own answer. */
  readonly status: number
  /** A sentence without its full stop; it repeats nothing of the message. */
  readonly reason: string
}

/** The bytes of the relay's own answer. It ends the connection: what follows a refused message cannot be told apart. */
export function ownAnswer({ status, reason }: Refusal): Buffer {
  const body = `countersign record did not pass this on: ${reason}.\n`
  return Buffer.from(
    `HTTP/1.1 ${status} ${PHRASES[status] ?? 'Refused'}\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    'latin1',
  )
}

const PHRASES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  421: 'Misdirected Request',
  431: 'Request Header Fields Too Large',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  505: 'HTTP Version Not Supported',
}
