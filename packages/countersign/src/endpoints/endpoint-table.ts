/**
 * The endpoints that are known, from what is generated (data.ts) and what AWS documents beside (families.ts), as maps.
 *
 * A line of SHAPES is a signing name and the endpoints it signs for, each "left>right": the labels left and right of the region.
 * "=" is the signing name itself. "+" before: the endpoint with labels of users before it, where that is another service's.
 * "@us-east-1" after: the region that is signed for, also where the host names another. "~": takes bearer tokens.
 * A line of HOSTS is a signing name, a host ("*" for its region), and the regions, or "!" and the partition of a region set.
 */
import { HOSTS, SHAPES } from './data.js'
import { FAMILIES } from './families.js'

/** An endpoint whose host names its region. */
export interface Shape {
  readonly service: string
  readonly region?: string
  readonly bearer: boolean
}

/** A host that is known as a whole. */
export interface SingleHost {
  readonly service: string
  /** "*": the region stands in the host. */
  readonly regions: readonly string[] | '*'
  /** Signed for a region set only; the partition it lies in. */
  readonly regionSet?: string
  readonly bearer: boolean
}

interface Tables {
  readonly shapes: ReadonlyMap<string, Shape>
  readonly hosts: ReadonlyMap<string, SingleHost>
}

let built: Tables | undefined

/** The tables, made when they are first asked for: a program that only verifies does not pay for them. */
export function endpointTables(): Tables {
  if (built === undefined) {
    const hosts = [...hostsIn(HOSTS)]
    // "iam.amazonaws.com.cn" is known with FIPS only.
    const plain = hosts.map(([host, known]): [string, SingleHost] => [host.replace('-fips.', '.'), known])
    built = { shapes: shapesIn(`${SHAPES}\n${FAMILIES}`), hosts: new Map([...plain, ...hosts]) }
  }
  return built
}

/** Endpoint prefix to signing name, where they differ; of the hosts that have the region last. */
export function renamedServices(): ReadonlyMap<string, string> {
  renamed ??= new Map(
    [...endpointTables().shapes]
      .filter(([key, { service }]) => key !== service && !/[+>]/.test(key))
      .map(([key, { service }]): [string, string] => [key, service])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
  return renamed
}
let renamed: ReadonlyMap<string, string> | undefined

/** Without patterns: a diagnosis asks for all of them, once, before anything is warm. */
function shapesIn(text: string): ReadonlyMap<string, Shape> {
  const shapes = new Map<string, Shape>()
  for (const line of text.split('\n')) {
    const [service, ...words] = line.split(' ')
    for (const word of words) {
      const at = word.indexOf('@')
      const named = at < 0 ? word : word.slice(0, at)
      const bearer = named.endsWith('~')
      const key = bearer ? named.slice(0, -1) : named
      const name = key === '=' ? service! : key === '+=' ? `+${service}` : key
      shapes.set(name, at < 0 ? { service: service!, bearer } : { service: service!, region: word.slice(at + 1), bearer })
    }
  }
  return shapes
}

function* hostsIn(text: string): Iterable<[string, SingleHost]> {
  for (const line of text.split('\n')) {
    const [service, host, said] = line.split(' ') as [string, string, string]
    const bearer = said.endsWith('~')
    const words = bearer ? said.slice(0, -1) : said
    yield [
      host,
      {
        service,
        regions: words === '*' ? '*' : words.startsWith('!') ? ['*'] : words.split(','),
        ...(words.startsWith('!') && { regionSet: words.slice(1) }),
        bearer,
      },
    ]
  }
}
