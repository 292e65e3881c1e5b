/** Where secrets come from, and which is meant. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { SECRET_RULES } from '../../src/cli/command.ts'
import { diagnose } from '../../src/cli/commands/diagnose.ts'
import { readOptions } from '../../src/cli/options.ts'
import { knownKeys } from '../../src/cli/secrets.ts'
import { sections } from '../../src/text/ini-sections.ts'
import { ACCESS_KEY_ID, fakeIo, SECRET, TOKEN, type World } from './fake-io.ts'

const DIAGNOSE_RULES = diagnose.rules

async function keys(t: TestContext, args: readonly string[], world: World, evidence?: string) {
  const { io, written } = fakeIo(t, world)
  const found = await knownKeys(readOptions(args, SECRET_RULES, 'diagnose'), io, evidence === undefined ? undefined : [evidence])
  return { ...found, values: found.secrets.map(({ secretAccessKey }) => secretAccessKey.dangerValue()), stderr: written().stderr }
}

test('--secret-file: one line end is no part of the secret, everything else is', async (t) => {
  const plain = await keys(t, ['--secret-file', 's'], { files: { s: SECRET } })
  assert.deepEqual([plain.values, plain.stderr], [[SECRET], ''])
  for (const end of ['\n', '\r\n']) {
    const ended = await keys(t, ['--secret-file', 's'], { files: { s: SECRET + end } })
    assert.deepEqual(ended.values, [SECRET])
    assert.match(ended.stderr, /the secret is used without it/)
  }
  for (const exact of [`${SECRET}\n\n`, `${SECRET} `, ` ${SECRET}`, `"${SECRET}"`]) {
    assert.deepEqual((await keys(t, ['--secret-file', 's'], { files: { s: exact } })).values, [exact])
  }
  await assert.rejects(keys(t, ['--secret-file', 's'], { files: { s: '\n' } }), /is empty/)
  await assert.rejects(keys(t, ['--secret-file', 'none'], {}), /there is no such file/)
})

test('the environment is used where its key is the one in the evidence', async (t) => {
  const env = { AWS_ACCESS_KEY_ID: ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY: SECRET, AWS_SESSION_TOKEN: TOKEN }
  const same = await keys(t, [], { env }, `Credential=${ACCESS_KEY_ID}/20150830/us-east-1/iam/aws4_request`)
  assert.deepEqual([same.values, same.sessionToken], [[SECRET], TOKEN])
  assert.deepEqual((await keys(t, [], { env }, 'no key here')).values, [SECRET])
  const other = await keys(t, [], { env }, 'Credential=AKIAI44QH8DHBEXAMPLE/20150830/us-east-1/iam/aws4_request')
  assert.deepEqual([other.values, other.sessionToken], [[], undefined])
  assert.match(other.stderr, /was not used/)
  assert.ok(other.silent.includes(SECRET) && other.silent.includes(TOKEN))
})

test('--profile reads both shared files, the credentials file wins', async (t) => {
  const files = {
    credentials: `[default]\naws_access_key_id = A\naws_secret_access_key = x # old\n\n[work]\r\naws_access_key_id=${ACCESS_KEY_ID}\r\naws_secret_access_key=${SECRET}\r\n`,
    config:
      '[profile work]\nregion = eu-west-1\naws_secret_access_key = other\ns3 =\n  addressing_style = path\n[profile role]\nrole_arn = r\n',
  }
  const world = (t: TestContext) => {
    const { io } = fakeIo(t, { files })
    return { AWS_SHARED_CREDENTIALS_FILE: `${io.cwd}/credentials`, AWS_CONFIG_FILE: `${io.cwd}/config` }
  }
  const work = await keys(t, ['--profile', 'work'], { env: world(t) })
  assert.deepEqual([work.values, work.accessKeyId, work.region], [[SECRET], ACCESS_KEY_ID, 'eu-west-1'])
  assert.deepEqual((await keys(t, ['--profile', 'default'], { env: world(t) })).values, ['x'])
  await assert.rejects(keys(t, ['--profile', 'role'], { env: world(t) }), /has no aws_secret_access_key/)
  await assert.rejects(keys(t, ['--profile', 'wrok'], { env: world(t) }), /there are: default, role, work/)
})

test('--ask-secret asks, and needs a terminal', async (t) => {
  assert.deepEqual((await keys(t, ['--ask-secret'], { typed: SECRET })).values, [SECRET])
  await assert.rejects(keys(t, ['--ask-secret'], {}), /needs a terminal/)
})

test('sections of an INI text', () => {
  const found = sections('; c\n[ profile  a ]\nKey = v=w ; note\n  nested = 1\n[b]\n')
  assert.deepEqual([...found.get('profile a')!], [['key', 'v=w']])
  assert.ok(found.has('b'))
})

test('a word where others can read the file of a secret, and none where they cannot', { skip: process.platform === 'win32' }, async (t) => {
  const open = await keys(t, ['--secret-file', 's'], { files: { s: SECRET }, mode: 0o644 })
  assert.deepEqual([open.values, open.stderr], [[SECRET], 'countersign: others on this machine can read s: chmod 600 s\n'])
  assert.equal((await keys(t, ['--secret-file', 's'], { files: { s: SECRET }, mode: 0o600 })).stderr, '')
})

test('of a quarter of a million candidate secrets as many are taken in as are tried, and a line says so', async (t) => {
  const many = Array.from({ length: 230_000 }, (_, i) => `candidate${i.toString().padStart(8, '0')}`).join('\n')
  const { io, written } = fakeIo(t, { files: { many } })
  const found = await knownKeys(readOptions(['--candidate-secrets', 'many'], DIAGNOSE_RULES, 'diagnose'), io)
  assert.equal(found.secrets.length, 500)
  assert.match(written().stderr, /230,000 candidate secrets were given; only 500 of them are tried/)
})
