/** Completion scripts: made of the rules, read by the shells, and right where bash runs them. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { CAUSES } from '../../src/causes/index.ts'
import { HELP_RULE } from '../../src/cli/command.ts'
import { COMMANDS } from '../../src/cli/command-list.ts'
import { run } from './fake-io.ts'

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0

/** What bash offers after a line whose last word is being written. */
async function offered(t: TestContext, words: readonly string[]): Promise<readonly string[]> {
  const { stdout: script } = await run(t, ['completion', 'bash'])
  const dir = mkdtempSync(join(tmpdir(), 'countersign-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  writeFileSync(join(dir, 'error.xml'), '')
  writeFileSync(join(dir, 'script'), script)
  const line = `source ./script; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _countersign; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = spawnSync('bash', ['-c', line, 'bash', 'countersign', ...words], { cwd: dir, encoding: 'utf8' })
  assert.equal(stderr, '')
  return stdout.split('\n').filter((one) => one !== '')
}

for (const shell of ['bash', 'zsh', 'fish'])
  test(`${shell} reads its script`, { skip: !has(shell) }, async (t) => {
    const { stdout, code } = await run(t, ['completion', shell])
    assert.equal(code, 0)
    const { status, stderr } = spawnSync(shell, ['-n'], { input: stdout, encoding: 'utf8' })
    assert.deepEqual([status, stderr], [0, ''])
  })

test('every script has every command and every option', async (t) => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout } = await run(t, ['completion', shell])
    for (const [name, { load }] of Object.entries(COMMANDS)) {
      assert.ok(stdout.includes(name), `${shell}: ${name}`)
      for (const option of Object.keys({ ...(await load()).rules, ...HELP_RULE }))
        assert.ok(stdout.includes(shell === 'fish' ? `-l ${option} ` : `--${option}`), `${shell}: ${option}`)
    }
  }
})

test('bash completes commands, options, values, files and causes', { skip: !has('bash') }, async (t) => {
  assert.deepEqual(await offered(t, ['dia']), ['diagnose'])
  assert.deepEqual(await offered(t, ['err']), ['error.xml'])
  assert.deepEqual(await offered(t, ['diagnose', '--red']), ['--redact'])
  assert.deepEqual(await offered(t, ['--red']), ['--redact'])
  assert.deepEqual(await offered(t, ['diagnose', '--format', '']), ['terminal', 'json', 'markdown', 'html', 'sarif', 'junit', 'github'])
  assert.deepEqual(await offered(t, ['scope', '--format', '']), ['terminal', 'json'])
  assert.deepEqual(await offered(t, ['diagnose', '--signer', 'err']), ['error.xml'])
  assert.deepEqual(await offered(t, ['diagnose', '--region', '']), [])
  assert.deepEqual(
    await offered(t, ['explain', 'path-enc']),
    CAUSES.map(({ id }) => id).filter((id) => id.startsWith('path-enc')),
  )
  assert.deepEqual(await offered(t, ['help', 'pre']), ['presign'])
  assert.deepEqual(await offered(t, ['version', '']), [])
})

test('another shell is an error that names those there are', async (t) => {
  for (const args of [['completion'], ['completion', 'bsh'], ['completion', 'bash', 'zsh']]) {
    const { code, stderr } = await run(t, args)
    assert.equal(code, 2)
    assert.match(stderr, /completion needs one shell: bash, zsh, fish/)
  }
  assert.match((await run(t, ['completion', 'bsh'])).stderr, /did you mean bash\?/)
})
