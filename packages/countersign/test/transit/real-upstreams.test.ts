/** What two readers could read in two ways, in front of real servers: none of them ever reads a request that the relay has not seen. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect, createServer as createPlainServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openRelay } from '../../src/transit/index.ts'
import { listens, portOf } from './scripted.ts'
import { CHUNKED, PASSED, REFUSED_BODIES, REFUSED_HEADS } from './shapes.ts'

/** It ends the connection, so that nobody has to wait for it. */
const CANARY = 'GET /canary HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n'

interface Upstream {
  readonly port: number
  /** "GET /path" of each request that it answered since it was asked last. */
  answered(): readonly string[]
}

const UPSTREAMS: Readonly<Record<string, { readonly needs?: string; start(t: TestContext): Promise<Upstream> }>> = {
  'node:http': {
    start: async (t) => {
      let seen: string[] = []
      const server = createServer((request, answer) => {
        seen.push(`${request.method} ${request.url}`)
        request.resume()
        answer.writeHead(204).end()
      })
      t.after(() => {
        server.closeAllConnections()
        server.close()
      })
      const answered = () => {
        const taken = seen
        seen = []
        return taken
      }
      return { port: await portOf(server), answered }
    },
  },
  nginx: {
    needs: '/usr/sbin/nginx',
    start: (t) =>
      program(t, (folder, port) => {
        const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`)
        writeFileSync(
          join(folder, 'nginx.conf'),
          `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log; events {} http { ${kinds.join(' ')} log_format seen '$status $request_method $request_uri'; access_log ${folder}/seen.log seen; server { listen 127.0.0.1:${port}; location / { return 204; } } }`,
        )
        return ['/usr/sbin/nginx', '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')]
      }),
  },
  Apache: {
    needs: '/usr/sbin/apache2',
    start: (t) =>
      program(t, (folder, port) => {
        const modules = ['mpm_event', 'authz_core', 'alias'].map(
          (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
        )
        writeFileSync(
          join(folder, 'httpd.conf'),
          `${modules.join('\n')}\nServerRoot ${folder}\nServerName localhost\nPidFile ${folder}/pid\nListen 127.0.0.1:${port}\nErrorLog ${folder}/error.log\nLogFormat "%>s %m %U%q" seen\nCustomLog ${folder}/seen.log seen\nDefaultRuntimeDir ${folder}\nRedirectMatch 204 ^/\n`,
        )
        return ['/usr/sbin/apache2', '-X', '-f', join(folder, 'httpd.conf')]
      }),
  },
}

/** A server, ended by its pid; what it answered stands in its log. */
async function program(t: TestContext, argv: (folder: string, port: number) => readonly string[]): Promise<Upstream> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-'))
  mkdirSync(join(folder, 'logs'))
  const free = createPlainServer()
  const port = await portOf(free)
  free.close()
  const [command, ...args] = argv(folder, port) as [string, ...string[]]
  const child = spawn(command, args, { cwd: folder, stdio: 'ignore' })
  const exited = once(child, 'exit')
  t.after(async () => {
    child.kill('SIGKILL')
    await exited
    rmSync(folder, { recursive: true, force: true })
  })
  for (let tries = 0; tries < 300 && !(await listens(port)); tries++) await new Promise((resolve) => setTimeout(resolve, 50))
  let read = 0
  return {
    port,
    answered: () => {
      const lines = readFileSync(join(folder, 'seen.log'), 'latin1').split('\n').filter(Boolean)
      const fresh = lines.slice(read)
      read = lines.length
      const answered = fresh.filter((line) => /^2\d\d /.test(line)).map((line) => line.slice(4))
      return answered.map((line) => line.replace(/\\x([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))))
    },
  }
}

/** Sends, and resolves when the connection is over. */
function sent(port: number, text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'))
    socket.on('data', () => {})
    socket.on('error', () => {})
    socket.on('close', () => resolve())
  })
}

for (const [name, { needs, start }] of Object.entries(UPSTREAMS))
  test(`no request is smuggled past the relay to ${name}`, {
    skip: needs !== undefined && !existsSync(needs),
    timeout: 120_000,
  }, async (t) => {
    const upstream = await start(t)
    let seen: string[] = []
    const relay = await openRelay({
      listen: { host: '127.0.0.1', port: 0 },
      upstream: { tls: false, host: '127.0.0.1', port: upstream.port },
      onExchange: ({ received: { method, target } }) => seen.push(`${method} ${target}`),
    })
    t.after(() => relay.close(0))
    const refused = [
      ...Object.entries(REFUSED_HEADS).map(([shape, [bytes]]) => [shape, bytes] as const),
      ...Object.entries(REFUSED_BODIES).map(([shape, [body]]) => [shape, CHUNKED + body] as const),
    ]
    for (const [shape, bytes] of [...refused, ...Object.entries(PASSED)]) {
      upstream.answered()
      seen = []
      await sent(relay.port, bytes + CANARY)
      const answered = [...upstream.answered()]
      // A log may be written when the connection is over.
      for (let tries = 0; tries < 20 && answered.length < seen.length; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 10))
        answered.push(...upstream.answered())
      }
      // It may refuse what the relay passes on, and answer fewer; never others.
      assert.deepEqual(answered, seen.slice(0, answered.length), `${shape}: ${name} answered ${JSON.stringify(answered)}`)
      if (!(shape in PASSED)) assert.ok(!answered.includes('GET /canary'), `${shape}: what stood behind it was answered`)
    }
  })
