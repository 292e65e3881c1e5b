/** `countersign replay`: what is shown, what is sent, and what is said of the answer. */
import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import { type TestContext, test } from 'node:test'
import { openFrontDoor } from '../../src/server/index.ts'
import { type HttpRequest, presign, SecretAccessKey, sign } from '../../src/sigv4/index.ts'
import { credentialsOf } from '../../src/verifier/index.ts'
import { plain, wireBytes } from '../support/signed.ts'
import { portOf } from '../transit/scripted.ts'
import { ACCESS_KEY_ID, run, SECRET, TOKEN } from './fake-io.ts'

const NOW = Date.UTC(2015, 7, 30, 12, 36)
const KEY = { accessKeyId: ACCESS_KEY_ID, secretAccessKey: new SecretAccessKey(SECRET) }
const OPTIONS = { now: NOW - 60_000, region: 'us-east-1', service: 's3' }
const ENV = { AWS_ACCESS_KEY_ID: ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY: SECRET }
const MESSAGE = 'The request signature we calculated does not match the signature you provided. Check your key and signing method.'
const REFUSED = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>SignatureDoesNotMatch</Code><Message>${MESSAGE}</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>`

/** Signed with the path encoded twice. */
const refused = (method = 'GET', credentials = KEY): HttpRequest => ({
  ...sign(plain(method, '/b/a%2520b'), credentials, OPTIONS),
  target: '/b/a%20b',
})
const files = (request: HttpRequest) => ({ 'request.http': wireBytes(request), 'error.xml': REFUSED })

async function replayed(t: TestContext, request: HttpRequest, args: readonly string[] = [], env: Readonly<Record<string, string>> = ENV) {
  return run(t, ['replay', 'request.http', 'error.xml', ...args], { files: files(request), env })
}

async function answeredBy(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  const port = await portOf(server)
  t.after(() => server.close())
  return `http://127.0.0.1:${port}`
}

test('without --send it shows what would be sent, and sends nothing', async (t) => {
  let came = 0
  const to = await answeredBy(t, () => came++)
  const { code, stdout, stderr } = await replayed(t, refused(), ['--to', to])
  assert.equal(code, 0, stderr)
  assert.match(stdout, /^REPLAY {2}path-encoded-twice \(proven: signature\): /)
  assert.match(stdout, /\n {2}Fix {4}sign with the S3 rules: do not encode the path again\n/)
  assert.match(stdout, /\n {6}- \/b\/a%2520b\n {6}\+ \/b\/a%20b\n/)
  assert.match(stdout, /Next +send it with --send\n$/)
  assert.doesNotMatch(stdout, /Signature=/)
  assert.equal(came, 0)
})

test('--send: a verifier accepts it, and nothing of the old signature arrives', async (t) => {
  const door = await openFrontDoor({
    port: 0,
    credentials: credentialsOf({ [ACCESS_KEY_ID]: { key: KEY.secretAccessKey } }),
    clock: () => NOW,
  })
  t.after(() => door.close())
  const { code, stdout } = await replayed(t, refused(), ['--to', door.url, '--send'])
  assert.equal(code, 0)
  assert.match(stdout, /ACCEPTED {2}404 NoSuchBucket: the signature was accepted\n {2}Proof +the service calculated with exactly/)
  const json = JSON.parse((await replayed(t, refused(), ['--to', door.url, '--send', '--format', 'json'])).stdout)
  assert.deepEqual([json.countersign, json.schemaVersion, json.outcome, json.sent.status], ['replay', 1, 'accepted', 404])
})

test('AccessDenied behind the signature is progress; a refusal is exit code 1, with what still differs', async (t) => {
  const denied = await answeredBy(t, (_, response) => {
    response.writeHead(403, { 'Content-Type': 'application/xml' })
    response.end('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>')
  })
  const progress = await replayed(t, refused(), ['--to', denied, '--send'])
  assert.match(progress.stdout, /ACCEPTED {2}403 AccessDenied: the signature was accepted\. What is refused now is a permission/)
  assert.equal(progress.code, 0)
  // A hop behind it changes the path again.
  const again = await answeredBy(t, (request, response) => {
    const head = (name: string) => request.headers[name] as string
    const [, signed = '', signature = ''] = /SignedHeaders=([^,]+), Signature=([0-9a-f]+)/.exec(head('authorization'))!
    const lines = signed.split(';').map((name) => `${name}:${head(name)}`)
    const canonical = ['GET', '/b/a b', '', ...lines, '', signed, head('x-amz-content-sha256')].join('\n')
    response.writeHead(403, { 'Content-Type': 'application/xml' })
    response.end(
      `<Error><Code>SignatureDoesNotMatch</Code><Message>${MESSAGE}</Message><SignatureProvided>${signature}</SignatureProvided><CanonicalRequest>${canonical}</CanonicalRequest></Error>`,
    )
  })
  const { code, stdout } = await replayed(t, refused(), ['--to', again, '--send'])
  assert.equal(code, 1)
  assert.match(stdout, /REFUSED {2}403 SignatureDoesNotMatch: the signature was refused again/)
  assert.match(stdout, /Changed .*signed \/b\/a%20b, the service has \/b\/a b/)
})

test('a method that may change something needs --yes', async (t) => {
  let came = ''
  const to = await answeredBy(t, (request, response) => {
    came += request.method
    response.end()
  })
  const shown = await replayed(t, refused('DELETE'), ['--to', to, '--send'])
  assert.match(shown.stderr, /DELETE may change something: it was not sent; add --yes/)
  assert.deepEqual([shown.code, came], [2, ''])
  const sent = await replayed(t, refused('DELETE'), ['--to', to, '--send', '--yes'])
  assert.deepEqual([sent.code, came], [0, 'DELETE'])
})

test('no secret, no token and no signature is in what is said', async (t) => {
  const temporary = { ...KEY, sessionToken: TOKEN }
  const url = presign(plain('GET', '/b/a%2520b'), temporary, { ...OPTIONS, expiresSeconds: 600 })
  for (const request of [refused('GET', temporary), { ...url, target: url.target.replace('%2520', '%20') }])
    for (const format of ['terminal', 'json']) {
      const { code, stdout, stderr } = await replayed(t, request, ['--format', format], { ...ENV, AWS_SESSION_TOKEN: TOKEN })
      assert.equal(code, 0, stderr)
      const all = stdout + stderr
      for (const planted of [SECRET, encodeURIComponent(SECRET), TOKEN, encodeURIComponent(TOKEN)])
        assert.ok(!all.includes(planted), planted)
      assert.doesNotMatch(all, /Signature[=": ]+[0-9a-f]{64}/)
    }
})

test('what cannot be replayed is said', async (t) => {
  const world = { files: { ...files(refused()), 'words.txt': 'nothing of a request', 'empty.txt': '' }, env: ENV }
  for (const [args, words, code] of [
    [['words.txt'], /nothing of a request was read/, 3],
    [['empty.txt'], /nothing of a request was read/, 3],
    [['absent.txt'], /absent\.txt/, 2],
    [['error.xml'], /there is no replay: the evidence does not show the request/, 1],
    [['request.http', 'error.xml', '--yes'], /--yes goes with --send/, 2],
    [['request.http', 'error.xml', '--to', 'nowhere'], /--to must be http:\/\/HOST:PORT/, 2],
    [['request.http', 'error.xml', '--body', 'absent'], /cannot read --body absent/, 2],
    [['request.http', 'error.xml', '--to', 'http://127.0.0.1:1', '--send'], /there was no answer from http:\/\/127\.0\.0\.1:1: /, 1],
  ] as const) {
    const outcome = await run(t, ['replay', ...args], world)
    assert.match(outcome.stderr, words)
    assert.equal(outcome.code, code, args.join(' '))
  }
  const keyless = await run(t, ['replay', 'request.http'], { files: world.files })
  assert.match(keyless.stderr, /a secret access key is needed/)
  const right = {
    'request.http': wireBytes(sign(plain('GET', '/b/k'), KEY, OPTIONS)),
    'answer.http': 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
  }
  const accepted = await run(t, ['replay', 'request.http', 'answer.http'], { files: right, env: ENV })
  assert.match(accepted.stderr, /the signature was accepted: there is nothing to mend/)
  assert.equal(accepted.code, 0)
})
