/**
 * Writes packages/countersign/src/endpoints/data.ts from botocore's sdist: `npm run endpoints`. The sdist is downloaded, never committed.
 * Hosts that differ only in region, partition, FIPS or dual-stack make one entry; what does not fit that is kept host by host.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { plainLabels, shapeOf } from '../../packages/countersign/src/endpoints/labels.ts'
import { hostsOfRules, hostsOfTable, type KnownHost, literalHostPrefixes, SAMPLE_LABELS } from '../botocore/known-hosts.ts'
import { BOTOCORE, type Partition, partitions as partitionsOf, sdist, services as servicesOf } from '../botocore/sdist.ts'

const PATH = 'packages/countersign/src/endpoints/data.ts'
const dir = sdist()
const partitions = partitionsOf(dir)
const services = servicesOf(dir)
const suffixes = partitions.flatMap(({ outputs }) => [outputs.dnsSuffix, outputs.dualStackDnsSuffix]).sort((a, b) => b.length - a.length)
const region = new RegExp(`^(?:${partitions.map(({ regionRegex }) => regionRegex.slice(1, -1)).join('|')})$`)

/** What several hosts have in common: the region stands in the name. */
interface Shape {
  readonly key: string
  readonly service: string
  readonly marks: string
}

function shapeOfHost({ host, service, ...known }: KnownHost): Shape | undefined {
  const suffix = suffixes.find((one) => host.endsWith(`.${one}`)) ?? (host.endsWith('.on.aws') ? 'on.aws' : undefined)
  if (suffix === undefined) return undefined
  const labels = host.slice(0, -suffix.length - 1).split('.')
  const at = labels.findLastIndex((label) => region.test(label))
  if (at < 0) return undefined
  const left = plainLabels(labels.slice(0, at)).filter((label) => !SAMPLE_LABELS.has(label))
  const fixed = known.region === labels[at] || known.set ? '' : `@${known.region}`
  const marks = `${known.set ? '!' : ''}${known.bearer ? '~' : ''}${fixed}`
  return { key: shapeOf(left, labels.slice(at + 1)), service, marks }
}

const conflicts = new Set<string>()
const shapes = new Map<string, Shape>()
const single = new Map<string, KnownHost[]>()
function add(known: KnownHost, source: string): void {
  const shape = shapeOfHost(known)
  if (shape === undefined) {
    // S3's grammar says more of them: s3-hosts.ts.
    if (known.service === 's3') return
    const own = known.host.split('.').filter((label) => !SAMPLE_LABELS.has(label))
    const host = own.map((label) => (label === known.region && region.test(label) ? '*' : label)).join('.')
    const others = single.get(host) ?? []
    if (others.length > 0 && source !== 'rules' && others.some((one) => one.region !== known.region || one.service !== known.service))
      return
    single.set(host, [...others, known])
    return
  }
  const other = shapes.get(shape.key)
  if (other === undefined) shapes.set(shape.key, shape)
  // The region that all hosts of a shape are signed for may be the one in this host.
  else if (other.service !== shape.service || (other.marks !== shape.marks && other.marks !== `@${known.region}`)) {
    const kept = `${other.service}${other.marks}`
    const dropped = `${shape.service}${shape.marks}`
    conflicts.add(`${shape.key}: ${kept} is kept, ${dropped} (${source}) is not`)
  }
}

const ofRules = services.map((service) => ({
  prefixes: literalHostPrefixes(service.operations),
  hosts: [...hostsOfRules(service, partitions)],
}))
for (const { hosts } of ofRules) for (const known of hosts) add(known, 'rules')
for (const { prefixes, hosts } of ofRules)
  for (const prefix of prefixes) for (const known of hosts) add({ ...known, host: `${prefix}${known.host}` }, 'host prefix')
for (const known of hostsOfTable(dir, services)) if (region.test(known.region)) add(known, 'endpoints.json')

/** "acm=acm acm-acme" for what is signed as acm; "=" stands for the name of the service. */
function shapeLines(): string[] {
  return [...new Set([...shapes.values()].map(({ service }) => service))]
    .map((service) => {
      const own = [...shapes.values()].filter((one) => one.service === service)
      const words = own.map(({ key, marks }) => `${key === service ? '=' : key}${marks}`).sort()
      return `${service} ${words.join(' ')}`
    })
    .sort()
}

/** "iam iam.amazonaws.com us-east-1": the whole host, and the regions its signature may name. */
function singleLines(): string[] {
  return [...single]
    .map(([host, known]) => {
      const service = known[0]!.service
      if (known.some((one) => one.service !== service)) throw new Error(`${host} has two signing names`)
      const [first] = known
      if (first!.set) return `${service} ${host} !${partitionName(known)}`
      return `${service} ${host} ${host.includes('*') ? '*' : regionsOf(known).join(',')}${first!.bearer ? '~' : ''}`
    })
    .sort()
}

function partitionName(known: readonly KnownHost[]): string {
  return known.some(({ partition }) => partition === 'aws') ? 'aws' : known[0]!.partition
}

/** Where a host takes any region, the one that is global in its partition stands for them. */
function regionsOf(known: readonly KnownHost[]): readonly string[] {
  const all = [...new Set(known.map((one) => one.region))]
  const ofPartitions = new Set(known.map(({ partition }) => partition))
  if (all.length <= ofPartitions.size) return all.sort()
  return [partitions.find(({ id }) => id === partitionName(known))!.outputs.implicitGlobalRegion]
}

function partitionRow({ id, outputs, regionRegex, regions }: Partition): string {
  const own = Object.keys(regions).filter((name) => region.test(name))
  return JSON.stringify([id, regionRegex, [outputs.dnsSuffix, outputs.dualStackDnsSuffix], own.join(' ')])
}

const text = `/**
 * AWS's partitions and endpoints. Generated by tools/generate/make-endpoints.ts (\`npm run endpoints\`) from the sdist of botocore
 * ${BOTOCORE}: its endpoint rule sets, partitions.json, endpoints.json, service models and the regions of its endpoint tests. botocore is
 * copyright Amazon.com, Inc. or its affiliates, and licensed under Apache-2.0. How the lines are read: endpoint-table.ts.
 */

export const BOTOCORE_VERSION = '${BOTOCORE}'

/** Id, the form of its regions, the suffixes of its hosts, its regions. */
export const PARTITIONS: readonly (readonly [id: string, regions: string, suffixes: readonly string[], known: string])[] = [
${partitions.map((one) => `  ${partitionRow(one)},`).join('\n')}
]

/** Signing name, and the endpoints that it signs for: what stands left of the region, ">" and what stands right of it. */
export const SHAPES = \`${shapeLines().join('\n')}\`

/** Signing name, host, regions: hosts that do not say their region where the others do. */
export const HOSTS = \`${singleLines().join('\n')}\`
`
writeFileSync(PATH, text)
execFileSync('npx', ['--no-install', 'biome', 'check', '--write', '--log-level=error', PATH], { stdio: 'inherit' })
for (const conflict of [...conflicts].sort()) console.log(`conflict: ${conflict}`)
console.log(
  `botocore ${BOTOCORE}: ${services.length} services, ${ofRules.flatMap(({ hosts }) => hosts).length} endpoints of rules, ${shapes.size} shapes, ${single.size} single hosts; ${PATH}`,
)
