/** Requests through real proxies with the usual mistake in them, recorded on both sides: cause, proof, hop and line are named. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { main } from '../../src/cli/main.ts'
import { openFrontDoor } from '../../src/server/index.ts'
import { flowLines, openRelay, RecordingFiles } from '../../src/transit/index.ts'
import { credentialsOf } from '../../src/verifier/index.ts'
import { fakeIo, SECRET as SECRET_TEXT } from '../cli/fake-io.ts'
import { rawExchange } from '../support/raw-exchange.ts'
import { KEY_ID, NOW, plain, SECRET, signed, wireBytes } from '../support/signed.ts'
import { listens, portOf } from '../transit/scripted.ts'

interface Proxy {
  readonly program: string
  /** What its user writes, and what stands around it. */
  readonly own: (to: number) => string
  readonly around: (own: string, port: number, folder: string) => string
  readonly args: (file: string, folder: string) => readonly string[]
  readonly expected: readonly (readonly [cause: string, line: number])[]
}

const PROXIES: Readonly<Record<string, Proxy>> = {
  nginx: {
    program: '/usr/sbin/nginx',
    own: (to) => `location / {\n  proxy_pass http://127.0.0.1:${to};\n}\n`,
    around: (own, port, folder) => {
      const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`)
      return `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log; events {} http { ${kinds.join(' ')} access_log off; server { listen 127.0.0.1:${port}; include ${own}; } }`
    },
    args: (file, folder) => ['-c', file, '-e', join(folder, 'error.log')],
    expected: [['host-rewritten', 2]],
  },
  haproxy: {
    program: '/usr/sbin/haproxy',
    own: (to) => `backend store\n  mode http\n  http-request del-header x-amz-meta-a\n  server one 127.0.0.1:${to}\n`,
    around: (_, port) =>
      `defaults\n  mode http\n  timeout client 5s\n  timeout connect 5s\n  timeout server 5s\nfrontend in\n  bind 127.0.0.1:${port}\n  default_backend store\n`,
    args: (file, folder) => ['-db', '-f', file, '-f', join(folder, 'own.conf')],
    expected: [['header-removed-in-transit', 3]],
  },
  apache: {
    program: '/usr/sbin/apache2',
    own: (to) => `ProxyPreserveHost On\nAllowEncodedSlashes NoDecode\nProxyPass / http://127.0.0.1:${to}/\n`,
    around: (own, port, folder) => {
      const modules = ['mpm_event', 'authz_core', 'proxy', 'proxy_http'].map(
        (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
      )
      return `${modules.join('\n')}\nServerRoot ${folder}\nServerName localhost\nPidFile ${folder}/pid\nListen 127.0.0.1:${port}\nErrorLog ${folder}/error.log\nDefaultRuntimeDir ${folder}\nInclude ${own}\n`
    },
    args: (file) => ['-X', '-f', file],
    expected: [['path-normalized', 3]],
  },
}

/** A recording relay in front of a port. */
async function relay(t: TestContext, to: number, dir: string) {
  const files = new RecordingFiles({
    dir,
    mostBytes: 1e8,
    mostMilliseconds: 1e9,
    now: Date.now,
    onLost: (reason) => assert.fail(reason),
    onWrittenAgain: () => assert.fail(),
  })
  const line = flowLines('relay')
  const opened = await openRelay({
    listen: { host: '127.0.0.1', port: 0 },
    upstream: { tls: false, host: '127.0.0.1', port: to },
    onExchange: (seen) => files.write(line(seen)),
    settled: (go) => files.settled(go),
  })
  t.after(async () => {
    await opened.close(0)
    files.close()
  })
  return opened.port
}

async function started(t: TestContext, { program, own, around, args }: Proxy, to: number, folder: string): Promise<number> {
  const free = createServer()
  const port = await portOf(free)
  free.close()
  const [mine, file] = [join(folder, 'own.conf'), join(folder, 'whole.conf')]
  writeFileSync(mine, own(to))
  writeFileSync(file, around(mine, port, folder))
  const child = spawn(program, args(file, folder), { cwd: folder, stdio: 'ignore' })
  const exited = once(child, 'exit')
  t.after(async () => {
    child.kill('SIGKILL')
    await exited
  })
  for (let tries = 0; tries < 300 && !(await listens(port)); tries++) await new Promise((resolve) => setTimeout(resolve, 50))
  return port
}

for (const [name, proxy] of Object.entries(PROXIES))
  test(`${name}: what it changed, proven by the signature, and its line`, {
    skip: !existsSync(proxy.program),
    timeout: 60_000,
  }, async (t) => {
    const { io, written } = fakeIo(t, { files: { 'secret.txt': SECRET_TEXT } })
    const folder = mkdtempSync(join(tmpdir(), 'countersign-'))
    t.after(() => rmSync(folder, { recursive: true, force: true }))
    mkdirSync(join(folder, 'logs'))
    const door = await openFrontDoor({ port: 0, credentials: credentialsOf({ [KEY_ID]: { key: SECRET } }), clock: () => NOW })
    t.after(() => door.close())
    const after = await relay(t, Number(new URL(door.url).port), join(io.cwd, 'after'))
    const before = await relay(t, await started(t, proxy, after, folder), join(io.cwd, 'before'))
    const request = signed(plain('GET', '/b/a//b%2Fc.txt', '', [['X-Amz-Meta-A', 'one']], 'files.example.com:9000'), 's3')
    assert.equal((await rawExchange(before, wireBytes(request))).status, 403)
    writeFileSync(join(io.cwd, 'hop.conf'), proxy.own(after))
    const args = ['client=before', 'store=after', '--config', `${name}=hop.conf`, '--secret-file', 'secret.txt', '--format', 'json']
    assert.equal(await main(['hops', ...args], io), 1)
    interface Finding {
      readonly causes: readonly [string]
      readonly proof: { readonly level: string }
      readonly hop: string
      readonly lines: readonly { readonly line: number }[]
    }
    const { findings } = JSON.parse(written().stdout) as { readonly findings: readonly Finding[] }
    assert.deepEqual(
      findings.map(({ causes: [cause], proof, hop, lines }) => [cause, proof.level, hop, lines[0]?.line]),
      proxy.expected.map(([cause, line]) => [cause, 'signature', name, line]),
    )
  })
