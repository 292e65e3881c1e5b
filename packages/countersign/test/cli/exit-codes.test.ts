/** The exit codes that say whose fault it is: ours, or the place where the output goes. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { main } from '../../src/cli/main.ts'
import { fakeIo } from './fake-io.ts'

const BIN = fileURLToPath(new URL('../../bin/countersign.js', import.meta.url))
const FULL = '/dev/full'

for (const args of [
  ['causes'],
  ['scope', 'sts.amazonaws.com'],
  ['explain', 'clock-skewed'],
  ['completion', 'bash'],
  ['version'],
  ['--help'],
  ['diagnose', BIN],
])
  test(`${args[0]} > /dev/full: exit code 74, one line, no stack trace`, { skip: !existsSync(FULL) }, () => {
    const { status, stderr } = spawnSync('sh', ['-c', `"$0" "$@" > ${FULL}`, process.execPath, BIN, ...args], { encoding: 'utf8' })
    assert.equal(status, 74)
    assert.match(stderr, /^countersign: the output could not be written: no space is left on the device$/m)
    assert.doesNotMatch(stderr, /\n\s+at /)
  })

test('standard error that cannot be written either: exit code 74', { skip: !existsSync(FULL) }, () => {
  const { status } = spawnSync('sh', ['-c', `"$0" "$@" > ${FULL} 2> ${FULL}`, process.execPath, BIN, 'causes'], { encoding: 'utf8' })
  assert.equal(status, 74)
})

test('a reader that goes away early is no fault', () => {
  const { status } = spawnSync('sh', ['-c', '"$0" "$@" | head -1; exit 0', process.execPath, BIN, 'causes'], { encoding: 'utf8' })
  assert.equal(status, 0)
})

test('a bug of ours has exit code 70 and asks to be reported', async (t) => {
  const { io, written } = fakeIo(t, {})
  const broken = {
    ...io,
    stdout: {
      write: () => {
        throw new TypeError('x is not a function')
      },
    },
  }
  assert.equal(await main(['causes'], broken), 70)
  assert.match(written().stderr, /this is a bug in countersign, please report it:/)
})
