/** Secrets as words of a command line, in files that cannot be read, and in requests that `serve` refuses: none is said again. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { main } from '../../src/cli/main.ts'
import { credentialsIn } from '../../src/server/credentials-text.ts'
import { fakeIo, run } from '../cli/fake-io.ts'
import { rawExchange } from '../support/raw-exchange.ts'
import { drawn, KINDS, secretPart } from './kinds.ts'
import { seenOf } from './seen.ts'

const SEED = Number(process.env['SEED'] ?? 2015)
/** A person chose them: words like any other, which an error names so that they are found. */
const WORDS: ReadonlySet<string> = new Set(['password', 'MinIO, chosen by a person'])
const one = (kind: (typeof KINDS)[number]): string => drawn(kind, SEED)

for (const kind of KINDS) {
  test(`said: ${kind.id}`, async (t) => {
    const secret = one(kind)
    const lines: (readonly string[])[] = [
      ['verify', 'x', `--secret=${secret}`],
      ['verify', 'x', '--secret-access-key', secret],
      ['sign', '--session-token', secret, 'x'],
    ]
    if (!WORDS.has(kind.id))
      lines.push(
        [secret],
        ['explain', secret],
        ['scope', secret],
        ['scope', `${secret}.`, '--format', 'json'],
        ['verify', '--rules', secret, 'x'],
        ['verify', '--now', secret, 'x'],
        ['verify', '--profile', secret, 'x'],
        ['diagnose', '--format', secret, 'x'],
        ['hops', secret, `a=${secret}`],
        ['hops', '--config', secret, 'x'],
        ['hops', '--max-seconds', secret, 'x'],
        ['run', secret],
        ['run', '--upstream', secret, '--', 'true'],
        ['run', '--upstream', 'http://127.0.0.1:1', '--direct', secret, '--', 'true'],
        ['run', '--upstream', 'http://127.0.0.1:1', '--', secret],
        ['replay', secret],
        ['redact', secret],
        ['keys', secret],
        ['keys', 'verify', '--fleet', secret, 'x'],
        ['keys', 'verify', '--endpoint-url', secret],
        ['report', '--for', secret, 'x'],
        ['report', '--for', 'boto3', secret],
        ['redact', '--redact', secret, 'x'],
        ['redact', '-o', `no/${secret}`, 'x'],
        ['replay', '--to', secret, 'x'],
      )
    for (const args of lines) {
      const { stdout, stderr } = await run(t, args)
      assert.equal(seenOf(secretPart(secret), stdout + stderr), undefined, `${args.slice(0, -1).join(' ')}: ${stdout}${stderr}`)
    }
  })

  test(`a line of a file that is given for hosts: ${kind.id}`, async (t) => {
    const secret = one(kind)
    for (const line of [
      secret,
      `aws_secret_access_key = ${secret}`,
      `export AWS_SESSION_TOKEN=${secret}`,
      `https://user:${secret}@a.example/?X-Amz-Security-Token=${secret}`,
    ])
      for (const format of ['json', 'terminal']) {
        const { stdout, stderr } = await run(t, ['scope', '--format', format], { stdin: `${line}\n` })
        if (!WORDS.has(kind.id) || line !== secret)
          assert.equal(seenOf(secretPart(secret), stdout + stderr), undefined, `${stdout}${stderr}`)
      }
  })

  test(`credentials file: ${kind.id}`, () => {
    const secret = one(kind)
    for (const text of [
      JSON.stringify({ [secret]: {} }),
      JSON.stringify({ [secret]: { secretAccessKey: secret, expiresAt: secret } }),
      JSON.stringify({ [secret]: { secretAccessKey: secret, sessionToken: 1 } }),
      `{"AKIAIOSFODNN7EXAMPLE": {"secretAccessKey": "${secret}`,
      `[default]\naws_access_key_id = ${secret}\n`,
      `[default]\naws_secret_access_key = ${secret}\n`,
      `aws_secret_access_key = ${secret}`,
    ]) {
      assert.throws(
        () => credentialsIn(text, 'keys'),
        (error: Error) => seenOf(secretPart(secret), `${error.message}${error.stack}`) === undefined,
      )
    }
  })
}

test('hops: no secret of what it compares is shown', async (t) => {
  for (const [id, secret] of KINDS.map((kind) => [kind.id, one(kind)] as const)) {
    const head = (extra: string): string =>
      `PUT /b/k?note=1 HTTP/1.1\r\nHost: a.example\r\nX-Amz-Date: 20150830T123600Z\r\nX-Api-Key: ${secret}\r\nX-Amz-Security-Token: ${secret}\r\n${extra}Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20150830/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date;x-api-key, Signature=${'a1'.repeat(32)}\r\n\r\n`
    const files = {
      'a.http': head(''),
      'b.http': head(`Cookie: sid=${secret}\r\n`).replace('a.example', 'store').replace(`X-Api-Key: ${secret}`, `X-Api-Key: ${secret}x`),
    }
    for (const format of ['json', 'terminal']) {
      const { code, stdout, stderr } = await run(t, ['hops', 'a.http', 'b.http', '--format', format], { files })
      assert.equal(code, 1, stderr)
      assert.match(stdout, /host-rewritten/)
      assert.equal(seenOf(secretPart(secret), stdout + stderr), undefined, `${id}: ${stdout}${stderr}`)
    }
  }
})

for (const kind of KINDS)
  test(`doctor and keys: ${kind.id}`, async (t) => {
    const secret = one(kind)
    // A region or the name of a profile that people chose is a word like any other.
    const places: Record<string, string>[] = [
      { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: secret },
      { AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'x'.repeat(40), AWS_SESSION_TOKEN: secret },
      { AWS_ENDPOINT_URL: `http://ada:${encodeURIComponent(secret)}@store.example` },
      { HTTPS_PROXY: `http://ada:${encodeURIComponent(secret)}@proxy.example:3128` },
      ...(WORDS.has(kind.id)
        ? []
        : [{ AWS_ACCESS_KEY_ID: secret, AWS_SECRET_ACCESS_KEY: 'x' }, { AWS_PROFILE: secret }, { AWS_REGION: secret }]),
    ]
    const file = `[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${secret}\n[second]\naws_session_token = ${secret}\n`
    const worlds = [
      ...places.map((env) => ({ env })),
      { env: { AWS_SHARED_CREDENTIALS_FILE: 'credentials' }, files: { credentials: file } },
    ]
    for (const world of worlds)
      for (const args of [
        ['doctor', '--offline', '-v'],
        ['doctor', '--offline', '--format', 'json'],
        ['keys', 'verify'],
        ['keys', 'verify', '--format', 'json'],
      ]) {
        const env = { HOME: '/nonexistent', PATH: '/nonexistent', ...world.env }
        const { stdout, stderr } = await run(t, args, { ...world, env })
        assert.equal(seenOf(secretPart(secret), stdout + stderr), undefined, `${Object.keys(world.env).join()}: ${stdout}${stderr}`)
      }
  })

test('serve: neither its terminal nor its recordings repeat a secret of a request', async (t) => {
  const secrets = KINDS.map(one)
  const { io, written } = fakeIo(t, {
    files: { 'keys.json': JSON.stringify({ AKIAIOSFODNN7EXAMPLE: { secretAccessKey: 'x'.repeat(40) } }) },
  })
  let end = () => {}
  const interrupted = new Promise<void>((resolve) => {
    end = resolve
  })
  const running = main(['serve', '--port', '0', '--credentials-file', 'keys.json', '--record', 'kept'], {
    ...io,
    onInterrupt: (listener) => {
      interrupted.then(listener)
      return () => {}
    },
  })
  const heads: readonly ((secret: string) => string)[] = [
    (s) => `GET /b/k HTTP/1.1\r\nHost: a\r\nX-Api-Key: ${s}\r\nCookie: sid=${s}\r\nAuthorization: Bearer ${s}`,
    (s) => `GET /b/k?token=${encodeURIComponent(s)} HTTP/1.1\r\nHost: a\r\nAuthorization: ${s}`,
    (s) =>
      `GET /b/k HTTP/1.1\r\nHost: a\r\nX-Amz-Date: 20150830T123600Z\r\nx-amz-content-sha256: UNSIGNED-PAYLOAD\r\nAuthorization: AWS4-HMAC-SHA256 Credential=${s}/20150830/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${'a'.repeat(64)}`,
    (s) =>
      `GET /b/k HTTP/1.1\r\nHost: a\r\nX-Amz-Date: 20150830T123600Z\r\nPrivate-Token: ${s}\r\nx-amz-content-sha256: UNSIGNED-PAYLOAD\r\nAuthorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20150830/us-east-1/s3/aws4_request, SignedHeaders=host;private-token;x-amz-content-sha256;x-amz-date, Signature=${'a'.repeat(64)}`,
  ]
  let count = 0
  try {
    let port: number | undefined
    while (port === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 10))
      const found = /listening on http:\/\/127\.0\.0\.1:(\d+)/.exec(written().stderr)
      if (found !== null) port = Number(found[1])
    }
    for (const [k, secret] of secrets.entries())
      for (const [h, head] of heads.entries()) {
        if (process.env['THOROUGH'] !== '1' && (h + k) % 2 !== 0) continue
        await rawExchange(port, Buffer.from(`${head(secret)}\r\nConnection: close\r\n\r\n`, 'latin1'))
        count++
      }
  } finally {
    end()
    assert.equal(await running, 0)
  }
  const place = join(io.cwd, 'kept')
  const recordings = readdirSync(place).map((name) => readFileSync(join(place, name), 'latin1'))
  assert.ok(recordings.length >= count / 2, `${recordings.length} recordings of ${count} requests`)
  const all = [written().stdout, written().stderr, ...recordings].join('\n')
  for (const [k, secret] of secrets.entries()) assert.equal(seenOf(secretPart(secret), all), undefined, KINDS[k]!.id)
})
