/** What the doctor says of each SDK, held against the SDK itself on the same files and environment. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { filePlaces, type Machine, type Resolution, SDKS, type SharedFile, setupOf } from '../../src/doctor/index.ts'
import { asked, INSTALLED, written } from './real-sdks/asked.ts'
import { SETUPS } from './real-sdks/setups.ts'

const folder = mkdtempSync(join(tmpdir(), 'countersign-doctor-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))
const worlds = SETUPS.map((setup, index) => ({
  setup,
  env: written(setup, join(folder, String(index))),
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

/** The doctor's answer in the words of a driver. Which file a merged profile stands in, JavaScript does not tell. */
function told(sdk: string, resolution: Resolution): Record<string, unknown> {
  if (resolution.kind === 'keys') {
    const { accessKeyId, secretAccessKey, sessionToken } = resolution.keys
    const source = sdk === 'javascript-v3' && resolution.source !== 'environment' ? 'profile' : resolution.source
    return { kind: 'keys', source, id: accessKeyId, secret: secretAccessKey, token: sessionToken ?? null }
  }
  return resolution.kind === 'asked' ? { kind: 'asked', source: resolution.source } : { kind: resolution.kind }
}

test('there are forty set-ups and more', () => assert.ok(new Set(SETUPS.map(({ name }) => name)).size >= 40))

for (const sdk of SDKS.filter(({ id }) => id !== 'java-v2' && id !== 'go-v2'))
  test(`${sdk.title} takes its keys from where the doctor says`, { skip: !INSTALLED.includes(sdk.id) }, () => {
    const answers = asked(sdk.id, worlds)
    for (const [index, world] of worlds.entries()) {
      const { region: _, endpoints: __, error: ___, ...real } = answers[index]! as unknown as Record<string, unknown>
      const source = METHODS[String(real['source'])] ?? real['source']
      const expected = { ...real, ...(source !== undefined && { source }) }
      assert.deepEqual(told(sdk.id, sdk.chain(setupOf(sdk, machineOf(world)))), expected, `${sdk.title}: ${world.setup.name}`)
    }
  })
