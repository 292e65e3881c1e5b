/** Files that are there whole or not at all. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { writeWholeFile } from '../../src/server/whole-file.ts'

const dir = mkdtempSync(join(tmpdir(), 'countersign-'))
after(() => rmSync(dir, { recursive: true }))

test('a file is written, and another of its name replaced', async () => {
  const path = join(dir, 'a.jsonl')
  await writeWholeFile(path, 'one')
  await writeWholeFile(path, 'two')
  assert.equal(readFileSync(path, 'utf8'), 'two')
  assert.deepEqual(readdirSync(dir), ['a.jsonl'])
})

test('where it cannot take its name, nothing of it is left', async () => {
  mkdirSync(join(dir, 'b', 'taken'), { recursive: true })
  await assert.rejects(writeWholeFile(join(dir, 'b', 'taken'), 'one'))
  assert.deepEqual(readdirSync(join(dir, 'b')), ['taken'])
})

test('what another is writing is left alone', async () => {
  mkdirSync(join(dir, 'c'))
  writeFileSync(join(dir, 'c', 'x.part'), 'theirs')
  await assert.rejects(writeWholeFile(join(dir, 'c', 'x'), 'one'), { code: 'EEXIST' })
  assert.equal(readFileSync(join(dir, 'c', 'x.part'), 'utf8'), 'theirs')
})

/** Lets files of this process grow to so many bytes; `false` where the system has no such command. */
function limitFileSize(bytes: string): boolean {
  try {
    execFileSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test('a write that fails half way, as on a full disk, leaves nothing', async (t) => {
  mkdirSync(join(dir, 'd'))
  if (!limitFileSize('4096')) return t.skip('no prlimit here')
  try {
    await assert.rejects(writeWholeFile(join(dir, 'd', 'x'), 'y'.repeat(100_000)), { code: 'EFBIG' })
  } finally {
    limitFileSize('unlimited')
  }
  assert.deepEqual(readdirSync(join(dir, 'd')), [])
})
