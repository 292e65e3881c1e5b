/** Credential files: both formats, what is refused and in which words, and changes while the verifier runs. */
import assert from 'node:assert/strict'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { type CredentialsChange, credentialsFile, credentialsIn } from '../../src/server/credentials-file.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'

const dir = mkdtempSync(join(tmpdir(), 'countersign-'))
after(() => rmSync(dir, { recursive: true }))

const secretOf = (text: string, id: string) => {
  const key = credentialsIn(text, 'f').get(id)?.key
  return key instanceof SecretAccessKey ? key.dangerValue() : undefined
}

test('JSON and INI', () => {
  const json =
    '{"AKIAONEOFEXAMPLE":{"secretAccessKey":"one EXAMPLE","sessionToken":"t","expiresAt":"2026-03-03T08:15:31Z","principal":"p"}}'
  assert.equal(secretOf(json, 'AKIAONEOFEXAMPLE'), 'one EXAMPLE')
  const { sessionToken, expiresAt, principal } = credentialsIn(json, 'f').get('AKIAONEOFEXAMPLE')!
  assert.deepEqual({ sessionToken, expiresAt, principal }, { sessionToken: 't', expiresAt: 1772525731000, principal: 'p' })
  const ini = '[default]\naws_access_key_id = AKIAONEOFEXAMPLE\naws_secret_access_key = one/EXAMPLE+\nregion = x\n\n[other]\nrole_arn = y\n'
  assert.equal(secretOf(ini, 'AKIAONEOFEXAMPLE'), 'one/EXAMPLE+')
})

test('what cannot be whole is refused, in words without a secret', () => {
  const refused: readonly (readonly [string, RegExp])[] = [
    ['{"A":{"secretAccessKey":"hidden EXA', /not whole JSON/],
    ['{"A":{}}', /"A" has no "secretAccessKey"/],
    ['{"A":{"secretAccessKey":"hidden EXAMPLE","expiresAt":"soon"}}', /"expiresAt" of "A"/],
    ['{"A":{"secretAccessKey":"hidden EXAMPLE","sessionToken":7}}', /"sessionToken" of "A" is not a text/],
    ['{}', /holds no credentials/],
    ['', /holds no credentials/],
    ['[a]\naws_access_key_id = A\naws_secret_access_key = hidden EXA', /does not end with a line end/],
    ['[a]\naws_access_key_id = A\n', /\[a\] has no aws_secret_access_key/],
    ['[a]\naws_secret_access_key = hidden EXAMPLE\n', /\[a\] has no aws_access_key_id/],
  ]
  for (const [text, words] of refused) {
    assert.throws(
      () => credentialsIn(text, 'keys.json'),
      (error: Error) => words.test(error.message) && error.message.startsWith('keys.json') && !error.message.includes('hidden'),
      text,
    )
  }
})

test('a new version is taken when it is whole, a half one never', async () => {
  const path = join(dir, 'keys.ini')
  const version = (names: readonly string[]) =>
    `${names.map((name) => `[${name}]\naws_access_key_id = ${name}\naws_secret_access_key = of ${name} EXAMPLE\n`).join('')}# end\n`
  writeFileSync(path, version(['A', 'B']))
  const changes: CredentialsChange[] = []
  let told = () => {}
  const file = credentialsFile(path, {
    pollMilliseconds: 20,
    onChange: (change) => {
      changes.push(change)
      told()
    },
  })
  const changed = () => new Promise<void>((resolve) => (told = resolve))
  // Looking at a file does not keep a process alive.
  const alive = setInterval(() => {}, 1000)
  const query = (accessKeyId: string) => file.store({ accessKeyId } as Parameters<typeof file.store>[0])
  const before = file.known().get('A')?.key
  // Cut between two sections: it parses, and would lose a key.
  let next = changed()
  writeFileSync(path, version(['A', 'B']).slice(0, version(['A']).indexOf('# end')))
  await next
  assert.deepEqual(changes.at(-1), { refused: `${path} does not end with "# end" as the version in use does` })
  assert.ok(query('B') !== undefined)
  next = changed()
  writeFileSync(`${path}.new`, version(['A', 'C', 'D']))
  renameSync(`${path}.new`, path)
  await next
  assert.deepEqual(changes.at(-1), { accessKeyIds: 3 })
  assert.equal(query('B'), undefined)
  assert.ok(query('C') !== undefined)
  assert.equal(file.known().get('A')?.key, before, 'a key that did not change is the same object, with what was derived from it')
  file.close()
  clearInterval(alive)
})
