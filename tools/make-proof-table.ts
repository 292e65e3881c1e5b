/** Writes the generated tables of docs/manual/what-can-be-proven.md: `npm run proof-table`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { proofTable } from '../packages/countersign/test/support/proof-table.ts'

const PATH = 'docs/manual/what-can-be-proven.md'
const page = readFileSync(PATH, 'utf8')
const MARK = '<!-- faults by evidence -->'
const [before, , after] = page.split(MARK)
if (after === undefined) throw new Error(`${PATH} must hold ${MARK} twice, round the table`)
writeFileSync(PATH, `${before}${MARK}\n\n${await proofTable()}\n${MARK}${after}`)
