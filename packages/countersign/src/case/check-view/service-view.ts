/** What the service's answer says of the request that reached it: `Resource` is the path as it came, whatever the client shows. */
import { splitTarget } from '../../sigv4/index.js'
import type { Observation } from '../observation.js'
import { bare } from '../same-target.js'
import type { Deviation } from './deviation.js'
import { type RequestView, written } from './request-view.js'

/** A path that reached the service without its front, or with one more. A bucket that stands in the host is none. */
export function* serviceViews(views: readonly RequestView[], observations: readonly Observation[]): Iterable<Deviation> {
  const elements = observations.flatMap((one) => (one.kind === 'error' ? one.elements : []))
  const element = (name: string): string | undefined => written(elements.find(([given]) => given === name)?.[1].trim())
  const resource = element('Resource')
  const view = views.find(({ request, seen }) => request !== undefined && seen.kind === 'request' && seen.side !== 'signer')
  if (resource === undefined || !/^\/[^/]+\/./.test(resource) || view?.request === undefined) return
  const path = written(splitTarget(view.request.target).path)
  const [sent, arrived] = [path, resource].map((text) => bare(text?.split('?', 1)[0] ?? ''))
  if (sent === undefined || arrived === undefined || sent === '' || sent === arrived) return
  const sentence = `The service answered about ${arrived}; the request shown asks for ${sent}.`
  const said = { sentence, seen: view.seen, names: [] } as const
  const front = sent.endsWith(arrived) ? sent.slice(0, -arrived.length) : undefined
  const more = arrived.endsWith(sent) ? arrived.slice(0, -sent.length) : undefined
  if (front !== undefined && !isBucket(front, element('BucketName')))
    yield { ...HEAD, ...said, cause: 'path-prefix-stripped', values: { prefix: front } }
  else if (more !== undefined && !isBucket(more, element('BucketName')))
    yield { ...HEAD, ...said, cause: 'path-prefix-added', values: { segments: String(more.split('/').length - 1) } }
}

/** Whether what stands before is the bucket, which is in the host or in the path. Without a name any single segment may be one. */
function isBucket(front: string, bucket: string | undefined): boolean {
  return bucket === undefined ? /^\/[^/]+$/.test(front) : front === `/${bucket}`
}

const HEAD = { rule: 'resource-of-answer', severity: 'fragile', weight: 0.75, checks: ['signature'] } as const
