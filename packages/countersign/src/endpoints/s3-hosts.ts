/**
 * The grammar of S3's hosts. Before the service's own label stand a bucket (with or without dots), an access point or an account.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointRequests.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-Regions-and-Zones.html
 */
import { partitionOfRegion } from './partitions.js'

/** What a host of the S3 family says. */
export interface S3Host {
  readonly service: 's3' | 's3express' | 's3-object-lambda' | 's3-outposts'
  /** Absent where the host does not say it. */
  readonly region?: string
  /** The region is the one that S3's global host takes where the bucket's own is not known. */
  readonly assumed?: true
  /** Signed by Version 4A for every region. */
  readonly everyRegion?: true
  /** It takes no signature. */
  readonly website?: true
  readonly what: string
}

/** Reads labels without AWS's suffix; `undefined` where the last of them, the region aside, is no label of S3. */
export function s3Host(labels: readonly string[]): S3Host | undefined {
  const last = labels.at(-1) ?? ''
  const region = partitionOfRegion(last) === undefined ? undefined : last
  const before = region === undefined ? labels : labels.slice(0, -1)
  const plain = before.at(-1) === 'dualstack' ? before.slice(0, -1) : before
  const label = plain.at(-1)?.replace(/-fips(?=-|$)/, '')
  if (label === undefined || !label.startsWith('s3')) return undefined
  const users = plain.slice(0, -1)
  const place = region === undefined ? {} : { region }
  if (region === undefined) {
    const old = beforeRegions(label, users)
    if (old !== undefined) return old
  }
  if (label === 's3-global' && users.at(-1) === 'accesspoint')
    return { service: 's3', everyRegion: true, what: 'a Multi-Region Access Point, which Signature Version 4A signs for a set of regions' }
  if (label.startsWith('s3express-')) {
    const zone =
      label === 's3express-control' ? 'the control plane of directory buckets' : `directory buckets in the zone ${label.slice(10)}`
    return { service: 's3express', ...place, what: zone }
  }
  const fixed = FIXED.get(label)
  if (fixed !== undefined) return { ...fixed, ...place }
  return label === 's3' ? { service: 's3', ...place, what: bucketIn(users) } : undefined
}

/** Hosts from before S3 had a label for the region: "s3.amazonaws.com", "s3-eu-west-1", "s3-website-us-east-1", accelerate. */
function beforeRegions(label: string, users: readonly string[]): S3Host | undefined {
  if (label === 's3') {
    return { service: 's3', region: 'us-east-1', assumed: true, what: `${bucketIn(users)}, on S3's global host` }
  }
  if (label === 's3-external-1') return { service: 's3', region: 'us-east-1', what: `${bucketIn(users)}, on an old host` }
  const website = label.startsWith('s3-website-')
  const region = website ? label.slice('s3-website-'.length) : label.slice('s3-'.length)
  if (partitionOfRegion(region) === undefined) return undefined
  return website ? { ...WEBSITE, region } : { service: 's3', region, what: `${bucketIn(users)}, on a host with the region after a hyphen` }
}

function bucketIn(users: readonly string[]): string {
  if (users.length === 0) return 'path-style addresses'
  return users.length === 1 ? 'a virtual-hosted bucket' : 'a virtual-hosted bucket with dots in its name'
}

const WEBSITE: S3Host = { service: 's3', website: true, what: 'a website, which takes no signature' }
const FIXED: ReadonlyMap<string, S3Host> = new Map<string, S3Host>([
  ['s3-website', WEBSITE],
  ['s3-accelerate', { service: 's3', what: 'transfer acceleration, where the region is the one of the bucket' }],
  ['s3-accesspoint', { service: 's3', what: 'an access point' }],
  ['s3-control', { service: 's3', what: 'the control plane, with the account ID before it' }],
  ['s3-object-lambda', { service: 's3-object-lambda', what: 'an Object Lambda access point' }],
  ['s3-outposts', { service: 's3-outposts', what: 'S3 on Outposts, which Signature Version 4A may sign, too' }],
])
