/** What a host name says of the signature that its requests need: signing name, region, partition, algorithm, and why. */
import { regionalHost } from './endpoint-hosts.js'
import { OTHER_DOMAINS } from './families.js'
import { everywhere, type Found, type HostScope, nothing, one } from './found.js'
import { hostNameOf } from './host-name.js'
import { newRegion, partitionOfRegion, regionAt, suffixesOf, type UnderSuffix, underSuffix } from './partitions.js'
import { type S3Host, s3Host } from './s3-hosts.js'
import { singleHost } from './single-hosts.js'

/**
 * Service, region, partition and algorithm for which a host's requests are signed, by the name alone.
 *
 * The table is made of botocore's endpoint rules. What a host does not say is `null`, and `why` says why.
 *
 * @param host A host name; a URL, a port, upper case and a trailing dot are no obstacle.
 * @example
 * ```js
 * import { scopeOf } from 'countersign'
 *
 * scopeOf('email.eu-west-1.amazonaws.com').service // => 'ses'
 * scopeOf('logs.my-bucket.s3.us-east-2.amazonaws.com').region // => 'us-east-2'
 * scopeOf('example.accesspoint.s3-global.amazonaws.com').regions // => ['*']
 * scopeOf('minio.example.com:9000').service // => null
 * ```
 * @public
 */
export function scopeOf(host: string): HostScope {
  const { ofAws: _, assumedRegion: __, prefix: ___, ...scope } = readHost(host)
  return scope
}

/** The scope of a host, with how it was found. */
export function readHost(text: string): Found & Pick<HostScope, 'host'> {
  const name = hostNameOf(text)
  if ('refused' in name) return { host: name.host, ...nothing(`This is no host of AWS: ${name.refused}.`) }
  const { host, labels, port } = name
  const single = singleHost(labels, port)
  if (single !== undefined) return { host, ...single }
  const under = underSuffix(labels)
  return { host, ...(under === undefined ? nothing(notOfAws(labels)) : ofAws(under)) }
}

function ofAws(under: UnderSuffix): Found {
  const { labels, partitions } = under
  if (labels.length === 0) return nothing("This is AWS's suffix alone.")
  const inside = behindVpce(labels)
  const through = inside !== labels
  const s3 = under.suffix.startsWith('on.') ? undefined : s3Host(inside)
  const region = (s3?.assumed ? undefined : s3?.region) ?? inside[regionAt(inside)]
  const partition = region === undefined ? undefined : partitionOfRegion(region)
  if (partition !== undefined && !s3?.assumed && !partitions.includes(partition))
    return nothing(
      `There is no such host: ${region} is a region of ${partition}, whose hosts end with ${suffixesOf(partition).join(' or ')}.`,
    )
  if (inside[0]?.startsWith('vpce-svc-'))
    return nothing("This is somebody's own service behind PrivateLink.", { region: region ?? null, partition: partition ?? null })
  if (s3 !== undefined) return ofS3(s3, under, through)
  const found = regionalHost({ ...under, labels: inside })
  return through && found.service !== null ? { ...found, why: `${found.why} It is reached through a VPC endpoint.` } : found
}

function ofS3(said: S3Host, { suffix, partitions }: UnderSuffix, through: boolean): Found {
  const { service, region, assumed, everyRegion, website } = said
  const only = partitions[0]!
  const head = `The host is S3's for ${through ? 'VPC endpoints' : said.what}`
  if (everyRegion) return everywhere(service, only, `${head}.`)
  // Only one partition has a host of S3 without a region.
  if (region === undefined || (assumed && suffix !== 'amazonaws.com'))
    return one(service, null, only, `${head}; it does not say the region.`)
  const where = assumed ? '; it takes us-east-1 where the region of the bucket is not known.' : `, in ${region}.${newRegion(region)}`
  const found = one(service, region, partitionOfRegion(region)!, `${head}${where}`)
  return { ...found, ...(assumed && { assumedRegion: true }), ...(website && { algorithm: null }) }
}

/** An interface endpoint: "[<bucket>.]vpce-....<service>.<region>.vpce"; the labels of the service and the region. */
function behindVpce(labels: readonly string[]): readonly string[] {
  return labels.at(-1) === 'vpce'
    ? labels.slice(labels.findIndex((label) => label.startsWith('vpce-') && !label.startsWith('vpce-svc-')) + 1, -1)
    : labels
}

function notOfAws(labels: readonly string[]): string {
  if (labels.length === 1) return "This is a name of one's own machine or network, and says nothing of what its requests are signed for."
  const other = OTHER_DOMAINS.get(labels.slice(-2).join('.'))
  return other === undefined
    ? "This ends with no suffix of AWS's services: a domain of one's own, or another's server, does not say what its requests are signed for."
    : `This is ${other}, and no host of AWS's services: its name does not say what its requests are signed for.`
}
