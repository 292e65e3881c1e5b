/** `causes` and `explain`: every id is listed, and every listed id is explained. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AWS_ERROR_CODES } from '../../src/catalog/index.ts'
import { CAUSES } from '../../src/causes/index.ts'
import { run } from './fake-io.ts'

test('causes lists every cause', async (t) => {
  const { code, stdout } = await run(t, ['causes'])
  assert.equal(code, 0)
  assert.equal(stdout.trimEnd().split('\n').length, CAUSES.length)
  const json = JSON.parse((await run(t, ['causes', '--format', 'json'])).stdout)
  assert.deepEqual(
    json.causes,
    CAUSES.map((cause) => ({ id: cause.id, class: cause.class, summary: cause.summary })),
  )
})

test('every cause is explained', async (t) => {
  for (const { id } of CAUSES) {
    const { code, stdout } = await run(t, ['explain', id])
    assert.equal(code, 0)
    assert.ok(stdout.includes(id), id)
  }
})

test('every code is explained by the causes that can be behind it', async (t) => {
  for (const [name, { meaning }] of AWS_ERROR_CODES) if (meaning !== undefined) assert.equal((await run(t, ['explain', name])).code, 0)
  const { stdout } = await run(t, ['explain', 'signaturedoesnotmatch'])
  assert.match(stdout, /^# SignatureDoesNotMatch\n/)
  assert.match(stdout, /\n {2}path-encoded-twice /)
  assert.doesNotMatch((await run(t, ['explain', 'XAmzContentSHA256Mismatch'])).stdout, /path-encoded-twice/)
})
