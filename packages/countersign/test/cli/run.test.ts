/** `countersign run`: what is said of a program's signatures, and that the program itself notices nothing. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { main } from '../../src/cli/main.ts'
import { portOf } from '../transit/scripted.ts'
import { ACCESS_KEY_ID, fakeIo, SECRET } from './fake-io.ts'

const CLIENT = fileURLToPath(new URL('../support/signing-client.mjs', import.meta.url))
const BIN = fileURLToPath(new URL('../../bin/countersign.js', import.meta.url))
const KEYS = { AWS_ACCESS_KEY_ID: ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY: SECRET }
/** Signed as S3 does not. */
const ENCODED_TWICE = ['GET', '/b/a%2520b', 'sent-elsewhere=/b/a%20b']
const PATH = process.env['PATH'] ?? ''

/** Runs the client, whose words are given, in the way of the options. */
async function ran(t: TestContext, options: readonly string[], client: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return ranCommand(t, options, [process.execPath, CLIENT, ...client, 'silent'], env)
}

async function ranCommand(
  t: TestContext,
  options: readonly string[],
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  const { io, written } = fakeIo(t, { env: { PATH, ...KEYS, ...env } })
  // The client's clock is the real one.
  const code = await main(['run', ...options, '--', ...words], { ...io, now: Date.now })
  return { code, cwd: io.cwd, ...written() }
}

test('accepted, refused and unsigned requests are told apart, with the cause and its proof', async (t) => {
  const accepted = await ran(t, ['--offline'], ['PUT', '/b/k', 'body=x'])
  assert.equal(accepted.code, 0)
  assert.match(
    accepted.stderr,
    /#1 {2}\d\d:\d\d:\d\d {2}PUT 127\.0\.0\.1:\d+\/b\/k\n {5}header: accepted, 200\n {2}1 signed: 1 accepted\n$/,
  )
  assert.equal(accepted.stdout, '')

  const refused = await ran(t, ['--offline'], ENCODED_TWICE)
  assert.equal(refused.code, 4)
  assert.match(
    refused.stderr,
    /header: REFUSED, 403 SignatureDoesNotMatch\n {5}why {2}path-encoded-twice \(proven: signature\): the path was percent-encoded/,
  )
  assert.match(refused.stderr, /The diagnosis of #1:\nPROVEN/)
  assert.doesNotMatch((await ran(t, ['--offline', '--quiet'], ENCODED_TWICE)).stderr, /The diagnosis of/)

  const presigned = await ran(t, ['--offline'], ['PUT', '/b/k', 'presigned', 'body=x'])
  assert.match(presigned.stderr, /PUT 127\.0\.0\.1:\d+\/b\/k\?\.\.\.\n {5}presigned: accepted, 200/)

  const unsigned = await ran(t, ['--offline', '--expect', 'accepted'], ['GET', '/b/k', 'unsigned'])
  assert.match(unsigned.stderr, /no signature, 403 AccessDenied\n {2}0 signed; 1 without a signature\nNOT AS EXPECTED {2}no signed request/)
  assert.equal(unsigned.code, 1)
})

test('--expect accepted: the signature decides, not the exit code of the command', async (t) => {
  // Nothing is there: 404, after the signature was accepted.
  const absent = await ran(t, ['--offline', '--expect', 'accepted'], ['GET', '/b/absent'])
  assert.match(absent.stderr, /header: accepted, 404 NoSuchBucket\n.*\nAS EXPECTED {2}the signature was accepted\.\n/)
  assert.equal(absent.code, 0)
  assert.equal((await ran(t, ['--offline'], ['GET', '/b/absent'])).code, 4)
  const refused = await ran(t, ['--offline', '--expect', 'accepted'], ENCODED_TWICE)
  assert.equal(refused.code, 1)
  const nothing = await ranCommand(t, ['--offline', '--expect', 'accepted'], [process.execPath, '-e', ''])
  assert.match(nothing.stderr, /NOT AS EXPECTED {2}no signed request was seen: the command sent nothing through the relay/)
  assert.equal(nothing.code, 1)
})

test('AccessDenied after the signature counts as accepted; a refusal that has this code does not', async (t) => {
  const answers: Readonly<Record<string, string>> = {
    '/denied': 'Access Denied',
    '/expired': 'Request has expired',
  }
  const server = createServer((request, response) => {
    const message = answers[request.url!] ?? ''
    response.writeHead(403, { 'Content-Type': 'application/xml' })
    response.end(
      `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>${message}</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>`,
    )
  })
  const upstream = ['--upstream', `http://127.0.0.1:${await portOf(server)}`]
  try {
    const denied = await ran(t, [...upstream, '--expect', 'accepted'], ['GET', '/denied'])
    assert.match(denied.stderr, /header: accepted, then not allowed, 403 AccessDenied/)
    assert.equal(denied.code, 0)
    const expired = await ran(t, [...upstream, '--expect', 'accepted'], ['GET', '/expired'])
    assert.match(expired.stderr, /header: REFUSED, 403 AccessDenied/)
    assert.equal(expired.code, 1)
  } finally {
    server.close()
  }
})

test('the endpoint is that of the environment, each variable with its own', async (t) => {
  const came: string[] = []
  const serverOf = (name: string): Server =>
    createServer((request, response) => {
      came.push(`${name} ${request.url}`)
      response.end()
    })
  const servers = [serverOf('one'), serverOf('two')]
  const [one, two] = [await portOf(servers[0]!), await portOf(servers[1]!)]
  const script = `
    const names = ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL_DYNAMODB']
    Promise.all(names.map((name) => fetch(process.env[name] + '/' + name)))
    if (process.env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS) process.exitCode = 9`
  const env = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${one}`,
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${two}/base`,
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${one}`,
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
  }
  const { code, stderr } = await ranCommand(t, [], [process.execPath, '-e', script], env)
  for (const server of servers) server.close()
  assert.equal(code, 0)
  assert.deepEqual(came.sort(), ['one /AWS_ENDPOINT_URL', 'one /AWS_ENDPOINT_URL_DYNAMODB', 'two /base/AWS_ENDPOINT_URL_S3'])
  assert.equal(stderr.match(/no signature, 200/g)?.length, 3)
})

test('--format json and --report: the same report; recordings only with --dir', async (t) => {
  const { stdout, cwd } = await ran(
    t,
    ['--offline', '--format', 'json', '--report', 'report.json', '--expect', 'accepted', '--dir', 'kept'],
    ENCODED_TWICE,
  )
  const report = JSON.parse(stdout)
  assert.deepEqual(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')), report)
  const { runs, expected, ...head } = report
  assert.deepEqual(head, { countersign: 'run', schemaVersion: 1, notes: [] })
  assert.equal(expected.met, false)
  assert.deepEqual(runs[0].counts, { signed: 1, accepted: 0, denied: 0, refused: 1, unknown: 0, unsigned: 0 })
  const { method, path, signed, signature, status, code, finding } = runs[0].requests[0]
  assert.deepEqual(
    [method, path, signed, signature, status, code],
    ['GET', '/b/a%20b', ['header'], 'refused', 403, 'SignatureDoesNotMatch'],
  )
  assert.deepEqual(finding.causes, ['path-encoded-twice'])
  assert.equal(readdirSync(join(cwd, 'kept')).length, 1)
  assert.deepEqual(readdirSync((await ran(t, ['--offline'], ['GET', '/b/k'])).cwd), [])
})

test('no secret and no signature is in what is said or kept, wherever a request has it', async (t) => {
  const env = { AWS_SESSION_TOKEN: 'IQoJb3JpZ2luX2VjEXAMPLETOKENab+cd/efghijklmnopqrstuvwxyz0123456789==' }
  const path = `/b/${encodeURIComponent(SECRET)}`
  const { stdout, stderr, cwd } = await ran(
    t,
    ['--offline', '--report', 'report.json', '--dir', 'kept'],
    ['GET', path, `sent-elsewhere=/b/${SECRET}`],
    env,
  )
  const kept = readdirSync(join(cwd, 'kept')).map((name) => readFileSync(join(cwd, 'kept', name), 'latin1'))
  const all = [stdout, stderr, readFileSync(join(cwd, 'report.json'), 'utf8'), ...kept].join('\n')
  assert.match(all, /REFUSED/)
  for (const planted of [SECRET, encodeURIComponent(SECRET), env.AWS_SESSION_TOKEN]) assert.ok(!all.includes(planted), planted)
  assert.doesNotMatch(stderr, /Signature=[0-9a-f]{64}/)
})

test('an upstream that is down, and one that ends in the middle of an answer', async (t) => {
  const gone = createServer()
  const port = await portOf(gone)
  await new Promise((resolve) => gone.close(resolve))
  const down = await ran(t, ['--upstream', `http://127.0.0.1:${port}`, '--expect', 'accepted'], ['GET', '/b/k'])
  assert.match(down.stderr, /not passed on: /)
  assert.match(down.stderr, /NOT AS EXPECTED/)
  assert.equal(down.code, 1)
  const cut = createTcpServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Le'))
  })
  const half = await ran(t, ['--upstream', `http://127.0.0.1:${await portOf(cut)}`], ['GET', '/b/k'])
  cut.close()
  assert.notEqual(half.code, 0)
})

test('what is wrong with the command line is said, with the exit codes of shells for the command', async (t) => {
  for (const [args, words, code] of [
    [[], /a command is needed/, 2],
    [['--'], /a command is needed/, 2],
    [['node', 'x.js'], /write "--" before the command/, 2],
    [['--offline', '--proxy', '--', 'x'], /three ways: give one of them/, 2],
    [['--upstream', 'nowhere', '--', 'x'], /--upstream must be http:\/\/HOST:PORT/, 2],
    [['--expect', 'refused', '--', 'x'], /--expect must be one of accepted/, 2],
    [['--upstream', 'http://127.0.0.1:1', '--', 'no-such-command-anywhere'], /no-such-command-anywhere: there is no such command/, 127],
    [['--upstream', 'http://127.0.0.1:1', '--', '/'], /\/: it cannot be started/, 126],
    [['--upstream', 'http://127.0.0.1:1', '--report', '/dev/null/x', '--', 'true'], /cannot write the report to/, 74],
  ] as const) {
    const { io, written } = fakeIo(t, { env: { PATH } })
    assert.equal(await main(['run', ...args], io), code, args.join(' '))
    assert.match(written().stderr, words)
  }
  const { io, written } = fakeIo(t, { env: { PATH } })
  assert.equal(await main(['run', '--offline', '--', 'true'], io), 2)
  assert.match(written().stderr, /a secret access key is needed/)
  const bad = fakeIo(t, { env: { PATH, AWS_ENDPOINT_URL: 'localhost:9000' } })
  assert.equal(await main(['run', '--', 'true'], bad.io), 2)
  assert.match(bad.written().stderr, /AWS_ENDPOINT_URL must be http/)
})

test("the command's words may hold what none of ours may: they are its own", async (t) => {
  const { code, stderr } = await ranCommand(t, ['--upstream', 'http://127.0.0.1:1'], ['test', SECRET, '=', SECRET])
  assert.equal(code, 0)
  assert.ok(!stderr.includes(SECRET))
  const ours = await ranCommand(t, [SECRET], ['true'])
  assert.equal(ours.code, 2)
  assert.ok(!ours.stderr.includes(SECRET))
})

const started = (words: readonly string[], options: readonly string[] = ['--upstream', 'http://127.0.0.1:1']) =>
  [BIN, 'run', ...options, '--', ...words] as const

test('standard streams pass untouched, and the exit code', () => {
  const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, i) => i % 251))
  const copied = spawnSync(process.execPath, [...started(['sh', '-c', 'cat; echo complaint >&2; exit 7'])], { input: bytes })
  assert.deepEqual(copied.stdout, bytes)
  assert.match(copied.stderr.toString(), /^complaint\n/)
  assert.equal(copied.status, 7)
})

test('--format json: standard output is the report alone', () => {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [...started(['echo', 'word'], ['--upstream', 'http://127.0.0.1:1', '--format', 'json'])],
    {
      encoding: 'utf8',
    },
  )
  assert.equal(JSON.parse(stdout).countersign, 'run')
  assert.match(stderr, /^word$/m)
})

test('the end by a signal is 128 and its number; what is sent to run is passed on', async () => {
  assert.equal(spawnSync(process.execPath, [...started(['sh', '-c', 'kill -KILL $$'])]).status, 137)
  const child = spawn(process.execPath, [
    ...started(['sh', '-c', 'trap "echo got; exit 3" TERM; echo ready; while :; do sleep 0.05; done']),
  ])
  let said = ''
  child.stdout.on('data', (data) => {
    said += data
    if (said === 'ready\n') child.kill('SIGTERM')
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  assert.equal(said, 'ready\ngot\n')
  assert.equal(code, 3)
})

const NO_CURL = spawnSync('curl', ['--version']).status !== 0 && 'curl is not installed'

test('--proxy: curl signs the name of the service, and its bytes go there', { skip: NO_CURL }, async (t) => {
  const came: string[] = []
  const server = createServer((request, response) => {
    came.push(request.headers.host!)
    response.end('ok')
  })
  const port = await portOf(server)
  const script = `curl -s -o /dev/null --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" --aws-sigv4 aws:amz:us-east-1:execute-api http://things.example.com/a`
  const { code, stderr } = await ranCommand(
    t,
    ['--proxy', '--connect-to', `things.example.com:80:127.0.0.1:${port}`],
    ['sh', '-c', script],
    {
      NO_PROXY: '*',
      ALL_PROXY: 'http://127.0.0.1:1',
    },
  )
  server.close()
  assert.equal(code, 0)
  assert.deepEqual(came, ['things.example.com'])
  assert.match(stderr, /GET things\.example\.com\/a\n {5}header: accepted, 200/)
})
