/** A request of node:http as the verifier reads it: every byte as it came. */
import type { IncomingMessage } from 'node:http'
import type { Header, HttpRequest } from '../sigv4/index.js'
import { exactTarget } from './exact-targets.js'

/**
 * The head, and a body that is known already. node:http hands header bytes on as latin1, which is what a byte string is; order, spelling and duplicates are kept.
 * @internal
 */
export function requestHead(incoming: IncomingMessage, body?: Uint8Array): HttpRequest {
  const { rawHeaders } = incoming
  const headers: Header[] = []
  for (let i = 0; i < rawHeaders.length; i += 2) headers.push([rawHeaders[i]!, rawHeaders[i + 1]!])
  return { method: incoming.method ?? 'GET', target: exactTarget(incoming), headers, body }
}
