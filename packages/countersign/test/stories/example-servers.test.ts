/** The servers of examples/servers, whole as they are, and a call to each as their first lines say. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { build } from 'esbuild'
import { ROOT } from '../support/documents/code-examples.ts'

const DIR = join(ROOT, 'examples/servers')
const ENV = { PATH: process.env['PATH'] ?? '' }
const CALLED = /^200 \{"caller":"alice","got":\{"a":1\}\}\n403 .*(?:SignatureDoesNotMatch|does not match)\n$/

function called(...args: readonly string[]): void {
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: DIR, env: ENV, encoding: 'utf8', timeout: 60_000 })
  assert.match(stdout, CALLED, stderr)
}

/** The address that a server prints when it listens. */
async function addressOf(child: ChildProcess): Promise<string> {
  const failed = once(child, 'exit').then(() => assert.fail('the server ended'))
  const [line] = (await Promise.race([once(child.stdout!, 'data'), failed])) as [Buffer]
  return line.toString().trim()
}

for (const server of ['node-http', 'express', 'fastify'])
  test(`${server}: a signed call passes, the same with another body is refused, and the reason is printed`, {
    timeout: 120_000,
  }, async () => {
    const child = spawn(process.execPath, [`${server}.mjs`], { cwd: DIR, env: { ...ENV, PORT: '0' }, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    try {
      called('call.mjs', await addressOf(child))
      while (!/^(?:PROVEN|LIKELY|UNEXPLAINED)/m.test(said)) await once(child.stderr!, 'data')
    } finally {
      child.kill()
      await once(child, 'exit')
    }
  })

test('Lambda: the same by an event of a function URL', () => called('call-lambda.mjs'))

test('Worker: the same by Request and Response, bundled for a runtime that has nothing of Node', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'countersign-worker-'))
  try {
    const outfile = join(dir, 'worker.mjs')
    await build({
      entryPoints: [join(DIR, 'worker.mjs')],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'browser',
      conditions: ['worker'],
    })
    assert.doesNotMatch(readFileSync(outfile, 'utf8'), /from ?"node:|require\("node:/)
    called('call-worker.mjs')
    called('call-worker.mjs', outfile)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})
