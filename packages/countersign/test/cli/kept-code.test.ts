/** What V8 compiled is kept for the user alone: nothing that somebody else may have written is executed. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { codeDirectory, readCode, writeCode } from '../../src/cli/kept-code.ts'

const BIN = fileURLToPath(new URL('../../bin/countersign.js', import.meta.url))
const CODE = { data: Buffer.alloc(5000, 'compiled'), runs: 2 }
const NOW = Date.now()
const windows = process.platform === 'win32'

function place(t: TestContext): string {
  const base = mkdtempSync(join(tmpdir(), 'kept-code-'))
  t.after(() => rmSync(base, { recursive: true, force: true }))
  return base
}

function kept(t: TestContext): string {
  const directory = join(place(t), 'cache', 'countersign')
  writeCode(directory, 'one', CODE, NOW)
  assert.deepEqual(readCode(directory, 'one'), CODE)
  return directory
}

test('kept code comes back, is the only file, and belongs to the user alone', (t) => {
  const directory = kept(t)
  assert.deepEqual(readdirSync(directory), ['one'])
  assert.equal(readCode(directory, 'two'), undefined)
  if (windows) return
  assert.equal(statSync(directory).mode & 0o777, 0o700)
  assert.equal(statSync(join(directory, 'one')).mode & 0o777, 0o600)
})

for (const [what, spoil] of Object.entries({
  'a file that others may write': (directory: string) => chmodSync(join(directory, 'one'), 0o622),
  'a directory that others may write': (directory: string) => chmodSync(directory, 0o777),
  'a link': (directory: string) => {
    renameSync(join(directory, 'one'), join(directory, 'elsewhere'))
    symlinkSync('elsewhere', join(directory, 'one'))
  },
  'a directory that is a link': (directory: string) => {
    renameSync(directory, `${directory}-elsewhere`)
    symlinkSync(`${directory}-elsewhere`, directory)
  },
  'a file of which the end was not written': (directory: string) => truncateSync(join(directory, 'one'), 4000),
  'a file with a page of zeros': (directory: string) => {
    const bytes = readFileSync(join(directory, 'one'))
    writeFileSync(join(directory, 'one'), bytes.fill(0, 1024, 2048))
  },
  'an empty file': (directory: string) => truncateSync(join(directory, 'one'), 0),
  'a directory in its place': (directory: string) => {
    rmSync(join(directory, 'one'))
    mkdirSync(join(directory, 'one'))
  },
}))
  test(`${what} is not read`, { skip: windows }, (t) => {
    const directory = kept(t)
    spoil(directory)
    assert.equal(readCode(directory, 'one'), undefined)
  })

test('what belongs to somebody else is neither read nor added to', { skip: process.getuid?.() !== 0 }, (t) => {
  const directory = kept(t)
  chownSync(join(directory, 'one'), 12345, 12345)
  assert.equal(readCode(directory, 'one'), undefined)
  const home = place(t)
  chownSync(home, 12345, 12345)
  writeCode(join(home, '.cache', 'countersign'), 'one', CODE, NOW)
  assert.deepEqual(readdirSync(home), [])
})

test('what was kept long ago goes when something is kept', (t) => {
  const directory = kept(t)
  const past = NOW / 1000 - 40 * 24 * 3600
  utimesSync(join(directory, 'one'), past, past)
  writeCode(directory, 'two', CODE, NOW)
  assert.deepEqual(readdirSync(directory), ['two'])
})

test('where nothing can be kept, nothing is said', (t) => {
  const base = place(t)
  writeFileSync(join(base, 'file'), '')
  writeCode(join(base, 'file', 'countersign'), 'one', CODE, NOW)
  assert.deepEqual(readdirSync(base), ['file'])
})

test('the place is the one that the system has for it, and absolute', { skip: windows }, () => {
  const home = () => '/home/me'
  assert.equal(codeDirectory({}, home, 'linux'), '/home/me/.cache/countersign')
  assert.equal(codeDirectory({}, home, 'darwin'), '/home/me/Library/Caches/countersign')
  assert.equal(codeDirectory({ XDG_CACHE_HOME: '/var/me' }, home, 'linux'), '/var/me/countersign')
  assert.equal(codeDirectory({ XDG_CACHE_HOME: 'relative' }, home, 'linux'), '/home/me/.cache/countersign')
  assert.equal(
    codeDirectory({}, () => '', 'linux'),
    undefined,
  )
  assert.equal(codeDirectory({ NODE_DISABLE_COMPILE_CACHE: '1' }, home, 'linux'), undefined)
})

test('the command line says the same with and without kept code, and keeps none of a usage error', { skip: windows }, (t) => {
  const cache = place(t)
  const run = (args: readonly string[], env: Record<string, string> = {}) =>
    spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8', env: { ...process.env, XDG_CACHE_HOME: cache, ...env } })
  assert.equal(run(['scope', '--nonsense']).status, 2)
  assert.deepEqual(readdirSync(cache), [])
  const scope = ['scope', 'sts.amazonaws.com', 'bucket.s3.eu-west-1.amazonaws.com']
  const without = run(scope, { NODE_DISABLE_COMPILE_CACHE: '1' })
  assert.equal(without.status, 0)
  assert.deepEqual(readdirSync(cache), [])
  const directory = join(cache, 'countersign')
  const runs: (number | undefined)[] = []
  for (let i = 0; i < 5; i++) {
    assert.equal(run(scope).stdout, without.stdout)
    const [name, ...more] = readdirSync(directory)
    assert.deepEqual(more, [])
    runs.push(readCode(directory, name!)?.runs)
  }
  assert.deepEqual(runs, [1, 2, 3, 3, 3])
})
