/** Requests as a graphical HTTP client keeps them, to be signed when they are sent. */

import type { Observation } from '../../case/index.js'
import type { Header } from '../../sigv4/index.js'
import { type Location, urlParts } from '../../text/index.js'

/** One request with its settings for AWS, variables filled in where their values are known. */
export interface KeptRequest {
  readonly client: string
  readonly location: Location
  readonly name: string
  readonly method: string
  readonly url: string
  readonly headers: readonly Header[]
  readonly service: string
  readonly region: string
  readonly accessKeyId: string
  /** For judging only: nothing repeats it. */
  readonly secretAccessKey: string
  readonly sessionToken: string
}

/** What is seen in a kept request. Nothing follows from headers, since the client adds its own when it signs. */
export function keptObservations({ client, location, method, url, accessKeyId }: KeptRequest): readonly Observation[] {
  const place = { location, fidelity: 'inferred' } as const
  const parts = isOpen(url) ? undefined : urlParts(url)
  const line = parts && { method, target: parts.target, host: parts.host }
  return [
    { ...place, kind: 'client', name: client, version: '' },
    ...(line === undefined ? [] : [{ ...place, kind: 'request-line', side: 'signer', line } as const]),
    ...(/^(?:AKIA|ASIA)[A-Z0-9]{12,28}$/.test(accessKeyId) ? [{ ...place, kind: 'access-key-id', value: accessKeyId } as const] : []),
  ]
}

/** Whether a value holds a variable that is not known: `{{name}}`, `{% template %}`. */
export function isOpen(value: string): boolean {
  return /\{\{|\{%/.test(value)
}
