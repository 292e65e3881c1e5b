/** `countersign run`: what is said of a program's signatures, and that the program itself notices nothing. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, request as httpRequest, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createTcpServer } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { main } from '../../src/cli/main.ts'
import { openFrontDoor } from '../../src/server/index.ts'
import { SecretAccessKey } from '../../src/sigv4/index.ts'
import { createThrowAwayCa } from '../../src/transit/index.ts'
import { credentialsOf } from '../../src/verifier/index.ts'
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

  // An answer to HEAD has no body that says it.
  const head = await ran(t, ['--offline'], ['HEAD', '/b/a%2520b', 'sent-elsewhere=/b/a%20b'])
  assert.match(head.stderr, /header: REFUSED, 403 SignatureDoesNotMatch\n {5}why {2}path-encoded-twice/)

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

test('where nothing came, the table says what to do', async (t) => {
  const said = async (options: readonly string[], ...words: string[]) =>
    (await ranCommand(t, options, words.length > 0 ? words : [process.execPath, '-e', ''])).stderr
  assert.match(await said(['--offline']), /0 signed\n\nNo request came: [\s\S]* names its endpoint itself/)
  assert.match(await said(['--proxy']), /0 signed\n\nNo request came: [\s\S]* knows no proxy/)
  assert.doesNotMatch(await said(['--offline'], '/nowhere/command'), /No request came/)
  assert.doesNotMatch(await said(['--offline', '--expect', 'accepted']), /No request came/)
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
    [['--proxy', '--credentials-file', 'keys.json', '--', 'x'], /--credentials-file goes with --offline/, 2],
    [['--upstream', 'nowhere', '--', 'x'], /--upstream must be http:\/\/HOST:PORT/, 2],
    [['--expect', 'refused', '--', 'x'], /--expect must be one of accepted/, 2],
    [['--upstream', 'http://127.0.0.1:1', '--', 'no-such-command-anywhere'], /no-such-command-anywhere: there is no such command/, 127],
    [['--upstream', 'http://127.0.0.1:1', '--', 'true', 'x'.repeat(200_000)], /true: it cannot be started/, 126],
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

test('--proxy: TLS is taken apart for the table, and verified towards AWS', { skip: NO_CURL }, async (t) => {
  const authority = await createThrowAwayCa(Date.now())
  const host = 'sts.eu-west-3.amazonaws.com'
  const server = createTlsServer(await authority.leaf(host), (_, response) => response.end('ok'))
  const to = ['--connect-to', `${host}:443:127.0.0.1:${await portOf(server)}`]
  const dir = fakeIo(t, { files: { 'upstream.pem': authority.certificate } }).io.cwd
  const script = `curl -s -o /dev/null --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" --aws-sigv4 aws:amz:eu-west-3:sts "https://${host}/?Action=GetCallerIdentity"; ls "$(dirname "$AWS_CA_BUNDLE")" > files.txt`
  try {
    // Without an endpoint in the environment it is a proxy anyway.
    const trusted = await ranCommand(t, [...to, '--upstream-ca', join(dir, 'upstream.pem'), '--expect', 'accepted'], ['sh', '-c', script])
    assert.match(trusted.stderr, /GET sts\.eu-west-3\.amazonaws\.com\/\?\.\.\.\n {5}header: accepted, 200/)
    assert.equal(trusted.code, 0)
    // The authority's key is in no file.
    assert.equal(readFileSync(join(trusted.cwd, 'files.txt'), 'utf8'), 'ca.pem\n')
    assert.equal(
      (await ranCommand(t, to, ['sh', '-c', script], { AWS_CA_BUNDLE: join(dir, 'upstream.pem') })).stderr.includes('accepted, 200'),
      true,
    )
    const distrusted = await ranCommand(t, [...to, '--expect', 'accepted'], ['sh', '-c', script])
    assert.match(distrusted.stderr, /not passed on: .*UNABLE_TO_VERIFY_LEAF_SIGNATURE/)
    assert.equal(distrusted.code, 1)
  } finally {
    server.close()
  }
})

/** A hop in front of another server that writes "+" for "%20". */
function spoilingHop(port: number): Server {
  return createServer((request, response) => {
    const { method, headers, url } = request
    const onward = httpRequest({ host: '127.0.0.1', port, method: method!, path: url!.replaceAll('%20', '+'), headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(response)
    })
    request.pipe(onward)
  })
}

test('--direct: the pair tells whether what stands between is the reason', async (t) => {
  const door = await openFrontDoor({ port: 0, credentials: credentialsOf({ [ACCESS_KEY_ID]: { key: new SecretAccessKey(SECRET) } }) })
  const hop = spoilingHop(Number(new URL(door.url).port))
  const ways = ['--upstream', `http://127.0.0.1:${await portOf(hop)}`, '--direct', door.url, '--quiet']
  try {
    const broken = await ran(t, [...ways, '--expect', 'accepted'], ['PUT', '/b/a%20b', 'body=x'])
    assert.match(broken.stderr, /\nStraight to http:\/\/127\.0\.0\.1:\d+\n {2}#1 .*\n {5}header: accepted, 200/)
    assert.match(
      broken.stderr.replaceAll(/\n\s*/g, ' '),
      /What stands between refuses or changes PUT \/b\/a%20b: it is accepted straight, and refused through/,
    )
    assert.equal(broken.code, 1)
    const client = await ran(t, ways, ENCODED_TWICE)
    assert.match(client.stderr.replaceAll(/\n\s*/g, ' '), /GET \/b\/a(?:%20|\+)b is refused on both ways/)
    const right = await ran(t, ways, ['GET', '/b/k'])
    assert.match(right.stderr, /accepted on both ways/)
    const json = JSON.parse((await ran(t, [...ways, '--format', 'json'], ['GET', '/b/k'])).stdout)
    assert.deepEqual(
      json.runs.map(({ way }: { way: string }) => way),
      ['through', 'direct'],
    )
  } finally {
    hop.close()
    await door.close()
  }
  const { io, written } = fakeIo(t, { env: { PATH, ...KEYS } })
  assert.equal(await main(['run', '--offline', '--direct', 'http://127.0.0.1:1', '--', 'true'], io), 2)
  assert.match(written().stderr, /--direct compares with an endpoint behind intermediaries/)
})

/** A directory with a program called "aws" that is the signing client. */
function controlIn(dir: string): string {
  writeFileSync(
    join(dir, 'aws'),
    `#!/bin/sh\nfor word; do case "$word" in --key=*) key="\${word#--key=}";; esac; done\nexec "${process.execPath}" "${CLIENT}" GET "/b/$key"\n`,
    { mode: 0o755 },
  )
  return dir
}

test('--control aws: a call that reads is made again by the AWS CLI, and the two are compared', async (t) => {
  const bin = controlIn(fakeIo(t, {}).io.cwd)
  const env = { PATH: `${bin}:${PATH}` }
  const control = ['--offline', '--quiet', '--control', 'aws']
  const differs = await ran(t, control, ['GET', '/b/a%2541b', 'sent-elsewhere=/b/a%41b'], env)
  assert.match(
    differs.stderr,
    /The control, to the endpoint of this process\n {2}#1 .*GET 127\.0\.0\.1:\d+\/b\/aAb\n {5}header: accepted, 404/,
  )
  assert.match(differs.stderr, /The AWS CLI's call is accepted and #1 is refused: look at how your client signs/)
  assert.equal(differs.code, 4)
  const writes = await ran(t, control, ['PUT', '/b/k', 'body=x'], env)
  assert.match(writes.stderr, /No control is made from #1: only calls of S3 that read/)
  const missing = await ran(t, control, ['GET', '/b/k'], { PATH: bin.replace(/[^/]+$/, 'empty') })
  assert.match(missing.stderr, /There is no control: the AWS CLI \(aws\) is not installed/)
  const nothing = await ranCommand(t, control, [process.execPath, '-e', ''])
  assert.match(nothing.stderr, /No signed request was seen that a control could be made from/)
})

const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome'].find((name) => spawnSync(name, ['--version']).status === 0)

test('--browser: a page uploads to a presigned URL, and what the browser sent is said', {
  skip: CHROMIUM === undefined && 'no Chromium is installed',
}, async (t) => {
  const { io } = fakeIo(t, {})
  const quiet = `exec ${CHROMIUM} --headless --no-sandbox --disable-gpu "--user-data-dir=$HOME/profile" "$@" 2>/dev/null`
  const browser = ['sh', '-c', quiet, 'browser']
  const { code, stderr } = await ranCommand(t, ['--offline', '--browser', '--object', 'b/a photo.txt', '--expect', 'accepted'], browser, {
    HOME: io.cwd,
  })
  assert.match(stderr, /OPTIONS 127\.0\.0\.1:\d+\/b\/a%20photo\.txt\?\.\.\.\n {5}no signature, 200/)
  assert.match(stderr, /PUT 127\.0\.0\.1:\d+\/b\/a%20photo\.txt\?\.\.\.\n {5}presigned: accepted, 200/)
  assert.match(stderr, /The page could read the answer: status 200\./)
  assert.match(stderr.replaceAll(/\n\s*/g, ' '), /sent these headers, which the URL does not sign: .*Content-Type: text\/plain/)
  assert.doesNotMatch(stderr, /X-Amz-Signature/)
  assert.equal(code, 0)
})

test('--browser: what a page asks for, by a client that is none', async (t) => {
  const script = `
    fetch(process.argv[1]).then((page) => page.text()).then(async (html) => {
      const url = JSON.parse(/url = (".*?")\\n/.exec(html)[1])
      await fetch(url, { method: 'PUT', body: 'x' })
      await fetch(process.argv[1] + 'done', { method: 'POST', body: JSON.stringify({ error: 'TypeError: Failed to fetch' }) })
      setInterval(() => {}, 1000)
    })`
  const { code, stderr } = await ranCommand(t, ['--offline', '--browser'], [process.execPath, '-e', script])
  assert.match(stderr, /PUT 127\.0\.0\.1:\d+\/countersign\/upload\.txt/)
  assert.match(
    stderr.replaceAll(/\n\s*/g, ' '),
    /could not read the answer, which is what browsers do without a CORS rule for it: TypeError/,
  )
  assert.equal(code, 0)
  const unheard = await ranCommand(t, ['--offline', '--browser'], [process.execPath, '-e', 'process.exitCode = 3'])
  assert.match(unheard.stderr, /The page was not heard of/)
  assert.equal(unheard.code, 3)
  for (const [args, words] of [
    [['--browser', '--direct', 'http://127.0.0.1:1'], /--browser goes with neither --direct nor --control/],
    [['--browser', '--proxy'], /--browser needs an endpoint/],
    [['--browser', '--offline', '--object', 'bucket'], /--object must be BUCKET\/KEY/],
    [['--object', 'b/k', '--offline'], /--object goes with --browser/],
  ] as const) {
    const wrong = await ranCommand(t, args, ['true'])
    assert.match(wrong.stderr, words)
    assert.equal(wrong.code, 2)
  }
})
