/** Files and commands of a machine: what is there, what is not, and that nothing is waited for without an end. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { installedHere, runCommand, sharedFile } from '../../src/environment/index.ts'

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'countersign-machine-'))
  t.after(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const options = { deadline: 5000, env: process.env }

test('a file is read, and what is none says why', async (t) => {
  const path = folder(t)
  writeFileSync(join(path, 'file'), '[default]\n', { mode: 0o644 })
  assert.deepEqual(await sharedFile(join(path, 'file')), { path: join(path, 'file'), text: '[default]\n', othersCanRead: true })
  assert.equal((await sharedFile(join(path, 'none'))).problem, 'absent')
  assert.equal((await sharedFile(path)).problem, 'a folder')
  writeFileSync(join(path, 'large'), Buffer.alloc(2 * 1024 * 1024))
  assert.equal((await sharedFile(join(path, 'large'))).problem, 'too large')
})

test('a pipe in the place of a file is not opened', { skip: process.platform === 'win32' }, async (t) => {
  const path = join(folder(t), 'pipe')
  execFileSync('mkfifo', [path])
  assert.equal((await sharedFile(path)).problem, 'unreadable')
})

test('a command says what it prints; a missing one, a silent one and one that leaves a child behind end', async (t) => {
  const path = folder(t)
  const script = (name: string, body: string) => {
    writeFileSync(join(path, name), `#!/bin/sh\n${body}\n`)
    chmodSync(join(path, name), 0o755)
    return join(path, name)
  }
  assert.equal((await runCommand(script('says', 'echo "$1" "$LC_ALL"'), ['$(a) b'], options)).output, '$(a) b C\n')
  assert.equal((await runCommand('no-such-program-of-countersign', [], options)).problem, 'not installed')
  const short = { ...options, deadline: 300 }
  assert.match((await runCommand(script('silent', 'exec sleep 60'), [], short)).problem ?? '', /no answer/)
  assert.match((await runCommand(script('parent', 'sleep 20 & echo gone'), [], short)).problem ?? '', /no answer/)
  assert.match((await runCommand(script('fails', 'exit 3'), [], options)).problem ?? '', /ended with 3/)
  assert.equal((await runCommand(script('floods', 'yes | head -c 2000000'), [], options)).output!.length, 65_536)
})

test('a command does not run what lies in the folder', async (t) => {
  const path = folder(t)
  const before = process.cwd()
  process.chdir(path)
  t.after(() => process.chdir(before))
  writeFileSync(join(path, 'json.py'), 'print("taken over")\n')
  const { output } = await runCommand('python3', ['-c', 'import json; print("own")'], { ...options, deadline: 20_000 })
  assert.ok(output === undefined || output === 'own\n', output)
})

test('releases are what packages say of themselves, and a folder of noise has none', async (t) => {
  const path = folder(t)
  mkdirSync(join(path, 'node_modules/@aws-sdk/client-s3'), { recursive: true })
  mkdirSync(join(path, 'node_modules/@aws-sdk/client-broken'), { recursive: true })
  writeFileSync(join(path, 'node_modules/@aws-sdk/client-s3/package.json'), '{"version": "3.700.0"}')
  writeFileSync(join(path, 'node_modules/@aws-sdk/client-broken/package.json'), '{"version": 7')
  writeFileSync(
    join(path, 'go.mod'),
    'module m\nrequire (\n\tgithub.com/aws/aws-sdk-go-v2 v1.30.0\n\tgithub.com/aws/aws-sdk-go-v2/service/s3 v1.72.3\n)\n',
  )
  const { cli, releases } = await installedHere(path, { deadline: 5000, env: { PATH: '/nonexistent' } })
  assert.equal(cli?.problem, 'not installed')
  assert.deepEqual(
    releases.map(({ name, version }) => `${name} ${version}`),
    ['@aws-sdk/client-s3 3.700.0', 'aws-sdk-go-v2 1.30.0', 'aws-sdk-go-v2/service/s3 1.72.3'],
  )
})
