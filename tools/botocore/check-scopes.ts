/**
 * Scores `scopeOf` against botocore's endpoint tests: `npm run scope:check`. The sdist is downloaded into the temporary directory.
 *
 * An expected host without a custom endpoint has to get the test's signing name, region and partition. One host may be expected for
 * several of them (cloudfront.amazonaws.com in two partitions): then the set of them is the right answer, and one of them alone is
 * not, except where the endpoint takes no signature. Accelerate takes the region of the bucket, which no host says. With a custom
 * endpoint, a host under a suffix of AWS has to get the signing name or nothing, and any other host nothing.
 */
import { scopeOf } from '../../packages/countersign/src/endpoints/index.ts'
import {
  type AuthScheme,
  BOTOCORE,
  type EndpointTest,
  type Partition,
  partitions as partitionsOf,
  type Service,
  sdist,
  services as servicesOf,
} from './sdist.ts'

interface Expected {
  readonly service: string
  readonly region: string
  readonly partition: string
}

const dir = sdist()
const partitions = partitionsOf(dir)
const expected = new Map<string, Expected[]>()
const problems: string[] = []
let plain = 0
let custom = 0
for (const service of servicesOf(dir)) for (const test of service.tests) take(service, test)
for (const [host, of] of expected) judge(host, of)
for (const problem of problems) console.error(problem)
const right = plain + custom - problems.length
console.log(
  `botocore ${BOTOCORE}: ${plain} expected endpoints (${expected.size} hosts) and ${custom} custom ones; ${problems.length} wrong, ${right} right`,
)
if (problems.length > 0) process.exitCode = 1

function take({ metadata }: Service, { expect, params = {} }: EndpointTest): void {
  const { endpoint } = expect
  if (endpoint === undefined) return
  const host = /^https?:\/\/([^/]+)/.exec(endpoint.url)![1]!
  const name = metadata.signingName ?? metadata.endpointPrefix
  if (params['Endpoint'] !== undefined) {
    custom++
    customHost(host, [name, ...(endpoint.properties?.authSchemes ?? []).flatMap(({ signingName }) => signingName ?? [])])
    return
  }
  plain++
  const given = typeof params['Region'] === 'string' ? params['Region'] : 'us-east-1'
  const schemes: readonly AuthScheme[] = endpoint.properties?.authSchemes ?? [{ name: 'sigv4' }]
  // Where a host may be signed for one region or for a set of them, either is right: what is asked for is the region.
  const scheme = schemes.find(({ signingRegionSet }) => signingRegionSet === undefined) ?? schemes[0]!
  const region = scheme.signingRegion ?? scheme.signingRegionSet?.join(',') ?? regionMeant(given, host)
  const partition = partitionOf(region === '*' ? given : region)
  expected.set(host, [...(expected.get(host) ?? []), { service: scheme.signingName ?? name, region, partition: partition.id }])
}

/** What SDKs write for a region: "aws-global", or "sandbox", whose host names the region itself. */
function regionMeant(given: string, host: string): string {
  const inHost = host.split('.').findLast((label) => partitions.some(({ regionRegex }) => new RegExp(regionRegex).test(label)))
  return inHost ?? (given.endsWith('-global') ? partitionOf(given).outputs.implicitGlobalRegion : given)
}

function partitionOf(region: string): Partition {
  return (
    partitions.find(({ regions, regionRegex }) => Object.hasOwn(regions, region) || new RegExp(regionRegex).test(region)) ?? partitions[0]!
  )
}

function judge(host: string, of: readonly Expected[]): void {
  const { service, region, regions, partition, algorithm } = scopeOf(host)
  const all = (of: readonly string[]) => [...new Set(of)].sort()
  const wanted = all(of.map((one) => one.region))
  const placed = all(of.map((one) => one.partition))
  const several = wanted.length === 1 ? [] : wanted
  const regionRight = /\.s3-accelerate\.(?:dualstack\.)?amazonaws\.com$/.test(host)
    ? region === null && regions === undefined
    : several.length > 0 && algorithm !== null
      ? regions?.join() === several.join()
      : wanted.includes(region ?? regions?.join() ?? '')
  const ok = of.every((one) => one.service === service) && regionRight && partition === (placed.length === 1 ? placed[0] : null)
  if (!ok) for (const one of of) problems.push(`${host}: ${JSON.stringify(one)}, but ${service} ${regions?.join() ?? region} ${partition}`)
}

function customHost(host: string, names: readonly string[]): void {
  const { service } = scopeOf(host)
  const ofAws = partitions.some(({ outputs }) =>
    [outputs.dnsSuffix, outputs.dualStackDnsSuffix].some((suffix) => host.endsWith(`.${suffix}`)),
  )
  if (service !== null && !(ofAws && names.includes(service)))
    problems.push(`${host}: a custom endpoint of ${names.join(' or ')}, but ${service}`)
}
