/** `countersign record` where the system lets no file grow any more: traffic goes on, the loss is said and counted. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { rawExchange } from '../support/raw-exchange.ts'
import { plain, wireBytes } from '../support/signed.ts'
import { portOf } from '../transit/scripted.ts'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const RUN = `import(${JSON.stringify(MAIN)}).then(({ main }) => main(process.argv.slice(1))).then((code) => { process.exitCode = code })`

test('a limit on the size of files (RLIMIT_FSIZE)', { skip: process.platform === 'win32' }, async (t) => {
  const cwd = mkdtempSync(join(tmpdir(), 'countersign-'))
  t.after(() => rmSync(cwd, { recursive: true, force: true }))
  const upstream = createServer((_, answer) => answer.end('ok'))
  const to = await portOf(upstream)
  const node = [process.execPath, '--import', import.meta.resolve('tsx'), '--conditions=countersign-source', '-e', RUN]
  // Two blocks of 512 or 1,024 bytes: a short line fits into a file, a long one into none.
  const args = ['--', 'record', '--upstream', `http://127.0.0.1:${to}`, '--dir', 'kept']
  const child = spawn('sh', ['-c', 'ulimit -f 2; exec "$@"', 'sh', ...node, ...args], { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const exited = once(child, 'exit')
  try {
    while (!/127\.0\.0\.1:\d+;/.test(said)) await once(child.stderr, 'data')
    const port = Number(/127\.0\.0\.1:(\d+);/.exec(said)![1])
    const ask = async (length: number) => (await rawExchange(port, wireBytes(plain('GET', `/b/${'k'.repeat(length)}`)))).status
    assert.deepEqual([await ask(1), await ask(4000), await ask(1), await ask(4000), await ask(1)], [200, 200, 200, 200, 200])
  } finally {
    child.kill('SIGTERM')
    await exited
    upstream.close()
  }
  assert.match(said, /recordings are being lost: the file has reached its largest size; requests are passed on all the same/)
  assert.match(said, /recorded: 3, lost: 2\n$/)
  const lines = readdirSync(join(cwd, 'kept')).flatMap((name) =>
    readFileSync(join(cwd, 'kept', name), 'latin1')
      .split('\n')
      .filter(Boolean),
  )
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).sent.target),
    ['/b/k', '/b/k', '/b/k'],
  )
})
