/**
 * What a host name of AWS says about the credential scope: the signing name of the service, and the region.
 * @see https://docs.aws.amazon.com/general/latest/gr/rande.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
import { RENAMED_SERVICES } from './signing-names.js'

/** What a host says. A part it does not say is absent: S3's global hosts take the region of the bucket. */
export interface HostScope {
  readonly service?: string
  readonly region?: string
  /** host: both stand in the name. endpoint-prefix: the service is assumed to sign with its prefix. global: by a table. */
  readonly source: 'host' | 'endpoint-prefix' | 'global'
}

/** Service and region of an AWS host; `undefined` for any other host, and for hosts that run what users put there. */
export function hostScope(host: string): HostScope | undefined {
  const name = host.trim().toLowerCase().replace(/:\d+$/, '').replace(/\.$/, '')
  const suffix = SUFFIX.exec(name)
  if (suffix === null) return undefined
  const labels = withoutVpce(name.slice(0, suffix.index).split('.'))
  const at = labels.reduce((last, label, i) => (REGION.test(label) ? i : last), -1)
  if (at < 0) return legacyS3(labels) ?? globalScope(labels, suffix[0])
  const region = labels[at]!
  const right = labels.slice(at + 1)
  if (right.length > 0) {
    const service = right.length === 1 ? REGION_FIRST.get(right[0]!) : undefined
    return service === undefined ? undefined : { service, region, source: 'host' }
  }
  const named = serviceOf(labels.slice(0, at))
  return named === undefined ? { region, source: 'host' } : { ...named, region }
}

/** An interface endpoint: "[<bucket>.]vpce-…-….<service>.<region>.vpce". */
function withoutVpce(labels: readonly string[]): readonly string[] {
  if (labels.at(-1) !== 'vpce') return labels
  return labels.slice(labels.findIndex((label) => label.startsWith('vpce-')) + 1, -1)
}

/** "s3-eu-west-1", "bucket.s3-website-us-east-1", "s3-external-1". */
function legacyS3(labels: readonly string[]): HostScope | undefined {
  const dashed = /^s3-(?:website-|fips-)?(.+)$/.exec(labels.at(-1) ?? '')?.[1]
  if (dashed === 'external-1') return { service: 's3', region: 'us-east-1', source: 'host' }
  return dashed !== undefined && REGION.test(dashed) ? { service: 's3', region: dashed, source: 'host' } : undefined
}

function globalScope(labels: readonly string[], suffix: string): HostScope | undefined {
  const china = suffix.endsWith('.cn')
  const gov = labels.at(-1) === 'us-gov'
  const service = gov ? labels.at(-2) : labels.at(-1) === 'dualstack' ? labels.at(-2) : labels.at(-1)
  if (service === undefined) return undefined
  if (S3_GLOBAL.has(service)) return { service: 's3', source: 'global' }
  if (service === 'queue') return { service: 'sqs', region: 'us-east-1', source: 'global' }
  if (!GLOBAL.has(service)) return undefined
  // One host for two partitions: budgets and cloudfront say nothing of the region.
  if (china) return { service, region: service === 'iam' ? 'cn-north-1' : 'cn-northwest-1', source: 'global' }
  return { service, region: gov ? 'us-gov-west-1' : 'us-east-1', source: 'global' }
}

/** The service by the labels left of the region. */
function serviceOf(left: readonly string[]): Pick<HostScope, 'service' | 'source'> | undefined {
  const labels = left.filter((label) => label !== 'dualstack' && label !== 'fips').map((label) => label.replace(/-fips$/, ''))
  for (const count of [3, 2, 1]) {
    const prefix = labels.slice(-count).join('.')
    const service = labels.length < count ? undefined : RENAMED_SERVICES.get(prefix)
    if (service !== undefined) return { service, source: 'host' }
  }
  const last = labels.at(-1)
  // "iot" serves two signing names; "s3express-use1-az4" holds a zone.
  if (last === undefined || last === 'iot' || USERS_OWN.has(last)) return undefined
  if (last.startsWith('s3express-')) return { service: 's3express', source: 'host' }
  if (OFTEN_PREFIXED.has(last)) return { service: last, source: 'host' }
  return labels.length === 1 && /^[a-z][a-z0-9-]*$/.test(last) ? { service: last, source: 'endpoint-prefix' } : undefined
}

const SUFFIX =
  /\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|api\.aws|on\.aws|api\.amazonwebservices\.(?:com\.cn|eu)|c2s\.ic\.gov|sc2s\.sgov\.gov)$/
const REGION =
  /^(?:us|eu|ap|sa|ca|me|af|il|mx|cn|us-gov|us-iso|us-isob|us-isof|eu-isoe|eusc-de)-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d$/
/** Services whose hosts end "<region>.<service>". */
const REGION_FIRST: ReadonlyMap<string, string> = new Map([
  ['es', 'es'],
  ['aoss', 'aoss'],
  ['osis', 'osis'],
  ['cloudsearch', 'cloudsearch'],
  ['elasticmapreduce', 'elasticmapreduce'],
  ['queue', 'sqs'],
])
const S3_GLOBAL = new Set(['s3', 's3-accelerate', 's3-global'])
const GLOBAL = new Set(['iam', 'sts', 'route53', 'importexport', 'waf', 'sdb'])
/** Hosts with labels of the user's before the service. */
const OFTEN_PREFIXED = new Set([
  's3',
  'execute-api',
  's3-outposts',
  's3-object-lambda',
  'vpc-lattice-svcs',
  'kinesisvideo',
  'iotsitewise',
  'aoss',
  'dynamodb',
])
/** Not services that check signatures: what users run behind such a host may want any scope. */
const USERS_OWN = new Set(['elb', 'compute', 'rds', 'redshift', 'cache', 'elasticbeanstalk', 'cloudapp', 'neptune', 'docdb'])
