/** doctor: JSON alone on standard output, exit codes, one line a check, no value of a key anywhere. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Check } from '../../src/doctor/index.ts'
import { run, SECRET, TOKEN } from './fake-io.ts'

/** A home with the shared files, and the environment that leads to it. */
function home(t: TestContext, files: { credentials?: string | Uint8Array; config?: string }, env: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-home-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, '.aws'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, '.aws', name), text, { mode: 0o600 })
  return { env: { HOME: folder, PATH: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true', ...env } }
}

async function checks(t: TestContext, ...[files, env, ...args]: [Parameters<typeof home>[1], Record<string, string>?, ...string[]]) {
  const { code, stdout, stderr } = await run(t, ['doctor', '--offline', '--format', 'json', ...args], home(t, files, env))
  assert.equal(stderr, '')
  const { schemaVersion, checks: list } = JSON.parse(stdout) as { schemaVersion: number; checks: Check[] }
  assert.equal(schemaVersion, 1)
  assert.equal(code, list.some(({ status }) => status === 'fail') ? 1 : 0)
  return { code, stdout, of: Object.fromEntries(list.map((one) => [one.id, one])) as Record<string, Check> }
}

const pair = (more = '', secret = SECRET) =>
  `[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${secret}\n${more}`

test('a machine with one right pair and one region passes', async (t) => {
  const { code, of } = await checks(t, { credentials: pair('region = eu-west-1\n') })
  assert.equal(code, 0)
  assert.equal(of['credentials.go-v2']!.summary, 'Go v2: profile "default" of the credentials file, AKIA...MPLE')
  assert.equal(of['region.chosen']!.summary, 'every SDK takes eu-west-1')
  assert.deepEqual(
    Object.values(of).filter(({ status }) => status === 'warn' || status === 'fail'),
    [],
  )
})

test('what happened to a value is said, and the value is not', async (t) => {
  for (const [written, says] of [
    [`"${SECRET}"`, /quotation marks around it/],
    [`${SECRET} # archive`, /holds a comment.*\(AWS CLI v1, AWS CLI v2, boto3\)/],
    [encodeURIComponent(SECRET), /URL-encoded/],
    [SECRET.slice(0, -1), /39 characters instead of 40/],
    ['AKIAIOSFODNN7EXAMPL2', /is an access key ID/],
    ['<your secret>', /is a placeholder/],
    [`${SECRET}\u200b`, /cannot be seen/],
  ] as const) {
    const { of, stdout, code } = await checks(t, { credentials: pair('', written) })
    assert.equal(code, 1)
    assert.match(of['credentials.values']!.detail ?? '', says, written)
    assert.ok(!stdout.includes(SECRET.slice(4, 16)), stdout)
  }
})

test('values of the environment are looked at as they are', async (t) => {
  for (const [written, says] of [
    [` ${SECRET}`, /begins with white space/],
    [`${SECRET}\r`, /ends with a carriage return/],
    [`\ufeff${SECRET}`, /byte order mark/],
  ] as const) {
    const { of } = await checks(t, {}, { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: written })
    assert.match(of['credentials.values']!.detail ?? '', says)
  }
})

test('a token that does not go with the pair is said to be one', async (t) => {
  const stale = await checks(t, { credentials: pair(`aws_session_token = ${TOKEN}\n`) })
  assert.match(stale.of['credentials.token']!.detail ?? '', /left over from others/)
  assert.ok(!stale.stdout.includes(TOKEN.slice(0, 20)))
  const missing = await checks(t, { credentials: pair().replace('AKIA', 'ASIA') })
  assert.match(missing.of['credentials.token']!.detail ?? '', /session token is missing/)
  const old = await checks(
    t,
    {},
    {
      AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: SECRET,
      AWS_SESSION_TOKEN: TOKEN,
      AWS_CREDENTIAL_EXPIRATION: '2015-08-30T11:00:00Z',
    },
  )
  assert.match(old.of['credentials.token']!.detail ?? '', /have expired/)
})

test('half a pair in the environment stops Python, and nobody else', async (t) => {
  const { of } = await checks(t, { credentials: pair() }, { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' })
  assert.equal(of['credentials.environment']!.status, 'fail')
  assert.equal(of['credentials.botocore']!.status, 'fail')
  assert.equal(of['credentials.javascript-v3']!.status, 'ok')
  assert.equal(of['credentials.agreement']!.status, 'warn')
})

test('two secrets for one ID are found, whichever SDK takes which', async (t) => {
  const { of } = await checks(
    t,
    { credentials: pair() },
    { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: `${SECRET.slice(1)}x` },
  )
  assert.equal(of['credentials.shadowed']!.status, 'fail')
  assert.match(of['credentials.shadowed']!.detail ?? '', /one secret in the environment, another in profile "default"/)
})

test('fingerprints agree with one key file, and with no other run', async (t) => {
  const found = async (...args: string[]) => {
    const { of } = await checks(t, { credentials: pair() }, {}, ...args)
    return /fingerprint ([0-9a-f]{12})/.exec(of['credentials.fingerprint']!.detail ?? '')![1]!
  }
  assert.notEqual(await found(), await found())
  const folder = mkdtempSync(join(tmpdir(), 'countersign-key-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'key'), 'a key that both machines have\n')
  assert.equal(await found('--fingerprint-key-file', join(folder, 'key')), await found('--fingerprint-key-file', join(folder, 'key')))
})

test('each fix is a command for this shell, and holds no value', async (t) => {
  const mangled = await checks(t, { credentials: pair('', `"${SECRET}"`) })
  assert.deepEqual(mangled.of['credentials.values']!.fix, { command: 'aws configure --profile default', os: 'any' })
  const stale = await checks(t, {}, { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: SECRET, AWS_SESSION_TOKEN: TOKEN })
  assert.deepEqual(stale.of['credentials.token']!.fix, { command: 'unset AWS_SESSION_TOKEN', os: 'linux' })
  const region = await checks(t, { credentials: pair() }, { AWS_REGION: 'eu-west-1' })
  assert.deepEqual(region.of['region.chosen']!.fix, { command: "export AWS_DEFAULT_REGION='eu-west-1'", os: 'linux' })
  const other = await checks(t, { credentials: pair() }, { AWS_DEFAULT_REGION: 'eu-west-1' })
  assert.deepEqual(other.of['region.chosen']!.fix, { command: "export AWS_REGION='eu-west-1'", os: 'linux' })
})

test('keys of another server have any form, where the endpoint is that server', async (t) => {
  const own = '[default]\naws_access_key_id = minioadmin\naws_secret_access_key = minio-admin-secret\n'
  const anywhere = await checks(t, { credentials: own })
  assert.equal(anywhere.of['credentials.values']!.status, 'warn')
  const there = await checks(t, { credentials: `${own}endpoint_url = http://store.example:9000\n` })
  assert.equal(there.of['credentials.values']!.status, 'ok')
})

test('keys that have expired by the file of the tool that fetched them', async (t) => {
  const { of } = await checks(t, {
    credentials: pair(`aws_session_token = ${TOKEN}\nx_security_token_expires = 2015-08-30T10:00:00Z\n`).replace('AKIA', 'ASIA'),
  })
  assert.equal(of['credentials.token']!.summary, 'the keys have expired')
})

test('the region of some SDKs, its form, and the region of the endpoint', async (t) => {
  const some = await checks(t, { credentials: pair() }, { AWS_REGION: 'eu-west-1' })
  assert.match(some.of['region.chosen']!.detail ?? '', /^AWS CLI v1, boto3: none\n/)
  const zone = await checks(t, { credentials: pair('region = eu-west-1a\n') })
  assert.match(zone.of['region.form']!.detail ?? '', /availability zone/)
})

test('names of profiles are shown, and obeyed by nobody', async (t) => {
  const name = 'a\u001b[31m$(touch x)"; \u202e'
  const { stdout } = await run(t, ['doctor', '--offline', '-v', '--profile', name], home(t, { credentials: pair() }))
  assert.ok(!stdout.includes('\u001b') && !stdout.includes('\u202e'))
  assert.match(stdout, /finds no profile/)
})

test('files that cannot be read are a failed check', async (t) => {
  const world = home(t, {})
  mkdirSync(join(world.env.HOME, '.aws/credentials'))
  const { code, stdout } = await run(t, ['doctor', '--offline'], world)
  assert.equal(code, 1)
  assert.match(stdout, /fail +credentials\.files/)
  assert.match(stdout, /credentials: a folder/)
  assert.match(stdout.trimEnd().split('\n').at(-1)!, /^\d+ ok, \d+ warn, \d+ fail, \d+ skipped$/)
})

test('usage is refused before anything is read', async (t) => {
  for (const args of [
    ['word'],
    ['--ntp-server', 'a b'],
    ['--ntp-server', 'a:0'],
    ['--format', 'xml'],
    ['--fingerprint-key-file', 'none'],
    ['--endpoint-url', 'ftp://x'],
  ]) {
    const { code, stdout } = await run(
      t,
      ['doctor', ...(args[0] === '--endpoint-url' || args[0] === '--ntp-server' ? [] : ['--offline']), ...args],
      home(t, {}),
    )
    assert.deepEqual([code, stdout], [2, ''], args.join(' '))
  }
})
