/** `countersign serve` as a process sees it: what stands on its terminal and in its recordings, and what never does. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { main } from '../../src/cli/main.ts'
import { presign } from '../../src/sigv4/presign.ts'
import { sign } from '../../src/sigv4/sign.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'
import type { Credentials } from '../../src/sigv4/signing-request.ts'
import { rawExchange } from '../support/raw-exchange.ts'
import { plain, wireBytes } from '../support/signed.ts'
import { ACCESS_KEY_ID, fakeIo, run, SECRET, TOKEN } from './fake-io.ts'

const NOW = Date.UTC(2015, 7, 30, 12, 36)
const TEMPORARY_ID = 'ASIAIOSFODNN7EXAMPLE'
const KEYS = JSON.stringify({
  [ACCESS_KEY_ID]: { secretAccessKey: SECRET },
  [TEMPORARY_ID]: { secretAccessKey: `${SECRET}2`, sessionToken: TOKEN },
})
const temporary: Credentials = { accessKeyId: TEMPORARY_ID, secretAccessKey: new SecretAccessKey(`${SECRET}2`), sessionToken: TOKEN }
const longTerm: Credentials = { accessKeyId: ACCESS_KEY_ID, secretAccessKey: new SecretAccessKey(SECRET) }
const OPTIONS = { now: NOW, region: 'us-east-1', service: 's3' }

/** What a run wrote: its terminal, and its recordings one by one. */
async function served(
  t: TestContext,
  requests: readonly Uint8Array[],
  between: (cwd: string, terminal: () => string) => void | Promise<void> = () => {},
  /** Whether each refusal is diagnosed, which takes a while. */
  { told: diagnosed = true } = {},
): Promise<{ terminal: string; recordings: string[]; answers: string[] }> {
  const { io, written } = fakeIo(t, { files: { 'keys.json': KEYS } })
  let end = () => {}
  const interrupted = new Promise<void>((resolve) => {
    end = resolve
  })
  const running = main(['serve', '--port', '0', '--credentials-file', 'keys.json', '--record', 'kept'], {
    ...io,
    onTerminate: (listener) => {
      interrupted.then(listener)
      return () => {}
    },
  })
  const answers: string[] = []
  try {
    let port: number | undefined
    while (port === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 10))
      const found = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(written().stderr)
      if (found !== null) port = Number(found[1])
    }
    for (const bytes of requests) {
      answers.push((await rawExchange(port, bytes)).body)
      await between(io.cwd, () => written().stderr)
    }
    const refused = diagnosed ? answers.filter((body) => body.includes('<Error')).length : 0
    // On a busy machine a diagnosis may take longer than the server waits for it at its end.
    const told = () => written().stderr.match(/(?:the|no) diagnosis of request ID/g)?.length ?? 0
    for (let tries = 0; told() < refused && tries < 600; tries++) await new Promise((resolve) => setTimeout(resolve, 100))
  } finally {
    end()
    assert.equal(await running, 0)
  }
  const place = join(io.cwd, 'kept')
  const recordings = readdirSync(place).map((name) => readFileSync(join(place, name), 'latin1'))
  const { stdout, stderr } = written()
  return { terminal: stdout + stderr, recordings, answers }
}

function spacedHex(text: string): string {
  return [...Buffer.from(text, 'latin1')].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
}

/** A request whose path was changed after it was signed. */
const moved = (credentials: Credentials, target = '/b/other') => ({ ...sign(plain('GET', '/b/k'), credentials, OPTIONS), target })

test('neither the terminal nor a recording holds a secret or a token, in whatever place a request has it', async (t) => {
  const url = presign(plain('GET', '/b/k'), temporary, { ...OPTIONS, expiresSeconds: 60 })
  const encodedName = url.target.replace('X-Amz-Security-Token', 'X-Amz%2DSecurity-Token')
  assert.notEqual(encodedName, url.target)
  const requests = [
    moved(temporary),
    { ...url, target: encodedName.replace('/b/k', '/b/l') },
    moved(longTerm, `/b/${SECRET}?s=${encodeURIComponent(SECRET)}`),
    sign(plain('GET', '/'), { accessKeyId: SECRET.replaceAll('/', ''), secretAccessKey: new SecretAccessKey(ACCESS_KEY_ID) }, OPTIONS),
  ]
  const { terminal, recordings, answers } = await served(t, requests.map(wireBytes))
  assert.equal(recordings.length, requests.length)
  // S3's answer repeats the token to whoever sent it; so it has to be taken out of the recording.
  assert.ok(answers[0]!.includes(TOKEN) && answers[0]!.includes(spacedHex(TOKEN)))
  for (const value of [SECRET, TOKEN])
    for (const written of [value, encodeURIComponent(value), spacedHex(value), spacedHex(encodeURIComponent(value))]) {
      assert.ok(!terminal.includes(written), `on the terminal: ${written}`)
      for (const one of recordings) assert.ok(!one.includes(written), `recorded: ${written} in ${one}`)
    }
})

test('a recording without its token is still read, and proves nothing that is not so', async (t) => {
  const { recordings } = await served(t, [wireBytes(moved(temporary))])
  assert.match(recordings[0]!, /"redacted":\[.*"x-amz-security-token"/)
  const { stdout, code } = await run(t, ['diagnose', 'kept.jsonl'], { files: { 'kept.jsonl': recordings[0]! } })
  assert.equal(code, 1)
  assert.match(stdout, /UNEXPLAINED {2}SignatureDoesNotMatch/)
  assert.doesNotMatch(stdout, /PROVEN/)
})

/** A diagnosis of a recording, with the secret, and the token where it is given. */
async function diagnosed(t: TestContext, recording: string, { key, token }: { readonly key: string; readonly token?: string }) {
  const files = { 'kept.jsonl': recording, secret: key, ...(token === undefined ? {} : { token }) }
  const args = ['diagnose', 'kept.jsonl', '--secret-file', 'secret', ...(token === undefined ? [] : ['--session-token-file', 'token'])]
  const { stdout } = await run(t, [...args, '--format', 'json'], { files })
  return JSON.parse(stdout) as {
    readonly findings: readonly { readonly causes: readonly string[]; readonly proof: { readonly level: string } }[]
    readonly notes: readonly string[]
  }
}

test('with the secret and the token, a recording proves what the live request would', async (t) => {
  const slash = (credentials: Credentials) => ({ ...sign(plain('GET', '/b//k%20'), credentials, OPTIONS), target: '/b/k%20' })
  const url = presign(plain('GET', '/b/k?x=a+b'), temporary, { ...OPTIONS, expiresSeconds: 60 })
  const requests = [
    slash(longTerm),
    slash(temporary),
    { ...url, target: url.target.replace('x=a%20b', 'x=a%2Bb').replace('x=a+b', 'x=a%2Bb') },
  ]
  const { recordings, answers } = await served(t, requests.map(wireBytes))
  const of = (answer: string): string => {
    const id = /<RequestId>([^<]+)/.exec(answer)![1]!
    return recordings.find((one) => one.includes(id))!
  }
  const [first, second, third] = answers.map(of) as [string, string, string]
  const plainKey = await diagnosed(t, first, { key: SECRET })
  assert.deepEqual(plainKey.findings[0]?.causes, ['path-normalized'])
  assert.equal(plainKey.findings[0]?.proof.level, 'signature')
  for (const [recording, cause] of [
    [second, 'path-normalized'],
    [third, 'query-plus-and-space-confused'],
  ] as const) {
    const { findings } = await diagnosed(t, recording, { key: `${SECRET}2`, token: TOKEN })
    assert.deepEqual([findings[0]?.causes, findings[0]?.proof.level], [[cause], 'signature'])
    const without = await diagnosed(t, recording, { key: `${SECRET}2` })
    assert.ok(without.findings.every(({ proof }) => proof.level !== 'signature'))
    assert.ok(without.notes.some((note) => note.includes('give the token with --session-token-file')))
    const other = await diagnosed(t, recording, { key: `${SECRET}2`, token: `${TOKEN}x` })
    assert.ok(other.findings.every(({ proof }) => proof.level !== 'signature'))
    assert.ok(other.notes.some((note) => note.includes('is not the one that was sent')))
  }
  const masked = await diagnosed(t, first.replace(/\*\*\*sha256:[0-9a-f]{64}/g, '***'), { key: SECRET })
  assert.ok(masked.findings.every(({ proof }) => proof.level !== 'signature'))
  assert.ok(masked.notes.some((note) => note.includes('The signature is hidden in this evidence')))
})

test('keys that are revoked while it runs: the terminal says so aloud, and a right request is refused', async (t) => {
  const who = '/?Action=GetCallerIdentity&Version=2011-06-15'
  const right = wireBytes(sign(plain('GET', who), longTerm, { ...OPTIONS, service: 'sts' }))
  const telling = wireBytes(moved(longTerm, `/b/${SECRET}?s=${encodeURIComponent(SECRET)}`))
  const { terminal, answers, recordings } = await served(t, [right, right, telling], async (cwd, said) => {
    writeFileSync(join(cwd, 'keys.json'), '{}')
    while (!said().includes('ALL KEYS ARE REVOKED')) await new Promise((resolve) => setTimeout(resolve, 20))
  })
  assert.match(answers[0]!, /<GetCallerIdentityResult>/)
  assert.match(answers[1]!, /<Code>InvalidClientTokenId<\/Code>/)
  assert.match(terminal, /ALL KEYS ARE REVOKED: keys\.json holds no keys\. Every signed request is refused until it does\./)
  for (const text of [terminal, ...recordings]) assert.ok(!text.includes(SECRET) && !text.includes(encodeURIComponent(SECRET)))
})

test('the line about a request comes before its diagnosis; what was refused for its size has a line and no diagnosis', async (t) => {
  const large = plain('GET', `/${'b/'.repeat(5000)}k`, '', [['x-note', 'n'.repeat(20_000)]])
  const { terminal, recordings } = await served(t, [moved(longTerm), large].map(wireBytes))
  assert.equal(recordings.filter((one) => one.includes('n'.repeat(20_000))).length, 1)
  const lines = terminal.split('\n')
  const told = (pattern: RegExp) => lines.findIndex((line) => pattern.test(line))
  const [, id] = /GET \/b\/other: 403 SignatureDoesNotMatch, request ID (\S+)$/m.exec(terminal)!
  assert.ok(told(new RegExp(`request ID ${id}$`)) < told(new RegExp(`the diagnosis of request ID ${id}:$`)))
  const [, path, largeId] = /GET (\S+)\.\.\.: 400 \S+, request ID (\S+)$/m.exec(terminal)!
  assert.equal(path!.length, 300)
  assert.ok(told(new RegExp(`no diagnosis of request ID ${largeId}: it was refused for its size$`)) > 0)
  assert.equal(terminal.match(/^(?:PROVEN|LIKELY|UNEXPLAINED) {2}/gm)?.length, 1)
})

test("a stranger who does not sign gets AWS's answer, and the terminal three lines, once for each kind of client", async (t) => {
  const of = (agent: string, accept: string) =>
    wireBytes(
      plain('GET', '/', '', [
        ['User-Agent', agent],
        ['Accept', accept],
      ]),
    )
  const [browser, curl] = [of('Mozilla/5.0', 'text/html,*/*'), of('curl/8.9', '*/*')]
  const { terminal, answers } = await served(t, [browser, curl, browser], undefined, { told: false })
  for (const body of answers) assert.match(body, /<Code>(?:AccessDenied|MissingAuthenticationToken)<\/Code>/)
  const lines = terminal.split('\n').filter((line) => !/listening|loaded|finishing/.test(line) && line !== '')
  assert.equal(lines.length, 3 + 3 + 1)
  assert.match(lines[2]!, /countersign presign makes a URL that it can open, for example of http:\/\/127\.0\.0\.1:\d+\/bucket\/key/)
  assert.match(lines[5]!, /curl signs with --aws-sigv4/)
})

test('--echo answers with the head that came, needs no keys, and shows nothing of it on the terminal', async (t) => {
  const { io, written } = fakeIo(t, {})
  let end = () => {}
  const running = main(['serve', '--echo', '--port', '0'], {
    ...io,
    onTerminate: (listener) => {
      end = listener
      return () => {}
    },
  })
  let port: number | undefined
  while (port === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 10))
    const found = /listening on http:\/\/127\.0\.0\.1:(\d+);/.exec(written().stderr)
    if (found !== null) port = Number(found[1])
  }
  const request = wireBytes(presign(plain('GET', `/b/k?password=${SECRET}`), temporary, { ...OPTIONS, expiresSeconds: 60 }))
  const telling = wireBytes(plain('GET', '/b/k', '', [['Authorization', `Basic ${SECRET}`]]))
  for (const bytes of [request, telling]) assert.equal((await rawExchange(port, bytes)).body, bytes.toString('latin1'))
  end()
  assert.equal(await running, 0)
  const { stdout, stderr } = written()
  assert.equal(stdout, '')
  assert.match(stderr, /GET \/b\/k: echoed, a head of \d+ bytes, a body of 0\n/)
  for (const value of [SECRET, TOKEN, encodeURIComponent(TOKEN), 'X-Amz-Signature']) assert.ok(!stderr.includes(value))
})

test('--echo takes no option of a service, and no other run takes --format', async (t) => {
  const wrong = await run(t, ['serve', '--echo', '--region', 'eu-west-1'])
  assert.equal(wrong.code, 2)
  assert.match(wrong.stderr, /takes --port and --format, not --region/)
  const format = await run(t, ['serve', '--format', 'json'])
  assert.equal(format.code, 2)
})
