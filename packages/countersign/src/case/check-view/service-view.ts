/**
 * What the service says of the request that reached it, whatever the client shows: `Resource` of its answer is the path as it came, and
 * so is the path in a line of the service's log.
 */
import { parseCanonicalRequest, splitTarget } from '../../sigv4/index.js'
import type { Observation } from '../observation.js'
import { bare } from '../same-target.js'
import type { Deviation } from './deviation.js'
import { type RequestView, written } from './request-view.js'

/** A path that reached the service without its front, or with one more. A bucket that stands in the host is none. */
export function* serviceViews(views: readonly RequestView[], observations: readonly Observation[]): Iterable<Deviation> {
  const elements = observations.flatMap((one) => (one.kind === 'error' ? one.elements : []))
  const element = (name: string): string | undefined => written(elements.find(([given]) => given === name)?.[1].trim())
  const view = views.find(({ request, seen }) => request !== undefined && seen.kind === 'request' && seen.side !== 'signer')
  const asked = view === undefined ? signedPath(views) : askedPath(view)
  if (asked === undefined) return
  const resource = element('Resource') ?? loggedPath(observations, asked.method)
  if (resource === undefined || !/^\/[^/]+\/./.test(resource)) return
  const [sent, arrived] = [asked.path, resource].map((text) => bare(text.split('?', 1)[0]!))
  if (sent === undefined || arrived === undefined || sent === '' || sent === arrived) return
  const sentence = `The service answered about ${arrived}; the request shown asks for ${sent}.`
  const said = { sentence, seen: asked.view.seen, names: [] } as const
  const front = sent.endsWith(arrived) ? sent.slice(0, -arrived.length) : undefined
  const more = arrived.endsWith(sent) ? arrived.slice(0, -sent.length) : undefined
  const bucket = element('BucketName')
  if (front !== undefined && !isBucket(front, bucket, asked.view.host))
    yield { ...HEAD, ...said, cause: 'path-prefix-stripped', values: { prefix: front } }
  else if (more !== undefined && !isBucket(more, bucket, asked.view.host))
    yield { ...HEAD, ...said, cause: 'path-prefix-added', values: { segments: String(more.split('/').length - 1) } }
}

interface Asked {
  readonly view: RequestView
  readonly method: string
  readonly path: string
}

function askedPath(view: RequestView): Asked | undefined {
  const path = view.request === undefined ? undefined : written(splitTarget(view.request.target).path)
  return path === undefined ? undefined : { view, method: view.request!.method, path }
}

/** What was signed, where no request is shown. */
function signedPath(views: readonly RequestView[]): Asked | undefined {
  for (const view of views) {
    const { seen } = view
    if (seen.kind !== 'canonical-request' || seen.side !== 'signer') continue
    const parts = parseCanonicalRequest(seen.text)
    const path = written(parts?.['canonical-uri'])
    if (parts !== undefined && path !== undefined) return { view, method: parts.method, path }
  }
  return undefined
}

/** The path in the service's own log, where its refused requests of this method all have one. */
function loggedPath(observations: readonly Observation[], method: string): string | undefined {
  const paths = observations.flatMap((one) =>
    one.kind === 'request-line' && one.side === 'verifier' && one.line.method === method ? [splitTarget(one.line.target).path] : [],
  )
  return new Set(paths).size === 1 ? written(paths[0]) : undefined
}

/** Whether what stands before is the bucket, which is in the host or in the path. Without a name any single segment may be one that the host can have. */
function isBucket(front: string, bucket: string | undefined, host: string | undefined): boolean {
  if (bucket !== undefined) return front === `/${bucket}`
  return /^\/[^/]+$/.test(front) && (host === undefined || host.startsWith(`${front.slice(1)}.`) || /^[\w-]+\.[\w-]+\./.test(host))
}

const HEAD = { rule: 'resource-of-answer', severity: 'fragile', weight: 0.75, checks: ['signature'] } as const
