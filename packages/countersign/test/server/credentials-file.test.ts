/** Credential files: both formats, what is refused and in which words, and changes while the verifier runs. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { type CredentialsChange, type CredentialsFile, credentialsFile } from '../../src/server/credentials-file.ts'
import { credentialsIn, credentialsText } from '../../src/server/credentials-text.ts'
import { readRegularFile } from '../../src/server/limited-file.ts'
import { SecretAccessKey } from '../../src/sigv4/signing-key.ts'

const dir = mkdtempSync(join(tmpdir(), 'countersign-'))
// Looking at a file does not keep a process alive.
const alive = setInterval(() => {}, 1000)
after(() => {
  clearInterval(alive)
  rmSync(dir, { recursive: true })
})

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
  assert.equal(credentialsIn('{}', 'f').size, 0)
})

test('a byte order mark is no part of the text, in JSON and in INI', () => {
  for (const text of ['{"A":{"secretAccessKey":"one EXAMPLE"}}', '[a]\naws_access_key_id = A\naws_secret_access_key = one EXAMPLE\n'])
    assert.equal(secretOf(credentialsText(Buffer.from(`\ufeff${text}`), 'f'), 'A'), 'one EXAMPLE')
  assert.throws(() => credentialsText(Buffer.from('\ufeff{}', 'utf16le'), 'f'), /f is in UTF-16; write it in UTF-8/)
})

test('what cannot be whole is refused, in words of which none stands in the file', () => {
  const refused: readonly (readonly [string, RegExp])[] = [
    ['{"hiddenA":{"secretAccessKey":"hidden EXA', /not whole JSON/],
    ['{"hiddenA":{}}', /entry 1 has no "secretAccessKey"/],
    ['{"A":{"secretAccessKey":"hidden"},"hidden/EXAMPLE+KEY":{}}', /entry 2 has no "secretAccessKey"/],
    ['{"hiddenA":"hidden"}', /entry 1 has no "secretAccessKey"/],
    ['{"hiddenA":{"secretAccessKey":"hidden EXAMPLE","expiresAt":"hidden"}}', /entry 1: "expiresAt" is no time/],
    ['{"hiddenA":{"secretAccessKey":"hidden EXAMPLE","sessionToken":7}}', /entry 1: "sessionToken" is not a text/],
    ['', /holds no credentials/],
    ['# nobody\n', /holds no credentials; to revoke all keys, write {} into it/],
    ['[a]\naws_access_key_id = A\naws_secret_access_key = hidden EXA', /does not end with a line end/],
    ['[hiddenA]\naws_access_key_id = hidden\n', /section 1 has no aws_secret_access_key/],
    ['[b]\nregion = x\n[hiddenA]\naws_secret_access_key = hidden EXAMPLE\n', /section 2 has no aws_access_key_id/],
  ]
  for (const [text, words] of refused) {
    assert.throws(
      () => credentialsIn(text, 'keys.json'),
      (error: Error) => words.test(error.message) && error.message.startsWith('keys.json') && !error.message.includes('hidden'),
      text,
    )
  }
})

test('the first version has to hold a key', async () => {
  for (const text of ['{}', '', '# nobody\n']) {
    const path = join(dir, 'first.json')
    writeFileSync(path, text)
    await assert.rejects(credentialsFile(path), /holds no credentials/, text)
  }
})

const MAKERS: readonly (readonly [what: string, make: (path: string) => void, words: RegExp])[] = [
  ['a FIFO', (path) => execFileSync('mkfifo', [path]), / is a FIFO, and no regular file$/],
  ['a device without an end', (path) => symlinkSync('/dev/zero', path), / is a device, and no regular file$/],
  ['a directory', (path) => mkdirSync(path), / is a directory, and no regular file$/],
  [
    'a file of 60 MB',
    (path) => {
      writeFileSync(path, '{')
      truncateSync(path, 60_000_000)
    },
    / has 60000000 bytes, and 1048576 bytes are the most that are read$/,
  ],
]

for (const [what, make, words] of MAKERS)
  test(`${what} is refused before anything of it is read`, { skip: process.platform === 'win32' }, async () => {
    const path = join(dir, what.replaceAll(' ', '-'))
    make(path)
    await assert.rejects(readRegularFile(path, 1024 * 1024), words)
    await assert.rejects(credentialsFile(path), words)
  })

test('a file that is larger than it says is read up to the limit', { skip: process.platform !== 'linux' }, async () => {
  await assert.rejects(readRegularFile('/proc/self/status', 10), /has more than 10 bytes, and 10 bytes are the most/)
  assert.match((await readRegularFile('/proc/self/status', 100_000)).toString(), /^Name:/)
})

interface Watched {
  readonly path: string
  readonly file: CredentialsFile
  /** Does something to the file, and waits until this is said; in between it may have been seen gone, or half done. */
  after(change: () => void, expected: CredentialsChange | RegExp): Promise<void>
  knows(...ids: string[]): void
}

async function watched(name: string, text: string): Promise<Watched> {
  const path = join(dir, name)
  writeFileSync(path, text)
  let told: (change: CredentialsChange) => void = () => {}
  const file = await credentialsFile(path, { pollMilliseconds: 20, onChange: (change) => told(change) })
  return {
    path,
    file,
    after: (change, expected) =>
      new Promise((resolve, reject) => {
        const said: string[] = []
        const timer = setTimeout(() => reject(new Error(`waited for ${expected}; what was said: ${said.join('; ')}`)), 8000)
        told = (now) => {
          said.push(JSON.stringify(now))
          const fits = expected instanceof RegExp ? expected.test('refused' in now ? now.refused : '') : isDeepStrictEqual(now, expected)
          if (!fits) return
          clearTimeout(timer)
          resolve()
        }
        change()
      }),
    knows: (...ids) => {
      assert.deepEqual([...file.known().keys()], ids)
      for (const accessKeyId of ['A', 'B', 'C', 'D'])
        assert.equal(file.store({ accessKeyId } as Parameters<typeof file.store>[0]) !== undefined, ids.includes(accessKeyId))
    },
  }
}

const json = (...ids: string[]) => JSON.stringify(Object.fromEntries(ids.map((id) => [id, { secretAccessKey: `of ${id} EXAMPLE` }])))
const iniOf = (...ids: string[]) =>
  `${ids.map((id) => `[${id}]\naws_access_key_id = ${id}\naws_secret_access_key = of ${id} EXAMPLE\n`).join('')}# end\n`

const HALF = iniOf('A', 'B').slice(0, iniOf('A').indexOf('# end'))

test('a new version is taken when it is whole, a half one never', async () => {
  const { path, file, after, knows } = await watched('keys.ini', iniOf('A', 'B'))
  const before = file.known().get('A')?.key
  // Cut between two sections: it parses, and would lose a key.
  await after(() => writeFileSync(path, HALF), { refused: `${path} does not end with "# end" as the version in use does` })
  knows('A', 'B')
  const renamed = () => {
    writeFileSync(`${path}.new`, iniOf('A', 'C', 'D'))
    renameSync(`${path}.new`, path)
  }
  await after(renamed, { accessKeyIds: 3 })
  knows('A', 'C', 'D')
  assert.equal(file.known().get('A')?.key, before, 'a key that did not change is the same object, with what was derived from it')
  // JSON needs no "# end".
  await after(() => writeFileSync(path, json('A')), { accessKeyIds: 1 })
  file.close()
})

test('whatever stands in place of the file, the keys in use stay, and the operator hears when it is back', async () => {
  const { path, file, after, knows } = await watched('swapped.json', json('A', 'B'))
  const instead = (make: (path: string) => void) => () => {
    rmSync(path, { recursive: true })
    make(path)
  }
  for (const [, make, words] of MAKERS) {
    await after(instead(make), words)
    knows('A', 'B')
  }
  await after(() => rmSync(path), /ENOENT/)
  knows('A', 'B')
  await after(() => writeFileSync(path, json('A', 'B')), { accessKeyIds: 2 })
  file.close()
})

test('{} revokes all keys at once', async () => {
  const { path, file, after, knows } = await watched('revoked.json', json('A'))
  await after(() => writeFileSync(path, '{}'), { accessKeyIds: 0 })
  knows()
  await after(() => writeFileSync(path, json('B')), { accessKeyIds: 1 })
  knows('B')
  file.close()
})

test('an empty file revokes all keys when it has stayed empty for a second, and not while an editor writes it', async () => {
  const { path, file, after, knows } = await watched('emptied.ini', iniOf('A'))
  const empty = { refused: `${path} is empty; all keys are revoked if it stays so for a second` }
  await after(() => writeFileSync(path, ''), empty)
  knows('A')
  await after(() => writeFileSync(path, iniOf('A', 'B')), { accessKeyIds: 2 })
  await after(() => writeFileSync(path, ' \n'), empty)
  const begun = performance.now()
  knows('A', 'B')
  await after(() => {}, { accessKeyIds: 0 })
  assert.ok(performance.now() - begun > 900)
  knows()
  // What was demanded of the versions before is demanded still.
  await after(() => writeFileSync(path, HALF), /does not end with "# end"/)
  knows()
  file.close()
})
