/** Files that are small by nature: what is larger, or has no end, is not taken in. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { limitedText } from '../../src/environment/index.ts'

test('a file of the size allowed is read, one character per byte; a byte more is too large', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'countersign-limited-'))
  t.after(() => rmSync(dir, { recursive: true }))
  const path = join(dir, 'file')
  writeFileSync(path, Buffer.from([0x61, 0xe9, 0xff]))
  assert.equal(await limitedText(path, 3), 'a\xe9\xff')
  assert.equal(await limitedText(path, 2), undefined)
  writeFileSync(path, '')
  assert.equal(await limitedText(path, 0), '')
  await assert.rejects(limitedText(join(dir, 'none'), 10), { code: 'ENOENT' })
  await assert.rejects(limitedText(dir, 10), { code: 'EISDIR' })
})

test('more than one piece is put together', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'countersign-limited-'))
  t.after(() => rmSync(dir, { recursive: true }))
  const text = 'line of a file\n'.repeat(20_000)
  writeFileSync(join(dir, 'file'), text)
  assert.equal(await limitedText(join(dir, 'file'), text.length), text)
})

test('a device without an end is too large', { skip: process.platform === 'win32' }, async () => {
  assert.equal(await limitedText('/dev/zero', 200_000), undefined)
})
