/** The README's promises, run as a stranger runs them: the built command, in a process of its own. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const ROOT = join(import.meta.dirname, '../../../..')
const BIN = join(ROOT, 'packages/countersign/bin/countersign.js')
const EXAMPLE = ['examples/path-encoded-twice/debug.log', 'examples/path-encoded-twice/error.xml']

function countersign(args: readonly string[], input = '') {
  const env = { PATH: process.env['PATH'] ?? '', HOME: join(ROOT, 'no-such-home') }
  return spawnSync(process.execPath, [BIN, ...args], { cwd: ROOT, encoding: 'utf8', env, input })
}

test('the first command of the README proves the cause of the bundled example', () => {
  const { stdout, stderr, status } = countersign(['diagnose', ...EXAMPLE])
  assert.equal(status, 1, stderr)
  assert.match(stdout, /^PROVEN {2}signed differently \(path-encoded-twice\)/)
  assert.match(stdout, /\/photos\/a%2520b\.jpg/)
  for (const word of ['Proof', 'Fix', "Don't", '-v']) assert.match(stdout, new RegExp(`^ {2}${word} +\\S`, 'm'))
  assert.equal(stderr, '')
})

test('the same evidence on standard input gives the same cause', () => {
  const input = EXAMPLE.map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n')
  const { stdout, status } = countersign(['diagnose', '--format', 'json', '-'], input)
  assert.equal(status, 1)
  const json = JSON.parse(stdout)
  assert.equal(json.schemaVersion, 2)
  assert.equal(json.outcome, 'proven')
  assert.deepEqual(json.findings[0].causes, ['path-encoded-twice'])
  assert.equal(json.findings[0].proof.level, 'canonical-request-hash')
})

test('every command line in the README names a command that has help with an example', () => {
  const commands = new Set(
    [...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/npx countersign ([a-z]+)/g)].map((found) => found[1]!),
  )
  assert.ok(commands.size >= 7)
  for (const command of commands) {
    const { stdout, status } = countersign([command, '--help'])
    assert.equal(status, 0, command)
    assert.match(stdout, /example/i, command)
  }
})

test('explain prints the page of a cause, and says what an AWS code means', () => {
  assert.match(countersign(['explain', 'path-encoded-twice']).stdout, /What happened/)
  assert.equal(countersign(['explain', 'RequestTimeTooSkewed']).status, 0)
  assert.equal(countersign(['explain', 'no-such-thing']).status, 2)
})

test('empty input, a binary file and a missing file are told apart, without a stack trace', () => {
  for (const [args, input, code] of [
    [['diagnose', '-'], '', 3],
    [['diagnose', process.execPath], '', 2],
    [['diagnose', 'no-such-file'], '', 2],
  ] as const) {
    const { stderr, stdout, status } = countersign(args, input)
    assert.equal(status, code, `${args}: ${stderr}${stdout}`)
    assert.match(stderr, /^countersign: /)
    assert.doesNotMatch(stderr + stdout, /\n\s+at /)
  }
})
