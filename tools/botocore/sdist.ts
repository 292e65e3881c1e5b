/**
 * botocore's source distribution, which holds AWS's endpoint data: rule sets, partitions, service models, and the endpoint tests.
 * It is downloaded into the temporary directory once, and never committed.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The version that the table is made of, and that `npm run scope:check` scores against. */
export const BOTOCORE = '1.44.8'

/** The directory of the unpacked sdist. */
export function sdist(): string {
  const target = join(tmpdir(), `countersign-botocore-${BOTOCORE}`)
  const inside = join(target, `botocore-${BOTOCORE}`)
  if (existsSync(inside)) return inside
  const dir = mkdtempSync(join(tmpdir(), 'countersign-botocore-'))
  const wanted = ['--no-binary', ':all:', '--no-deps', `botocore==${BOTOCORE}`]
  console.error(`downloading the sdist of botocore ${BOTOCORE}`)
  try {
    execFileSync('python3', ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--dest', dir, ...wanted], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    execFileSync('tar', ['-xzf', `botocore-${BOTOCORE}.tar.gz`], { cwd: dir })
    rmSync(target, { recursive: true, force: true })
    renameSync(dir, target)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
  return inside
}

/** One service of botocore: its name there, its model's head, its operations and its endpoint rules. */
export interface Service {
  readonly id: string
  readonly metadata: { readonly endpointPrefix: string; readonly signingName?: string; readonly signatureVersion?: string }
  readonly operations: readonly Operation[]
  readonly rules: RuleSet
  readonly tests: readonly EndpointTest[]
}

export interface Operation {
  readonly endpoint?: { readonly hostPrefix?: string }
  readonly staticContextParams?: Readonly<Record<string, { readonly value: unknown }>>
}

export interface RuleSet {
  readonly parameters: Readonly<Record<string, { readonly type: string; readonly default?: unknown }>>
  readonly rules: readonly Rule[]
}

export interface Rule {
  readonly type: 'endpoint' | 'tree' | 'error'
  readonly conditions: readonly Call[]
  readonly endpoint?: { readonly url: unknown; readonly properties?: { readonly authSchemes?: readonly AuthScheme[] } }
  readonly rules?: readonly Rule[]
}

export interface Call {
  readonly fn: string
  readonly argv: readonly unknown[]
  readonly assign?: string
}

export interface AuthScheme {
  readonly name: string
  readonly signingName?: string
  readonly signingRegion?: string
  readonly signingRegionSet?: readonly string[]
}

export interface EndpointTest {
  readonly expect: { readonly endpoint?: { readonly url: string; readonly properties?: { readonly authSchemes?: readonly AuthScheme[] } } }
  readonly params?: Readonly<Record<string, unknown>>
}

export interface Partition {
  readonly id: string
  readonly outputs: { readonly dnsSuffix: string; readonly dualStackDnsSuffix: string; readonly implicitGlobalRegion: string }
  readonly regionRegex: string
  readonly regions: Readonly<Record<string, unknown>>
}

/** Every service with its newest model. */
export function services(dir: string): readonly Service[] {
  const data = join(dir, 'botocore/data')
  const folders = readdirSync(data, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return folders.map(({ name: id }) => {
    const version = readdirSync(join(data, id)).sort().at(-1)!
    const model = json<{ metadata: Service['metadata']; operations: Record<string, Operation> }>(join(data, id, version, 'service-2.json'))
    const tests = join(dir, 'tests/functional/endpoint-rules', id, 'endpoint-tests-1.json')
    return {
      id,
      metadata: model.metadata,
      operations: Object.values(model.operations),
      rules: json<RuleSet>(join(data, id, version, 'endpoint-rule-set-1.json')),
      tests: existsSync(tests) ? json<{ testCases: EndpointTest[] }>(tests).testCases : [],
    }
  })
}

export function partitions(dir: string): readonly Partition[] {
  return json<{ partitions: Partition[] }>(join(dir, 'botocore/data/partitions.json')).partitions
}

/** A file of JSON. */
export function json<Value>(path: string): Value {
  return JSON.parse(readFileSync(path, 'utf8')) as Value
}
