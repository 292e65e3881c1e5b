/** doctor --online: wrong secret, unknown key, inactive key, clock and region told apart, by our calls and by other SDKs'. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { main } from '../../src/cli/main.ts'
import type { Check } from '../../src/doctor/index.ts'
import { type FrontDoorOptions, openFrontDoor } from '../../src/server/index.ts'
import { SecretAccessKey } from '../../src/sigv4/index.ts'
import { credentialsOf } from '../../src/verifier/index.ts'
import { ACCESS_KEY_ID, fakeIo, SECRET } from './fake-io.ts'

const NOON = Date.UTC(2015, 7, 30, 12, 36)
const OTHER_SECRET = 'zQ4wXb9ZkPq2Lr7V/d8YcU3sHf5Gm+J6aEo1iQvR'

interface Keys {
  readonly id?: string
  readonly secret?: string
}

async function online(
  t: TestContext,
  url: string,
  { id = ACCESS_KEY_ID, secret = SECRET }: Keys = {},
  more: { now?: () => number; env?: Record<string, string>; modules?: string; args?: string[] } = {},
) {
  const env = {
    HOME: '/nonexistent',
    PATH: '/nonexistent',
    AWS_ACCESS_KEY_ID: id,
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_REGION: 'us-east-1',
    ...more.env,
  }
  const { io, written } = fakeIo(t, { env })
  if (more.modules !== undefined) symlinkSync(more.modules, join(io.cwd, 'node_modules'))
  const args = ['doctor', '--online', '--ntp-server', '127.0.0.1:1', '--endpoint-url', url, '--format', 'json', ...(more.args ?? [])]
  const code = await main(args, more.now === undefined ? io : { ...io, now: more.now })
  const { stdout, stderr } = written()
  assert.equal(stderr, '')
  for (const value of [secret, SECRET]) assert.ok(!stdout.includes(value.slice(5, 20)), stdout)
  const { checks } = JSON.parse(stdout) as { checks: Check[] }
  return { code, of: Object.fromEntries(checks.map((one) => [one.id, one])) as Record<string, Check> }
}

async function door(t: TestContext, more: Partial<FrontDoorOptions> = {}): Promise<string> {
  const opened = await openFrontDoor({
    port: 0,
    credentials: credentialsOf({ [ACCESS_KEY_ID]: { key: new SecretAccessKey(SECRET), principal: 'alice' } }),
    clock: () => NOON,
    ...more,
  })
  t.after(() => opened.close())
  return opened.url
}

test('serve accepts the right keys, and refusals say what is wrong with the others', async (t) => {
  const url = await door(t)
  const right = await online(t, url)
  assert.equal(right.of['credentials.identity']!.status, 'ok')
  assert.match(right.of['credentials.identity']!.detail ?? '', /accepted, account \.\.\.9012, a user/)
  const wrong = await online(t, url, { secret: OTHER_SECRET })
  assert.equal(wrong.code, 1)
  assert.match(wrong.of['credentials.identity']!.summary, /the secret is not the one that belongs to it/)
  const unknown = await online(t, url, { id: 'AKIAUNKNOWNKEY000001' })
  assert.match(unknown.of['credentials.identity']!.summary, /not known: deleted, inactive/)
  const late = await online(t, url, {}, { now: () => NOON - 20 * 60_000 })
  assert.match(late.of['credentials.identity']!.summary, /the clock of this machine is off/)
})

test('a region that the endpoint does not take is a matter of the region', async (t) => {
  const found = await online(t, await door(t, { regions: ['eu-west-1'] }))
  assert.match(found.of['credentials.identity']!.summary, /the region of the signature/)
})

/** A server of STS and IAM: what it answers to each action. */
async function stub(t: TestContext, answers: Readonly<Record<string, readonly [status: number, body: string]>>): Promise<string> {
  const server = createServer((request, response) => {
    let form = ''
    request.on('data', (piece: Buffer) => (form += piece.toString('latin1')))
    request.on('end', () => {
      const action = new URLSearchParams(form).get('Action') ?? ''
      const id = /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1] ?? ''
      const [status, body] = answers[`${action} ${id}`] ?? answers[action] ?? [404, '']
      response.writeHead(status, { 'content-type': 'text/xml' }).end(body)
    })
  }).listen(0, '127.0.0.1')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const refusal = (code: string, message: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`
const member = (id: string, status: string) =>
  `<member><UserName>ada</UserName><AccessKeyId>${id}</AccessKeyId><Status>${status}</Status></member>`

test('an inactive key is told from a deleted one by other keys of this machine', async (t) => {
  const working = 'AKIAWORKINGKEY000001'
  const url = await stub(t, {
    [`GetCallerIdentity ${working}`]: [200, '<GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult>'],
    GetCallerIdentity: [403, refusal('InvalidClientTokenId', 'The security token included in the request is invalid.')],
    GetAccessKeyLastUsed: [
      200,
      '<R><UserName>ada</UserName><LastUsedDate>2015-08-29T10:00:00Z</LastUsedDate><ServiceName>s3</ServiceName></R>',
    ],
    ListAccessKeys: [200, `<R>${member('AKIAOTHER00000000001', 'Active')}${member(ACCESS_KEY_ID, 'Inactive')}</R>`],
  })
  // JavaScript takes the profile, all others the pair of the environment.
  const env = { AWS_PROFILE: 'work' }
  const { of } = await online(t, url, { id: ACCESS_KEY_ID }, { env: { ...env, HOME: homeWith(t, working) } })
  assert.match(of['credentials.key-status']!.summary, /AKIA\.\.\.MPLE is inactive/)
  assert.match(of['credentials.key-status']!.detail ?? '', /inactive, last used 2015-08-29T10:00:00Z \(s3\)/)
  assert.equal(of['credentials.identity']!.summary, 'the access key is inactive')
})

test('the secret of a profile is mended by the command that asks for it', async (t) => {
  const { of } = await online(
    t,
    await door(t),
    {},
    { env: { HOME: homeWith(t, ACCESS_KEY_ID), AWS_PROFILE: 'work', AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' } },
  )
  assert.deepEqual(of['credentials.identity']!.fix, { command: 'aws configure --profile work', os: 'any' })
})

test('what a hostile service answers is cut short and shown as text', async (t) => {
  const evil = `\u001b[2J${SECRET}\n${'x'.repeat(5000)}`
  const url = await stub(t, { GetCallerIdentity: [403, refusal('Odd\u001b[1mCode', evil)] })
  const { of } = await online(t, url)
  assert.ok(!JSON.stringify(of).includes('\\u001b') && JSON.stringify(of).length < 20_000)
  const endless = createServer((_, response) => {
    response.writeHead(200)
    const timer = setInterval(() => response.write(Buffer.alloc(65_536)), 1)
    response.on('close', () => clearInterval(timer))
  }).listen(0, '127.0.0.1')
  t.after(() => {
    endless.closeAllConnections()
    endless.close()
  })
  await once(endless, 'listening')
  const long = await online(t, `http://127.0.0.1:${(endless.address() as AddressInfo).port}`)
  assert.match(long.of['credentials.identity']!.detail ?? '', /too long for one of AWS/)
})

test('no service is a warning, and values that no header carries are not sent', async (t) => {
  const { of } = await online(t, 'http://127.0.0.1:1')
  assert.match(of['credentials.identity']!.detail ?? '', /cannot be reached/)
  const odd = await online(t, 'http://127.0.0.1:1', { id: 'AKIA\u0007\u000a0000000000000' })
  assert.match(odd.of['credentials.identity']!.detail ?? '', /cannot be signed with/)
})

const CACHE = process.env['COUNTERSIGN_INTEROP_CACHE'] ?? join(homedir(), '.cache/countersign-interop')
const SDKS_HERE = existsSync(join(CACHE, 'done/python')) && existsSync(join(CACHE, 'done/npm'))

test('boto3, JavaScript and the AWS CLI are asked the same', { skip: !SDKS_HERE }, async (t) => {
  const url = await door(t, { clock: () => Date.now() })
  const world = { now: Date.now, env: { PATH: join(CACHE, 'py/bin') }, modules: join(CACHE, 'clients/node_modules') }
  const right = await online(t, url, {}, world)
  assert.equal(right.of['credentials.other-sdk']!.status, 'ok')
  for (const sdk of ['boto3', 'JavaScript v3', 'AWS CLI'])
    assert.match(right.of['credentials.other-sdk']!.detail ?? '', new RegExp(`^${sdk}, AKIA...MPLE: accepted`, 'm'))
  const wrong = await online(t, url, { secret: OTHER_SECRET }, world)
  assert.match(wrong.of['credentials.other-sdk']!.summary, /is refused, too/)
  for (const sdk of ['boto3', 'JavaScript v3', 'AWS CLI'])
    assert.match(
      wrong.of['credentials.other-sdk']!.detail ?? '',
      new RegExp(`^${sdk}, AKIA...MPLE: the access key is known, and the secret`, 'm'),
    )
})

const MOTO = [
  'moto_server',
  join(homedir(), '.cache/countersign-differential/moto/bin/moto_server'),
  join(homedir(), '.pyenv/versions/3.11.7/bin/moto_server'),
].find((path) => (path.startsWith('/') ? existsSync(path) : spawnSync(path, ['--version']).error === undefined))

test('moto: its own keys, a wrong secret, a deleted key, and what its IAM lists', { skip: MOTO === undefined }, async (t) => {
  const { url, id, secret } = await moto(t)
  const right = await online(t, url, { id, secret }, { now: Date.now })
  assert.equal(right.of['credentials.identity']!.status, 'ok', right.of['credentials.identity']!.detail)
  assert.match(right.of['credentials.key-status']!.detail ?? '', /: active/)
  const wrong = await online(t, url, { id, secret: OTHER_SECRET }, { now: Date.now })
  assert.match(wrong.of['credentials.identity']!.summary, /the secret is not the one/)
  const unknown = await online(t, url, { id: 'AKIAUNKNOWNKEY000001', secret }, { now: Date.now })
  assert.match(unknown.of['credentials.identity']!.summary, /not known/)
})

/** A moto server with a user who may do everything, ended with the test. */
async function moto(t: TestContext) {
  const port = await freePort()
  const child: ChildProcess = spawn(MOTO!, ['-H', '127.0.0.1', '-p', String(port)], {
    env: { ...process.env, INITIAL_NO_AUTH_ACTION_COUNT: '3' },
    stdio: 'ignore',
  })
  t.after(() => child.kill('SIGKILL'))
  const url = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 240 && !(await listens(port)); tries++) await wait(250)
  const ask = async (action: string, more: Record<string, string> = {}) => {
    const authorization = 'AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=x'
    const body = new URLSearchParams({ Action: action, Version: '2010-05-08', UserName: 'ada', ...more })
    return (await fetch(url, { method: 'POST', headers: { authorization }, body })).text()
  }
  await ask('CreateUser')
  const all = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
  await ask('PutUserPolicy', { PolicyName: 'all', PolicyDocument: JSON.stringify(all) })
  const key = await ask('CreateAccessKey')
  const value = (tag: string) => new RegExp(`<${tag}>([^<]+)`).exec(key)![1]!
  return { url, id: value('AccessKeyId'), secret: value('SecretAccessKey') }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/** A home whose profile "work" has keys of this ID. */
function homeWith(t: TestContext, id: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-home-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, '.aws'))
  writeFileSync(join(folder, '.aws/credentials'), `[work]\naws_access_key_id = ${id}\naws_secret_access_key = ${OTHER_SECRET}\n`, {
    mode: 0o600,
  })
  return folder
}
