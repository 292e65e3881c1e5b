/** CORS for pages of this machine, so that a page that is developed sees what the stand-in answers, refusals too. */
import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Lets a page of this machine read the answer, and answers its preflight.
 *
 * @returns Whether the request was a preflight, and is answered.
 */
export function letLoopbackRead({ method, headers }: IncomingMessage, response: ServerResponse): boolean {
  const { origin = '' } = headers
  if (!LOOPBACK.test(origin)) return false
  response.setHeader('Access-Control-Allow-Origin', origin)
  response.setHeader('Access-Control-Expose-Headers', '*')
  response.setHeader('Vary', 'Origin')
  const wanted = headers['access-control-request-method']
  if (method !== 'OPTIONS' || wanted === undefined || !METHOD.test(wanted)) return false
  response.setHeader('Access-Control-Allow-Methods', wanted)
  const names = headers['access-control-request-headers']
  if (names !== undefined && NAMES.test(names)) response.setHeader('Access-Control-Allow-Headers', names)
  response.setHeader('Access-Control-Max-Age', '60')
  response.setHeader('Content-Length', '0')
  response.end()
  return true
}

const LOOPBACK = /^https?:\/\/(?:localhost|[a-z0-9-]{1,63}\.localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i
const METHOD = /^[A-Z]{1,20}$/
const NAMES = /^[\w, -]{1,4096}$/
