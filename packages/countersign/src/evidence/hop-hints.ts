/** What a hop changed: the request as it came in beside the request as it was sent on, in what is always or was signed. */
import { authorizationOf } from '../sigv4/authorization.js'
import { type HttpRequest, headerValues, splitTarget } from '../sigv4/http-request.js'
import type { Observation } from './reader.js'

/** One request on both sides of a hop. */
export interface HopRequests {
  readonly came: HttpRequest
  readonly sent: HttpRequest
  /** How to call the hop at the beginning of a sentence. */
  readonly hop: string
}

/**
 * A hint for each difference that a signature can notice. They are no more than hints: a signer in front of a hop may
 * have signed what the hop makes of the request.
 */
export function hopHints({ came, sent, hop }: HopRequests, place: Pick<Observation, 'location' | 'fidelity'>): readonly Observation[] {
  const hints: Observation[] = []
  const add = (hint: string, why: string, values: Readonly<Record<string, string>>): void => {
    hints.push({ ...place, kind: 'hint', hint, weight: 0.75, why, values })
  }
  const [hostIn, hostOut] = [headerText(came, 'host'), headerText(sent, 'host')]
  if (hostIn !== undefined && hostOut !== undefined && hostIn !== hostOut) {
    const port = bare(hostIn) === bare(hostOut)
    const why = `${hop} received the request with Host ${hostIn} and sent it on with Host ${hostOut}.`
    add(port ? 'host-port-changed' : 'host-rewritten', why, { host: hostIn })
  }
  const [pathIn, pathOut] = [splitTarget(came.target), splitTarget(sent.target)]
  if (pathIn.path !== pathOut.path) {
    const why = `${hop} received the path ${pathIn.path} and sent ${pathOut.path} on.`
    add(kindOfPathChange(pathIn.path, pathOut.path), why, { path: pathIn.path })
  }
  if (came.method !== sent.method)
    add('method-changed', `${hop} received a ${came.method} and sent a ${sent.method} on.`, { signed: came.method })
  if ((pathIn.query ?? '') !== (pathOut.query ?? '') && !secret(pathIn.query ?? ''))
    add('query-changed-in-transit', `${hop} received the query "${pathIn.query ?? ''}" and sent "${pathOut.query ?? ''}" on.`, {})
  for (const name of signedNames(came, sent)) {
    const [before, after] = [headerText(came, name), headerText(sent, name)]
    if (before === undefined || before === after || name === 'host') continue
    if (after === undefined)
      add('header-removed-in-transit', `${hop} received ${name}, which is signed, and did not send it on.`, { header: name })
    else add('header-changed-in-transit', `${hop} changed ${name}, which is signed.`, { header: name, value: before })
  }
  return hints
}

function kindOfPathChange(came: string, sent: string): string {
  const squeezed = (path: string): string => path.replace(/\/{2,}/g, '/')
  if (squeezed(came) === squeezed(sent)) return 'path-normalized'
  return unescaped(came) === unescaped(sent) ? 'path-encoded-differently' : 'path-rewritten'
}

function unescaped(path: string): string {
  return path.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** A query with a signature or a token in it is not repeated. */
function secret(query: string): boolean {
  return /X-Amz-|Signature=/i.test(query)
}

function signedNames(came: HttpRequest, sent: HttpRequest): readonly string[] {
  const list = (authorizationOf(came) ?? authorizationOf(sent))?.signedHeaders
  if (list !== undefined) return list.toLowerCase().split(';').slice(0, 100)
  // The list is hidden: what nearly every client signs is compared.
  return ['x-amz-date', 'x-amz-content-sha256', 'x-amz-security-token', 'content-type', 'content-md5']
}

function headerText(request: HttpRequest, name: string): string | undefined {
  const values = headerValues(request, name)
  return values.length === 0 ? undefined : values.map((value) => value.trim()).join(',')
}

function bare(host: string): string {
  return host.replace(/:\d{1,5}$/, '').toLowerCase()
}
