/**
 * Hosts that may have been signed: those seen anywhere in the evidence, and the other names of the same S3 bucket.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
import { type About, type CaseFile, cluesFor } from '../../case/index.js'
import { type Header, headerValue, type SigningInputs, splitTarget } from '../../sigv4/index.js'

/** A host, and where it was seen. */
export interface HostSeen {
  readonly host: string
  readonly where: string
}

/** The hosts that headers of forwarding hops name as the one the client asked for. */
export function forwardedHosts(headers: readonly Header[]): HostSeen[] {
  return headers.flatMap(([name, value]): HostSeen[] => {
    const lower = name.toLowerCase()
    if (FORWARDED_HOST.includes(lower)) return value.split(',').map((host) => ({ host: host.trim(), where: `the ${lower} header` }))
    if (lower !== 'forwarded') return []
    return [...value.matchAll(/host="?([^";,\s]+)"?/gi)].map((found) => ({ host: found[1] ?? '', where: 'the forwarded header' }))
  })
}

/** Whether the request went to AWS, or the answer says that S3 gave it. */
export function saidByAws(file: CaseFile): boolean {
  const host = file.request === undefined ? undefined : headerValue(file.request, 'host')
  if (host !== undefined) return /\.amazonaws\.com(?:\.cn)?(?::\d{1,5})?$/i.test(host)
  return file.observations.some((one) => one.kind === 'response' && one.headers.some(([, value]) => value.trim() === 'AmazonS3'))
}

/** Every host in the evidence, each once; forwarding headers first. */
export function hostsSeen(file: CaseFile, ids: readonly About[]): HostSeen[] {
  const hinted = ids.flatMap((id) => cluesFor(file, id)).flatMap(({ values }) => ['host', 'signed'].flatMap((key) => values[key] ?? []))
  const seen = file.observations.flatMap((one): HostSeen[] => {
    if (one.kind === 'response')
      return one.headers.flatMap(([name, value]) => (/^location$/i.test(name) ? hostOfUrl(value, "a response's Location header") : []))
    if (one.kind === 'error')
      return one.elements.flatMap(([name, value]) => (name === 'Endpoint' ? [{ host: value, where: "the error's Endpoint element" }] : []))
    if (one.kind === 'request-line') return one.line.host === undefined ? [] : [{ host: one.line.host, where: 'a log of the request' }]
    if (one.kind !== 'request') return []
    const { headers, target } = one.request
    const hosts = headers.flatMap(([name, value]) =>
      /^host$/i.test(name) ? [{ host: value.trim(), where: 'another request in the evidence' }] : [],
    )
    return [...forwardedHosts(headers), ...hosts, ...hostOfUrl(target, 'a request target')]
  })
  const stated = file.observations.flatMap((one) =>
    one.kind === 'stated' && one.values['endpoint'] !== undefined ? hostOfUrl(one.values['endpoint'], 'the redirect', true) : [],
  )
  const all = [...hinted.map((host) => ({ host, where: 'the configuration or code given' })), ...seen, ...stated]
  const first = new Map([...all].reverse().map((one) => [one.host, one] as const))
  return all.filter((one) => HOST.test(one.host) && first.get(one.host) === one)
}

/** The other names of the bucket that a host of Amazon S3 names, and of S3 in this region. */
export function s3Forms(host: string, inputs: SigningInputs): string[] {
  const found =
    /^(?:(.+)\.)?s3(?:-accelerate|[.-]dualstack|[.-]fips)*(?:[.-](?:dualstack\.)?([a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com(\.cn)?(?::\d+)?$/i.exec(
      host,
    )
  const first = inputs.request === undefined ? undefined : splitTarget(inputs.request.target).path.split('/')[1]
  if (found === null) return []
  const region = found[2] ?? (inputs.scope.region || 'us-east-1')
  const tail = `amazonaws.com${found[3] ?? ''}`
  const buckets = [found[1], first].filter((bucket): bucket is string => bucket !== undefined && /^[a-z0-9][a-z0-9.-]{2,62}$/.test(bucket))
  const services = [`s3.${region}.${tail}`, `s3.${tail}`, `s3-${region}.${tail}`, `s3.dualstack.${region}.${tail}`]
  const virtual = buckets.flatMap((bucket) => [
    ...services.map((service) => `${bucket}.${service}`),
    `${bucket}.s3-accelerate.${tail}`,
    `${bucket}.s3-accelerate.dualstack.${tail}`,
  ])
  return [...virtual, ...services]
}

function hostOfUrl(url: string, where: string, bare = false): HostSeen[] {
  const found = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]+)/i.exec(url)?.[1] ?? (bare ? url : undefined)
  return found === undefined ? [] : [{ host: found, where }]
}

const FORWARDED_HOST = ['x-forwarded-host', 'x-original-host', 'x-forwarded-server', 'x-host', 'cf-worker', 'x-envoy-original-host']
const HOST = /^[A-Za-z0-9[](?:[A-Za-z0-9._:\]-]*)$/
