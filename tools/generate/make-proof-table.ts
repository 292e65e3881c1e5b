/** Writes the generated tables of docs/manual/what-can-be-proven.md: `npm run proof-table`; with `-- --budget` the slow one too. */
import { readFileSync, writeFileSync } from 'node:fs'
import { budgetTable, proofTable } from '../../packages/countersign/test/support/proof-table.ts'

const PATH = 'docs/manual/what-can-be-proven.md'
let page = readFileSync(PATH, 'utf8')
await write('<!-- faults by evidence -->', proofTable)
// Minutes, not seconds: only where it is asked for.
if (process.argv.includes('--budget')) await write('<!-- budget -->', budgetTable)
writeFileSync(PATH, page)

async function write(mark: string, table: () => Promise<string>): Promise<void> {
  const [before, , after] = page.split(mark)
  if (after === undefined) throw new Error(`${PATH} must hold ${mark} twice, round the table`)
  page = `${before}${mark}\n\n${await table()}\n${mark}${after}`
}
