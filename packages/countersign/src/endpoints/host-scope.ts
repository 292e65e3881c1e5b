/** What a host says of the scope, for the rooms that compare it with what was signed: only what AWS decides, and what the host itself says. */
import { readHost } from './scope-of.js'

/** A part that the host does not say is absent: S3's global hosts take the region of the bucket. */
export interface NamedScope {
  readonly service?: string
  readonly region?: string
  /** host: as AWS's data has it. endpoint-prefix: the service is not known, and is assumed to sign with its prefix. */
  readonly source: 'host' | 'endpoint-prefix'
}

/** Service and region of an AWS host; `undefined` for any other host, and for hosts that run what users put there. */
export function hostScope(host: string): NamedScope | undefined {
  const { ofAws, service, region, assumedRegion, prefix } = readHost(host)
  if (!ofAws) return undefined
  const place = region === null || assumedRegion ? {} : { region }
  if (service !== null) return { service, ...place, source: 'host' }
  return prefix === undefined ? { ...place, source: 'host' } : { service: prefix, ...place, source: 'endpoint-prefix' }
}
