/** Requests as a graphical HTTP client keeps them, to be signed when they are sent: what its settings let one suspect. */

import type { Observation } from '../../case/index.js'
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
  const hint = (id: string, weight: number, why: string, values: Readonly<Record<string, string>> = {}): void => {
    seen.push({ ...place, kind: 'hint', hint: id, weight, why: `${named(kept)}: ${why}`, values })
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
    hint('region-mismatch', 0.8, `it is signed for the region ${region}, and the host is of ${scope.region}.`, { signed: region })
  else if (kept.region === '')
    hint('region-mismatch', 0.5, 'no region is set, and the client then signs for us-east-1.', { signed: 'us-east-1' })
  const { service } = kept
  if (scope?.service !== undefined && service !== '' && !UNKNOWN.test(service) && service !== scope.service)
    hint('service-mismatch', 0.8, `it is signed for the service ${service}, and the host is of ${scope.service}.`, { signed: service })
  else if (service === '') hint('service-mismatch', 0.5, 'no service name is set.')
  if (kept.accessKeyId.startsWith('ASIA') && kept.sessionToken === '')
    hint('session-token-missing', 0.8, 'the access key is temporary (ASIA...), and no session token is set.')
  const spaced = [kept.accessKeyId, kept.secretAccessKey, kept.sessionToken].some((value) => value !== value.trim())
  if (spaced)
    hint(
      /[\r\n]/.test(kept.secretAccessKey) ? 'secret-has-newline' : 'secret-has-space',
      0.6,
      'a credential has a space or a line break at an end.',
    )
  if (kept.headers.some(([header]) => /^authorization$/i.test(header)))
    hint('authorization-sent-twice', 0.5, 'an Authorization header is set by hand beside the one that the client makes.')
  const byHand = kept.headers.find(([header]) => /^(?:x-amz-date|x-amz-content-sha256|host)$/i.test(header))?.[0]
  if (byHand !== undefined)
    hint('header-changed-in-transit', 0.4, `the header ${byHand} is set by hand; the client makes its own when it signs.`)
  if (kept.body !== undefined && UNKNOWN.test(kept.body))
    hint('payload.hash', 0.3, 'the body holds variables, which must be filled in before it is signed.')
  return seen
}

function named({ name, method }: KeptRequest): string {
  return /^[\w ./-]{1,60}$/.test(name) ? `The request "${name}"` : `The ${/^[A-Z]{1,10}$/.test(method) ? method : 'first'} request`
}

/** A variable whose value is not known: `{{name}}`, `{% template %}`. */
export const UNKNOWN = /\{\{|\{%/
