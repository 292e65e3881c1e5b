/**
 * Evaluates an endpoint rule set: parameters in, host and signing scheme out. Only what decides a host without a custom endpoint is
 * here; a function that is not known fails its condition, as an unset value does.
 * @see https://smithy.io/2.0/additional-specs/rules-engine/index.html
 */
import type { AuthScheme, Call, Partition, Rule, RuleSet } from './sdist.ts'

export type Params = Readonly<Record<string, unknown>>

/** What a rule set answers. */
export interface Endpoint {
  readonly host: string
  readonly scheme?: AuthScheme
}

/** The endpoint for the parameters; `undefined` where the rules refuse them. */
export function endpointOf(set: RuleSet, params: Params, partitions: readonly Partition[]): Endpoint | undefined {
  const defaults = Object.entries(set.parameters).flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value]]))
  const found = first(set.rules, { ...Object.fromEntries(defaults), ...params }, partitions)
  return found === 'refused' ? undefined : found
}

function first(rules: readonly Rule[], outer: Params, partitions: readonly Partition[]): Endpoint | 'refused' | undefined {
  for (const rule of rules) {
    const scope = holds(rule.conditions, outer, partitions)
    if (scope === undefined) continue
    if (rule.type === 'error') return 'refused'
    if (rule.type === 'tree') {
      const found = first(rule.rules!, scope, partitions)
      if (found !== undefined) return found
      continue
    }
    const { url, properties } = rule.endpoint!
    const text = evaluated(url, scope, partitions)
    const host = typeof text === 'string' ? /^https?:\/\/([^/]+)/.exec(text)?.[1] : undefined
    if (host === undefined) return 'refused'
    const given = properties?.authSchemes?.[0]
    if (given === undefined) return { host }
    const filled = JSON.parse(JSON.stringify(given), (_, value) =>
      typeof value === 'string' ? template(value, scope) : value,
    ) as AuthScheme
    // Where a signature of Version 4 is taken too, its region says more than the region set.
    const plain = properties!.authSchemes!.find(({ name }) => name === 'sigv4')
    const scheme =
      given.name === 'sigv4a' && plain !== undefined ? { ...plain, signingRegion: template(plain.signingRegion ?? '', scope) } : filled
    return { host, scheme }
  }
  return undefined
}

/** The scope with what the conditions assign, if all of them hold. */
function holds(conditions: readonly Call[], outer: Params, partitions: readonly Partition[]): Params | undefined {
  let scope = outer
  for (const call of conditions) {
    const value = called(call, scope, partitions)
    if (value === undefined || value === null || value === false) return undefined
    if (call.assign !== undefined) scope = { ...scope, [call.assign]: value }
  }
  return scope
}

function evaluated(given: unknown, scope: Params, partitions: readonly Partition[]): unknown {
  if (typeof given === 'string') return template(given, scope)
  if (given === null || typeof given !== 'object') return given
  if ('ref' in given) return scope[(given as { ref: string }).ref]
  return 'fn' in given ? called(given as Call, scope, partitions) : undefined
}

function called({ fn, argv }: Call, scope: Params, partitions: readonly Partition[]): unknown {
  const [a, b] = argv.map((one) => evaluated(one, scope, partitions))
  switch (fn) {
    case 'isSet':
      return a !== undefined && a !== null
    case 'not':
      return a === undefined || a === null || a === false
    case 'booleanEquals':
    case 'stringEquals':
      return a === b
    case 'getAttr':
      return member(a, String(b))
    case 'isValidHostLabel':
      return typeof a === 'string' && a.split('.').every((label, i) => (i === 0 || b === true) && /^[a-z0-9][a-z0-9-]{0,62}$/i.test(label))
    case 'aws.partition':
      return partitionOf(String(a), partitions)
    case 'aws.parseArn':
      return arn(String(a))
    default:
      return undefined
  }
}

function partitionOf(region: string, partitions: readonly Partition[]): unknown {
  const own = partitions.find(({ regions, regionRegex }) => Object.hasOwn(regions, region) || new RegExp(regionRegex).test(region))
  const { id, outputs } = own ?? partitions[0]!
  return { ...outputs, name: id }
}

function arn(text: string): unknown {
  const [start, partition, service, region, accountId, ...resource] = text.split(':')
  return start === 'arn' && resource.length > 0
    ? { partition, service, region, accountId, resourceId: resource.join(':').split(/[:/]/) }
    : undefined
}

/** "name", "a.b", "list[0]". */
function member(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, part) => {
    const [, name, index] = /^([^[]*)(?:\[(\d+)\])?$/.exec(part)!
    const named = name === '' ? inner : (inner as Record<string, unknown> | undefined)?.[name!]
    return index === undefined ? named : (named as readonly unknown[] | undefined)?.[Number(index)]
  }, value)
}

/** "{Region}", "{PartitionResult#dnsSuffix}". */
function template(text: string, scope: Params): string {
  return text.replace(/\{([^{}#]+)(?:#([^{}]+))?\}/g, (_, name: string, path?: string) => {
    const value = path === undefined ? scope[name] : member(scope[name], path)
    return String(value)
  })
}
