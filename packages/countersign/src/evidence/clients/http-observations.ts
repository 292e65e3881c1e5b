/** What HTTP messages say as observations: requests and their client, responses and where they redirect to. */

import type { Fidelity, Observation, Side } from '../../case/index.js'
import type { Header } from '../../sigv4/index.js'
import { type HttpMessage, locationOf, urlParts } from '../../text/index.js'
import { clientOf } from './client-name.js'

/** The observations of one message. */
export function messageObservations(
  source: string,
  message: HttpMessage,
  side: Side,
  fidelity: Fidelity,
  vantage?: 'client',
): readonly Observation[] {
  const seen = { location: locationOf(source, message.first, message.last), fidelity }
  if (message.kind === 'response') return responseObservations(seen, message.status, message.headers)
  const { method, target, headers, body } = message
  const scheme = message.scheme ?? urlParts(target)?.scheme
  const request: Observation = {
    ...seen,
    kind: 'request',
    side,
    request: { method, target, headers, body },
    ...(scheme !== undefined && { scheme }),
    ...(vantage !== undefined && { vantage }),
  }
  return [request, ...clientObservations(seen, headers)]
}

/** A response, and what it states: a redirect sends the client elsewhere with the signature of the first address. */
export function responseObservations(
  seen: Pick<Observation, 'location' | 'fidelity'>,
  status: number,
  headers: readonly Header[],
): readonly Observation[] {
  const response: Observation = { ...seen, kind: 'response', status, headers }
  const location = headers.find(([name]) => /^location$/i.test(name))?.[1]
  if (!/^30[1278]$/.test(String(status)) || location === undefined) return [response]
  const endpoint = urlParts(location.trim())?.host
  if (endpoint === undefined) return [response]
  return [response, { ...seen, kind: 'stated', fact: 'redirected', values: { endpoint, status: String(status) } }]
}

/** The client that a User-Agent header names. */
export function clientObservations(seen: Pick<Observation, 'location' | 'fidelity'>, headers: readonly Header[]): readonly Observation[] {
  const agents = headers.filter(([name]) => /^(?:x-amz-)?user-agent$/i.test(name)).flatMap(([, value]) => clientOf(value) ?? [])
  const client = agents[0]
  return client === undefined ? [] : [{ ...seen, kind: 'client', name: client.name, version: client.version }]
}
