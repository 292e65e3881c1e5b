/** Sends an answer that was made elsewhere, whole, whatever is still coming in. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from '../verifier/index.js'

/**
 * Answers; where the body has not come whole, the connection is closed after it, for what follows could not be told apart.
 *
 * @param last Whether the connection is closed in any case.
 */
export function sendAnswer(
  incoming: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  bodyComplete: boolean,
  last = !bodyComplete,
): void {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  const body = Buffer.from(answer.body, 'utf8')
  response.statusCode = answer.status
  for (const [name, value] of answer.headers) response.setHeader(name, value)
  if (incoming.method !== 'HEAD') response.setHeader('Content-Length', body.length)
  if (last) response.setHeader('Connection', 'close')
  if (bodyComplete) {
    response.end(body)
    return
  }
  // A client that is still sending would lose the answer to a reset if the connection were closed at once.
  response.write(body)
  response.flushHeaders()
  const end = () => {
    clearTimeout(timer)
    response.end()
  }
  const timer = setTimeout(end, LINGER_MILLISECONDS)
  timer.unref()
  incoming.socket.once('close', end)
}

/** How long a refused client may go on sending before the connection is closed. */
const LINGER_MILLISECONDS = 1000

/** S3 and all others answer a failure of their own side so. */
export const INTERNAL_ERROR: Answer = {
  status: 500,
  headers: [['Content-Type', 'application/xml']],
  body: '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>InternalError</Code><Message>We encountered an internal error. Please try again.</Message></Error>',
}
