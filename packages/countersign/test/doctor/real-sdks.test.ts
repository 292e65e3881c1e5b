/** What the doctor says of each SDK, held against the SDK itself on the same files and environment. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  type AnySdk,
  endpointOf,
  filePlaces,
  type Machine,
  type Resolution,
  regionOf,
  SDKS,
  type SharedFile,
  setupOf,
} from '../../src/doctor/index.ts'
import { asked, INSTALLED, type RealAnswer, written } from './real-sdks/asked.ts'
import { SETUPS } from './real-sdks/setups.ts'

const folder = mkdtempSync(join(tmpdir(), 'countersign-doctor-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))
const worlds = SETUPS.map((setup, index) => ({
  setup,
  env: written(setup, join(folder, String(index))),
  endpoints: /endpoint/.test(setup.name),
  ...(setup.profile !== undefined && { profile: setup.profile }),
}))

/** What botocore calls its sources. */
const METHODS: Readonly<Record<string, string>> = {
  env: 'environment',
  'shared-credentials-file': 'credentials-file',
  'custom-process': 'process',
  'assume-role-with-web-identity': 'web-identity',
}

function machineOf({ env, profile }: (typeof worlds)[number]): Machine {
  const places = filePlaces(env, 'linux', '/nowhere')
  const file = (path: string): SharedFile => (existsSync(path) ? { path, text: readFileSync(path, 'latin1') } : { path, problem: 'absent' })
  return {
    system: 'linux',
    env,
    now: 0,
    ...(profile !== undefined && { profile }),
    credentials: file(places.credentials),
    config: file(places.config),
  }
}

/**
 * The doctor's answer in the words of a driver. Which file a merged profile stands in, JavaScript does not tell; Go and Java tell no source,
 * and Java nothing of what it would have asked for.
 */
function told(sdk: string, resolution: Resolution): Record<string, unknown> {
  if (resolution.kind === 'keys') {
    const { accessKeyId, secretAccessKey, sessionToken } = resolution.keys
    const merged = sdk === 'javascript-v3' && resolution.source !== 'environment' ? 'profile' : resolution.source
    const source = sdk === 'go-v2' || sdk === 'java-v2' ? {} : { source: merged }
    return { kind: 'keys', ...source, id: accessKeyId, secret: secretAccessKey, token: sessionToken ?? null }
  }
  if (sdk === 'java-v2') return { kind: 'none' }
  return resolution.kind === 'asked' ? { kind: 'asked', source: resolution.source } : { kind: resolution.kind }
}

test('there are forty set-ups and more', () => assert.ok(new Set(SETUPS.map(({ name }) => name)).size >= 40))

const answers = new Map<string, readonly RealAnswer[]>()
/** Each SDK is asked once. */
function answersOf(sdk: AnySdk): readonly RealAnswer[] {
  const known = answers.get(sdk.id) ?? asked(sdk.id, worlds, folder)
  answers.set(sdk.id, known)
  return known
}

for (const sdk of SDKS) {
  const skip = !INSTALLED.includes(sdk.id)
  test(`${sdk.title} takes its keys from where the doctor says`, { skip }, () => {
    for (const [index, world] of worlds.entries()) {
      const { kind, source, id, secret, token } = answersOf(sdk)[index]!
      // Java runs the process and does not tell; the answer is its keys.
      if (sdk.id === 'java-v2' && world.setup.name === 'a process') continue
      const named = METHODS[source ?? ''] ?? source
      const expected = { kind, ...(named !== undefined && { source: named }), ...(kind === 'keys' && { id, secret, token }) }
      assert.deepEqual(told(sdk.id, sdk.chain(setupOf(sdk, machineOf(world)))), expected, `${sdk.title}: ${world.setup.name}`)
    }
  })

  test(`${sdk.title} takes the region that the doctor says`, { skip }, () => {
    for (const [index, world] of worlds.entries()) {
      const { region } = answersOf(sdk)[index]!
      // Java's own chain of regions knows no profile of an argument.
      if (region === 'error' || (sdk.id === 'java-v2' && world.setup.profile !== undefined)) continue
      // An empty region is none.
      assert.equal(regionOf(sdk, machineOf(world)) ?? null, region || null, `${sdk.title}: ${world.setup.name}`)
    }
  })

  // The driver of the AWS CLI makes no client, and Debian's is older than these settings.
  if (sdk.id === 'botocore' || sdk.id === 'javascript-v3')
    test(`${sdk.title} takes the endpoints that the doctor says`, { skip }, () => {
      for (const [index, world] of worlds.entries())
        for (const service of ['s3', 'sts'] as const) {
          const real: string | null | undefined = answersOf(sdk)[index]!.endpoints?.[service]
          if (real === 'error' || !world.endpoints) continue
          const own: string | undefined = real === null || real === undefined || /\.amazonaws\.com$/.test(real) ? undefined : real
          assert.equal(endpointOf(sdk, machineOf(world), service)?.url, own, `${sdk.title}: ${world.setup.name}, ${service}`)
        }
    })
}
