/** Every host that AWS's data names, with the scope it is signed for: rule sets evaluated over all regions, and endpoints.json. */
import { join } from 'node:path'
import { endpointOf, type Params } from './rule-set.ts'
import { json, type Operation, type Partition, type Service } from './sdist.ts'

/** One host and what a signature for it names. */
export interface KnownHost {
  readonly host: string
  readonly service: string
  readonly region: string
  readonly partition: string
  /** Signed by SigV4A for a region set only. */
  readonly set?: boolean
  /** Takes bearer tokens. */
  readonly bearer?: boolean
}

/** What a rule set gives for every region, with and without FIPS and dual-stack, for each value of its other parameters. */
export function* hostsOfRules(service: Service, partitions: readonly Partition[]): Iterable<KnownHost> {
  const { metadata, rules, tests } = service
  for (const params of [...regionsAndVariants(service, partitions), ...wordsForRegions(tests, partitions)]) {
    const found = endpointOf(rules, params, partitions)
    // "sqs.aws-global.amazonaws.com" comes out of rules that do not know the word; there is no such host.
    if (found === undefined || found.host.includes('undefined') || found.host.includes('-global.')) continue
    const { name, signingName, signingRegion, signingRegionSet } = found.scheme ?? { name: 'sigv4' }
    const region = String(params['Region'])
    const partition = partitionOf(region, partitions)
    yield {
      host: found.host.toLowerCase(),
      service: signingName ?? metadata.signingName ?? metadata.endpointPrefix,
      region: signingRegion ?? realRegion(region, found.host, partition, partitions),
      partition: partition.id,
      ...(name === 'sigv4a' && signingRegionSet !== undefined && { set: true }),
      ...(metadata.signatureVersion === 'bearer' && { bearer: true }),
    }
  }
}

function* regionsAndVariants(service: Service, partitions: readonly Partition[]): Iterable<Params> {
  for (const Region of partitions.flatMap(({ regions }) => Object.keys(regions)))
    for (const more of variants(service)) yield { UseFIPS: false, UseDualStack: false, ...more, Region }
}

/** Words that SDKs take for a region, such as "local", stand in no table but the endpoint tests. */
function* wordsForRegions(tests: Service['tests'], partitions: readonly Partition[]): Iterable<Params> {
  for (const { params = {} } of tests) {
    const { Region } = params
    if (params['Endpoint'] !== undefined || params['Bucket'] !== undefined || typeof Region !== 'string') continue
    if (!partitions.some(({ regionRegex }) => new RegExp(regionRegex).test(Region))) yield params
  }
}

/** The labels that operations put before the host, such as "data-" or "api.". */
export function literalHostPrefixes(operations: readonly Operation[]): readonly string[] {
  const given = operations.map(({ endpoint }) => endpoint?.hostPrefix).filter((prefix) => prefix !== undefined)
  return [...new Set(given)].filter((prefix) => !prefix.includes('{'))
}

/** The other parameters: each alone, or in all combinations where these are few. */
function variants({ id, rules, operations }: Service): readonly Params[] {
  const choices: (readonly [string, readonly unknown[]])[] = [
    ['UseFIPS', [true]],
    ['UseDualStack', [true]],
  ]
  for (const [name, { type }] of Object.entries(rules.parameters)) {
    // S3's many parameters are spoken of by our own grammar.
    if (BASIC.has(name) || id.startsWith('s3')) continue
    const fixed = operations.flatMap(({ staticContextParams }) => staticContextParams?.[name]?.value ?? [])
    choices.push([name, type.toLowerCase() === 'boolean' ? [true, false] : [...new Set(fixed)].concat(SAMPLES[name] ?? [])])
  }
  const together = choices.reduce((count, [, values]) => count * (values.length + 1), 1)
  if (together > MOST) return choices.flatMap(([name, values]) => values.map((value) => ({ [name]: value }))).concat({})
  return choices.reduce<readonly Params[]>(
    (all, [name, values]) => all.flatMap((one) => [one, ...values.map((value) => ({ ...one, [name]: value }))]),
    [{}],
  )
}

/** Sample values of what users put into hosts; `SAMPLE_LABELS` are their labels. */
const ACCOUNT = '111122223333'
const SAMPLES: Readonly<Record<string, readonly unknown[]>> = {
  AccountId: [ACCOUNT],
  AccountIdEndpointMode: ['preferred'],
  EndpointId: ['sample.label'],
  SpaceId: ['sample'],
  KvsARN: [`arn:aws:cloudfront::${ACCOUNT}:key-value-store/sample`],
}
export const SAMPLE_LABELS: ReadonlySet<string> = new Set([ACCOUNT, 'sample', 'label'])
const BASIC = new Set(['Region', 'UseFIPS', 'UseDualStack', 'Endpoint'])
const MOST = 128

/** What endpoints.json names beside: hosts of services without a model, and legacy names (`sslCommonName`). */
export function* hostsOfTable(dir: string, services: readonly Service[]): Iterable<KnownHost> {
  const { partitions } = json<{ partitions: readonly TablePartition[] }>(join(dir, 'botocore/data/endpoints.json'))
  const names = new Map(services.map(({ metadata }) => [metadata.endpointPrefix, metadata.signingName ?? metadata.endpointPrefix]))
  for (const { partition, dnsSuffix, defaults, services: table } of partitions)
    for (const [prefix, given] of Object.entries(table))
      for (const [region, own] of Object.entries(given.endpoints ?? {})) {
        const all = { ...defaults, ...given.defaults, ...own }
        const service = own.credentialScope?.service ?? given.defaults?.credentialScope?.service ?? names.get(prefix) ?? prefix
        const variants = [...(own.variants ?? []), { hostname: all.sslCommonName, dnsSuffix }, { hostname: all.hostname, dnsSuffix }]
        for (const { hostname, dnsSuffix: suffix = dnsSuffix } of variants) {
          // A key such as "fips-us-west-2" is not what stands in the host.
          if (hostname === undefined || (own.hostname !== hostname && own.credentialScope !== undefined && hostname.includes('{region}')))
            continue
          const host = hostname.replace('{service}', prefix).replace('{region}', region).replace('{dnsSuffix}', suffix)
          yield { host, service, region: own.credentialScope?.region ?? region, partition }
        }
      }
}

interface TableEndpoint {
  readonly hostname?: string
  readonly sslCommonName?: string
  readonly credentialScope?: { readonly region?: string; readonly service?: string }
  readonly variants?: readonly { readonly hostname?: string; readonly dnsSuffix?: string }[]
}

interface TablePartition {
  readonly partition: string
  readonly dnsSuffix: string
  readonly defaults: TableEndpoint
  readonly services: Readonly<
    Record<string, { readonly defaults?: TableEndpoint; readonly endpoints?: Readonly<Record<string, TableEndpoint>> }>
  >
}

function partitionOf(region: string, partitions: readonly Partition[]): Partition {
  return partitions.find((one) => Object.hasOwn(one.regions, region) || new RegExp(one.regionRegex).test(region)) ?? partitions[0]!
}

/** The region that is signed for: the one given, or where that is a word such as "aws-global" or "sandbox", the one it stands for. */
function realRegion(given: string, host: string, partition: Partition, partitions: readonly Partition[]): string {
  const isRegion = (label: string) => partitions.some(({ regionRegex }) => new RegExp(regionRegex).test(label))
  if (isRegion(given)) return given
  return host.split('.').find(isRegion) ?? (given.endsWith('-global') ? partition.outputs.implicitGlobalRegion : given)
}
