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

/** Whether a request has no body, by its head. Such a request is the most frequent, and is judged in one go. */
export function hasNoBody({ rawHeaders }: IncomingMessage): boolean {
  // To ask `headers` makes an object of all of them, which takes as long as half the verdict.
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!
    if (!LENGTHS_OF_SAYING.has(name.length)) continue
    const lower = name.toLowerCase()
    if (lower === 'transfer-encoding' || lower === 'expect' || (lower === 'content-length' && rawHeaders[i + 1]!.trim() !== '0'))
      return false
  }
  return true
}

/** How long the names are that say there is a body. */
const LENGTHS_OF_SAYING: ReadonlySet<number> = new Set(['transfer-encoding', 'expect', 'content-length'].map(({ length }) => length))
