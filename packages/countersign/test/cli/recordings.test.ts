/** Recordings that cannot be read, and directories that cannot be written: each is said in a line. */
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { main } from '../../src/cli/main.ts'
import { boundedLines } from '../../src/cli/recordings/bounded-lines.ts'
import { fakeIo, run } from './fake-io.ts'

async function listed(t: TestContext, name: string, prepare: (cwd: string) => void) {
  const { io, written } = fakeIo(t, {})
  prepare(io.cwd)
  return { code: await main(['recordings', 'list', name], io), ...written() }
}

test('a file in place of a directory, and a directory in place of a file', async (t) => {
  const file = await listed(t, 'a.jsonl', (cwd) => writeFileSync(join(cwd, 'a.jsonl'), ''))
  assert.deepEqual([file.code, file.stderr], [2, 'countersign: cannot read a.jsonl: it is a file; name the directory that holds it\n'])
  const inside = await listed(t, 'kept', (cwd) => mkdirSync(join(cwd, 'kept', 'b.jsonl'), { recursive: true }))
  assert.deepEqual([inside.code, inside.stderr], [2, 'countersign: cannot read b.jsonl: it is a directory\n'])
})

test('of a file that is no recording the first lines are named, and the others counted', async (t) => {
  const { code, stderr } = await listed(t, 'kept', (cwd) => {
    mkdirSync(join(cwd, 'kept'))
    writeFileSync(join(cwd, 'kept', 'a.jsonl'), 'x\n'.repeat(1000))
  })
  assert.equal(code, 3)
  assert.match(stderr, /a\.jsonl:5 is no whole line of a recording\ncountersign: and 995 more lines like it\n/)
  assert.equal(stderr.trimEnd().split('\n').length, 7)
})

test('a line beyond the limit is passed over, wherever the file is cut into chunks', async (t) => {
  const { io } = fakeIo(t, {})
  const path = join(io.cwd, 'long')
  writeFileSync(path, `one\r\n${'y'.repeat(200_000)}\n\n${'z'.repeat(1000)}\n${'y'.repeat(1001)}`)
  const lines: (string | undefined)[] = []
  for await (const line of boundedLines(path, 1000)) lines.push(line)
  assert.deepEqual(lines, ['one\r', undefined, '', 'z'.repeat(1000), undefined])
})

test('where recordings cannot be kept: an empty name, a file, a directory that takes none', async (t) => {
  const tried: string[] = []
  const places = ['', 'file', join('file', 'below'), ...(existsSync('/proc/self') ? ['/proc/countersign/kept'] : [])]
  for (const place of places) {
    const args = ['record', '--upstream', 'http://127.0.0.1:9', '--dir', place]
    const { code, stderr } = await run(t, args, { files: { file: '' } })
    tried.push(`${code} ${stderr.trim()}`)
  }
  assert.deepEqual(
    tried,
    [
      '2 countersign: --dir is empty: name a directory',
      '2 countersign: cannot keep recordings in file: it is no directory',
      `2 countersign: cannot keep recordings in ${join('file', 'below')}: no directory can be made there`,
      '2 countersign: cannot keep recordings in /proc/countersign/kept: no directory can be made there',
    ].slice(0, places.length),
  )
})
