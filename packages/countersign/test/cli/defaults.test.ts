/** Options that a project gives once, in a file of the working directory. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { run, SECRET } from './fake-io.ts'

const ERROR = '<Error><Code>RequestTimeTooSkewed</Code></Error>'
const config = (value: unknown): Record<string, string> => ({ 'countersign.config.json': JSON.stringify(value), 'error.xml': ERROR })

test('a default counts where the command line says nothing', async (t) => {
  const json = config({ diagnose: { format: 'json', 'max-trials': 10, diff: false } })
  for (const args of [['error.xml'], ['diagnose', 'error.xml']]) {
    assert.equal(JSON.parse((await run(t, args, { files: json })).stdout).schemaVersion, 2)
    assert.match((await run(t, [...args, '--format', 'markdown'], { files: json })).stdout, /^## /)
  }
  // Another command has defaults of its own.
  assert.match((await run(t, ['scope', 'sts.amazonaws.com'], { files: json })).stdout, /^sts\.amazonaws\.com\n/)
})

test('package.json has them under a key; the file of our own name counts first', async (t) => {
  const manifest = (value: unknown) => ({ 'package.json': JSON.stringify({ name: 'x', countersign: value }), 'error.xml': ERROR })
  const files = manifest({ diagnose: { format: 'json' } })
  assert.equal(JSON.parse((await run(t, ['error.xml'], { files })).stdout).schemaVersion, 2)
  assert.match((await run(t, ['error.xml'], { files: { ...files, ...config({}) } })).stdout, /clock-skewed\)/)
  // A manifest that is broken, or says nothing to us, is none of our business.
  for (const text of ['{', '[]', '{"name": "x"}'])
    assert.equal((await run(t, ['error.xml'], { files: { 'package.json': text, 'error.xml': ERROR } })).code, 1)
})

test('a repeatable option takes a list, and a path to a secret is used', async (t) => {
  const files = { ...config({ verify: { 'secret-file': ['secret'] }, serve: { region: ['eu-west-1', 'us-east-1'] } }), secret: SECRET }
  const { code, stderr } = await run(t, ['verify', 'error.xml'], { files })
  assert.equal(code, 2)
  assert.match(stderr, /no request was found/)
})

const WRONG: readonly (readonly [value: unknown, says: RegExp])[] = [
  [{ diagnos: {} }, /unknown key "diagnos"; did you mean diagnose\?/],
  [{ diagnose: { fromat: 'json' } }, /countersign\.config\.json: "diagnose": unknown key "fromat"; did you mean format\?/],
  [{ diagnose: { diff: 'yes' } }, /"diff" must be true or false/],
  [{ diagnose: { redact: ['safe'] } }, /"redact" must be a text or a number$/m],
  [{ diagnose: { redact: 'saef' } }, /--redact must be one of keys, safe, strict; not "saef"/],
  [{ diagnose: { 'ask-secret': true } }, /"ask-secret" works on the command line only/],
  [{ diagnose: ['json'] }, /"diagnose" must be an object/],
  [[], /countersign\.config\.json must be an object/],
  [{ diagnose: { 'access-key-id': SECRET } }, /looks like a secret/],
]
for (const [value, says] of WRONG)
  test(`refused: ${JSON.stringify(value).replaceAll(SECRET, '...')}`, async (t) => {
    const { code, stderr, stdout } = await run(t, ['diagnose', 'error.xml'], { files: config(value) })
    assert.deepEqual([code, stdout], [2, ''])
    assert.match(stderr, says)
    assert.ok(!stderr.includes(SECRET))
  })

test('a file that is no JSON is an error', async (t) => {
  const { code, stderr } = await run(t, ['error.xml'], { files: { 'countersign.config.json': '{', 'error.xml': ERROR } })
  assert.equal(code, 2)
  assert.match(stderr, /countersign\.config\.json is not valid JSON/)
})
