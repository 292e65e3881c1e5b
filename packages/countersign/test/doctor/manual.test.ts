/** The manual lists every check. UPDATE_MANUAL=1 writes the list. */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { CHECKS } from '../../src/doctor/index.ts'

const MANUAL = new URL('../../../../docs/manual/doctor.md', import.meta.url)
const MARK = '<!-- checks -->\n'

test('the manual lists every check with what it looks at', () => {
  const rows = Object.entries(CHECKS).map(([id, about]) => `| \`${id}\` | ${about} |\n`)
  const [before, written, after] = readFileSync(MANUAL, 'utf8').split(MARK)
  const expected = `| id | looks at |\n|---|---|\n${rows.join('')}`
  if (process.env['UPDATE_MANUAL'] === '1') writeFileSync(MANUAL, [before, expected, after].join(MARK))
  else assert.equal(written, expected, 'run this test with UPDATE_MANUAL=1')
})
