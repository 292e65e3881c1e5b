/** The manual's table of what can be proven from what is what diagnosis does. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { proofTable } from '../support/proof-table.ts'

const PAGE = join(import.meta.dirname, '../../../../docs/manual/what-can-be-proven.md')

test('the table in the manual is true, and nothing in it is another fault proven', async () => {
  const table = await proofTable()
  assert.ok(!/\| \([a-z]/.test(table), `another fault is claimed:\n${table}`)
  assert.ok(!table.includes('silent'), 'an answer neither names a cause nor asks for anything')
  assert.ok(readFileSync(PAGE, 'utf8').includes(table), `renew it with npm run proof-table\n${table}`)
})
