/** `countersign record` and what is done with its recordings: a relay as its user sees it. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { connect as connectTls, createServer as createTlsServer } from 'node:tls'
import { main } from '../../src/cli/main.ts'
import { openFrontDoor } from '../../src/server/index.ts'
import { presign, SecretAccessKey, sign } from '../../src/sigv4/index.ts'
import { createThrowAwayCa } from '../../src/transit/index.ts'
import { credentialsOf } from '../../src/verifier/index.ts'
import { rawExchange } from '../support/raw-exchange.ts'
import { plain, wireBytes } from '../support/signed.ts'
import { portOf } from '../transit/scripted.ts'
import { ACCESS_KEY_ID, fakeIo, run, SECRET, TOKEN } from './fake-io.ts'

const NOW = Date.UTC(2015, 7, 30, 12, 36)
const credentials = { accessKeyId: ACCESS_KEY_ID, secretAccessKey: new SecretAccessKey(SECRET) }
const temporary = { ...credentials, sessionToken: TOKEN }
const OPTIONS = { now: NOW, region: 'us-east-1', service: 's3' }

/** A verifier, a relay in front of it, and what both ends of the command line say. */
async function recorded(t: TestContext, args: readonly string[], requests: readonly Uint8Array[], reports = 0) {
  const door = await openFrontDoor({
    port: 0,
    credentials: credentialsOf({ [ACCESS_KEY_ID]: { key: new SecretAccessKey(SECRET) } }),
    clock: () => NOW,
  })
  const { io, written } = fakeIo(t, {})
  let stop = () => {}
  const running = main(['record', '--upstream', door.url, '--dir', 'kept', ...args], {
    ...io,
    onTerminate: (listener) => {
      stop = listener
      return () => {}
    },
  })
  const answers: number[] = []
  const text = () => written().stderr + written().stdout
  try {
    let port: number | undefined
    while (port === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 10))
      const found = /http:\/\/127\.0\.0\.1:(\d+)/.exec(text())
      if (found !== null) port = Number(found[1])
    }
    for (const bytes of requests) answers.push((await rawExchange(port, bytes)).status)
    const told = () => text().match(/the diagnosis of|"event":"diagnosis"|no diagnosis of/g)?.length ?? 0
    for (let tries = 0; told() < reports && tries < 600; tries++) await new Promise((resolve) => setTimeout(resolve, 100))
  } finally {
    stop()
    assert.equal(await running, 0)
    await door.close()
  }
  const place = join(io.cwd, 'kept')
  const lines = readdirSync(place).flatMap((name) => readFileSync(join(place, name), 'latin1').trimEnd().split('\n'))
  return { answers, lines, cwd: io.cwd, io, ...written() }
}

const right = wireBytes(sign(plain('GET', '/b/k'), credentials, OPTIONS))
const moved = wireBytes({ ...sign(plain('GET', '/b/k'), credentials, OPTIONS), target: '/b/other' })

test('a request passes, one that is refused is diagnosed as it passes, and both are recorded without the signature', async (t) => {
  const { answers, lines, stdout, stderr, cwd } = await recorded(t, [], [right, moved], 1)
  assert.equal(answers[1], 403)
  assert.notEqual(answers[0], 403)
  assert.equal(lines.length, 2)
  assert.match(stderr, /countersign: listening on http:\/\/127\.0\.0\.1:\d+; Ctrl-C ends it\n/)
  assert.match(stderr, /#1 GET \/b\/k: \d{3}/)
  assert.match(stderr, /#2 GET \/b\/other: 403 SignatureDoesNotMatch \(\d+ ms\)/)
  assert.match(stderr, /recorded: 2\n$/)
  assert.match(stdout, /SignatureDoesNotMatch|path/)
  const signature = /Signature=([0-9a-f]{64})/.exec(Buffer.from(moved).toString('latin1'))![1]!
  assert.ok(![stdout, stderr, ...lines].join('').includes(signature))
  // What was recorded is evidence: with the secret it proves as much as the live request.
  writeFileSync(join(cwd, 'secret.txt'), SECRET, { mode: 0o600 })
  mkdirSync(join(cwd, 'empty'))
  const diagnosed = await inPlace(t, cwd, ['diagnose', 'kept', '--secret-file', 'secret.txt', '--format', 'json'])
  assert.match(diagnosed.stdout, /SignatureDoesNotMatch/)
  assert.equal(diagnosed.code, 1)
  assert.match((await inPlace(t, cwd, ['diagnose', 'empty'])).stderr, /empty is a directory: name the files in it/)
})

test('a general code is a refusal where its message names a check of the signature', async (t) => {
  const signed = sign(plain('GET', '/b/k'), credentials, OPTIONS)
  const without = { ...signed, headers: signed.headers.filter(([name]) => name.toLowerCase() !== 'x-amz-content-sha256') }
  const { answers, stdout, stderr } = await recorded(t, [], [wireBytes(without)], 1)
  assert.deepEqual(answers, [400])
  assert.match(stderr, /#1 GET \/b\/k: 400 InvalidRequest/)
  assert.match(stdout, /x-amz-content-sha256/)
})

test('--format json: an event a line', async (t) => {
  const { stdout } = await recorded(t, ['--format', 'json'], [right, moved], 1)
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.deepEqual(
    events
      .filter(({ event }) => event === 'exchange')
      .map(({ number, method, path, code, refused, ending }) => [number, method, path, code, refused, ending]),
    [
      [1, 'GET', '/b/k', events.find(({ number }) => number === 1).code, false, 'whole'],
      [2, 'GET', '/b/other', 'SignatureDoesNotMatch', true, 'whole'],
    ],
  )
  assert.deepEqual(
    events.filter(({ event }) => event !== 'exchange').map(({ event }) => event),
    ['listening', 'diagnosis', 'ended'],
  )
})

test('no file and no line holds a secret, a token or a signature, wherever a request has it', async (t) => {
  const url = presign(plain('GET', '/b/k'), temporary, { ...OPTIONS, expiresSeconds: 60 })
  const requests = [
    sign(
      { ...plain('GET', '/b/k'), headers: [...plain('GET', '/b/k').headers, ['X-Api-Key', 'correct-horse-77-battery']] },
      temporary,
      OPTIONS,
    ),
    url,
    { ...url, target: url.target.replace('/b/k', `/b/${encodeURIComponent(SECRET)}`) },
    sign(plain('GET', `/b/${TOKEN}`), credentials, OPTIONS),
  ]
  const signatures = requests.map((request) => /Signature=([0-9a-f]{64})/.exec(JSON.stringify(request))![1]!)
  const { lines, stdout, stderr } = await recorded(t, [], requests.map(wireBytes), 3)
  assert.equal(lines.length, 4)
  const all = [stdout, stderr, ...lines].join('\n')
  for (const planted of [SECRET, encodeURIComponent(SECRET), TOKEN, encodeURIComponent(TOKEN), 'correct-horse-77-battery', ...signatures])
    assert.ok(!all.includes(planted), planted)
})

test('recordings: listed, shown and exported', async (t) => {
  const { cwd } = await recorded(t, ['--quiet'], [right, moved])
  const list = (await inPlace(t, cwd, ['recordings', 'list', 'kept'])).stdout
  assert.match(list, /^ {3}1 {2}2015-08-30T12:36:\d\dZ {2}GET \/b\/k {2}\d{3}/)
  assert.match(list, /\n {3}2 .* GET \/b\/other {2}403 SignatureDoesNotMatch\n$/)
  const shown = (await inPlace(t, cwd, ['recordings', 'show', 'kept', '2'])).stdout
  assert.match(shown, /received, and sent the same:\n {2}GET \/b\/other HTTP\/1\.1\n/)
  assert.match(shown, /Signature=\*\*\*sha256:[0-9a-f]{64}/)
  assert.match(shown, /answered:\n {2}HTTP\/1\.1 403\n/)
  const raw = (await inPlace(t, cwd, ['recordings', 'export', '--raw', 'kept', '2'])).stdout
  assert.match(raw, /^GET \/b\/other HTTP\/1\.1\r\n/)
  const curl = (await inPlace(t, cwd, ['recordings', 'export', '--curl', 'kept', '2'])).stdout
  assert.match(curl, /curl --path-as-is \\\n {2}-X 'GET' \\\n/)
  const har = JSON.parse((await inPlace(t, cwd, ['recordings', 'export', '--har', 'kept'])).stdout)
  assert.deepEqual(
    har.log.entries.map((entry: { response: { status: number } }) => entry.response.status === 403),
    [false, true],
  )
  // What was exported is evidence again.
  writeFileSync(join(cwd, 'kept.har'), JSON.stringify(har))
  assert.match((await inPlace(t, cwd, ['diagnose', 'kept.har', '--format', 'json'])).stdout, /SignatureDoesNotMatch/)
  assert.equal((await inPlace(t, cwd, ['recordings', 'show', 'kept', '9'])).code, 3)
  assert.equal((await inPlace(t, cwd, ['recordings', 'list', 'nowhere'])).code, 2)
})

test('a line that a killed process left behind is named and passed over', async (t) => {
  const { cwd } = await recorded(t, ['--quiet'], [right])
  const [name] = readdirSync(join(cwd, 'kept'))
  const whole = readFileSync(join(cwd, 'kept', name!), 'latin1')
  writeFileSync(join(cwd, 'kept', name!), whole + whole.slice(0, 100))
  const { stdout, stderr } = await inPlace(t, cwd, ['recordings', 'list', 'kept'])
  assert.equal(stdout.trimEnd().split('\n').length, 1)
  assert.match(stderr, /:2 is no whole line of a recording/)
})

test('--proxy: the variables lead a client to AWS by its own name, and what passes is recorded', async (t) => {
  const authority = await createThrowAwayCa(Date.now())
  const host = 'sts.eu-west-3.amazonaws.com'
  const came: string[] = []
  const server = createTlsServer(await authority.leaf(host), (socket) => {
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      came.push(chunk.toString('latin1'))
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
    })
  })
  const port = await portOf(server)
  const { io, written } = fakeIo(t, { files: { 'upstream.pem': authority.certificate } })
  let stop = () => {}
  const args = ['--dir', 'kept', '--proxy', '--quiet', '--upstream-ca', 'upstream.pem', '--connect-to', `${host}:443:127.0.0.1:${port}`]
  const running = main(['record', ...args], {
    ...io,
    onTerminate: (listener) => {
      stop = listener
      return () => {}
    },
  })
  while (!written().stderr.includes('listening on')) await new Promise((resolve) => setTimeout(resolve, 10))
  const variables = Object.fromEntries(
    [...written().stdout.matchAll(/^export ([A-Z_]+)='([^']*)'$/gm)].map(([, name, value]) => [name!, value!]),
  )
  assert.deepEqual(Object.keys(variables), [
    'HTTPS_PROXY',
    'AWS_CA_BUNDLE',
    'NODE_EXTRA_CA_CERTS',
    'REQUESTS_CA_BUNDLE',
    'SSL_CERT_FILE',
    'CURL_CA_BUNDLE',
  ])
  const socket = connect(Number(new URL(variables['HTTPS_PROXY']!).port), '127.0.0.1')
  socket.write(`CONNECT ${host}:443 HTTP/1.1\r\nHost: ${host}:443\r\n\r\n`)
  await once(socket, 'data')
  const inner = connectTls({ socket, ca: readFileSync(variables['AWS_CA_BUNDLE']!, 'latin1'), servername: host })
  const text = `GET /?Action=GetCallerIdentity HTTP/1.1\r\nhost: ${host}\r\n\r\n`
  inner.write(text)
  await once(inner, 'data')
  inner.destroy()
  stop()
  assert.equal(await running, 0)
  server.close()
  assert.equal(came.join(''), text)
  assert.match((await inPlace(t, io.cwd, ['recordings', 'show', 'kept', '1'])).stdout, new RegExp(`host: ${host.replaceAll('.', '\\.')}`))
})

test('what is wrong with the options is said before anything listens', async (t) => {
  for (const [args, words] of [
    [['--upstream', 'http://127.0.0.1:1/path', '--dir', 'd'], /--upstream must be http:\/\/HOST:PORT/],
    [['--upstream', 'http://127.0.0.1:1'], /--dir DIR is needed/],
    [['--dir', 'd'], /--upstream URL is needed/],
    [['--dir', 'd', '--proxy', '--host', 'kept'], /it takes no --host/],
    [['--dir', 'd', '--proxy', '--connect-to', 'a:b'], /--connect-to must be HOST:PORT:HOST:PORT/],
    [['--upstream', 'http://127.0.0.1:1', '--dir', 'd', '--listen', '0.0.0.0:0'], /may be reached by other machines/],
    [['--upstream', 'http://127.0.0.1:1', '--dir', 'd', '--listen', '127.0.0.1:99999'], /--listen must be HOST:PORT/],
    [['--upstream', 'http://127.0.0.1:1', '--dir', 'd', '--tls-cert', 'a'], /--tls-cert and --tls-key belong together/],
    [['--upstream', 'http://127.0.0.1:1', '--dir', 'd', '--host', 'other'], /--host must be one of kept, upstream/],
  ] as const) {
    const { code, stderr } = await run(t, ['record', ...args])
    assert.equal(code, 2)
    assert.match(stderr, words)
  }
})

/** Runs a command line in a directory that is there already. */
async function inPlace(t: TestContext, cwd: string, args: readonly string[]) {
  const { io, written } = fakeIo(t, {})
  const code = await main(args, { ...io, cwd })
  return { code, ...written() }
}
