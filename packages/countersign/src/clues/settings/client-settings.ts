/** Requests as a graphical HTTP client keeps them, to be signed when they are sent: what its settings let one suspect. */

import { type About, clue, type Observation, type Strength } from '../../case/index.js'
import { hostScope } from '../../endpoints/index.js'
import type { Header } from '../../sigv4/index.js'
import { type Location, urlParts } from '../../text/index.js'

/** One request with its settings for AWS, variables filled in where their values are known. */
export interface KeptRequest {
  readonly name: string
  readonly method: string
  readonly url: string
  readonly headers: readonly Header[]
  readonly body: string | undefined
  readonly service: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
}

/** The observations of one kept request. A value of a secret is looked at here, and repeated nowhere. */
export function keptObservations(client: string, location: Location, kept: KeptRequest): readonly Observation[] {
  const place = { location, fidelity: 'inferred' } as const
  const url = urlParts(kept.url)
  const open = UNKNOWN.test(kept.url)
  const seen: Observation[] = [{ ...place, kind: 'client', name: client, version: '' }]
  const hint = (id: About, strength: Strength, message: string, values: Readonly<Record<string, string>> = {}): void => {
    seen.push(clue({ rule: `kept-${id}`, about: id, strength, message: `${named(kept)}: ${message}`, values }, location))
  }
  if (url !== undefined && !open)
    seen.push({
      ...place,
      kind: 'request-line',
      side: 'signer',
      line: { method: kept.method, target: url.target, host: url.host },
    })
  if (/^(?:AKIA|ASIA)[A-Z0-9]{12,28}$/.test(kept.accessKeyId)) seen.push({ ...place, kind: 'access-key-id', value: kept.accessKeyId })
  const scope = url === undefined || open ? undefined : hostScope(url.host)
  const region = kept.region === '' ? 'us-east-1' : kept.region
  if (scope?.region !== undefined && !UNKNOWN.test(region) && region !== scope.region)
    hint('region-mismatch', 'strong', `it is signed for the region ${region}, and the host is of ${scope.region}.`, { signed: region })
  else if (kept.region === '')
    hint('region-mismatch', 'fair', 'no region is set, and the client then signs for us-east-1.', { signed: 'us-east-1' })
  const { service } = kept
  if (scope?.service !== undefined && service !== '' && !UNKNOWN.test(service) && service !== scope.service)
    hint('service-mismatch', 'strong', `it is signed for the service ${service}, and the host is of ${scope.service}.`, { signed: service })
  else if (service === '') hint('service-mismatch', 'fair', 'no service name is set.')
  if (kept.accessKeyId.startsWith('ASIA') && kept.sessionToken === '')
    hint('session-token-missing', 'strong', 'the access key is temporary (ASIA...), and no session token is set.')
  const spaced = [kept.accessKeyId, kept.secretAccessKey, kept.sessionToken].some((value) => value !== value.trim())
  if (spaced)
    hint(
      /[\r\n]/.test(kept.secretAccessKey) ? 'secret-has-newline' : 'secret-has-space',
      'fair',
      'a credential has a space or a line break at an end.',
    )
  if (kept.headers.some(([header]) => /^authorization$/i.test(header)))
    hint('authorization-sent-twice', 'fair', 'an Authorization header is set by hand beside the one that the client makes.')
  const byHand = kept.headers.find(([header]) => /^(?:x-amz-date|x-amz-content-sha256|host)$/i.test(header))?.[0]
  if (byHand !== undefined)
    hint('header-changed-in-transit', 'fair', `the header ${byHand} is set by hand; the client makes its own when it signs.`)
  if (kept.body !== undefined && UNKNOWN.test(kept.body))
    hint('payload.hash', 'weak', 'the body holds variables, which must be filled in before it is signed.')
  return seen
}

function named({ name, method }: KeptRequest): string {
  return /^[\w ./-]{1,60}$/.test(name) ? `The request "${name}"` : `The ${/^[A-Z]{1,10}$/.test(method) ? method : 'first'} request`
}

/** A variable whose value is not known: `{{name}}`, `{% template %}`. */
export const UNKNOWN = /\{\{|\{%/
