// A suite's table: what each of its tests is expected to say, and why where it does not pass.
import { readFileSync } from 'node:fs'

export const VERDICTS = ['pass', 'as AWS', 'undecided', 'out of scope']
/** What a row of each verdict has to have beside it: a claim about AWS needs its source. */
const NEEDS = { pass: [], 'as AWS': ['says', 'why', 'source'], undecided: ['says', 'why'], 'out of scope': ['why'] }

export function readTable(suite) {
  const table = JSON.parse(readFileSync(new URL(`./${suite}.json`, import.meta.url), 'utf8'))
  for (const [test, row] of Object.entries(table.tests)) {
    if (!VERDICTS.includes(row.verdict))
      throw new Error(`${suite}.json: ${test} has the verdict ${row.verdict}; use one of ${VERDICTS.join(', ')}`)
    for (const field of NEEDS[row.verdict])
      if (!row[field]) throw new Error(`${suite}.json: ${test} is "${row.verdict}" and needs "${field}"`)
  }
  return table
}

/** Whether there is something to hold against what a test says. A test without a row is judged: somebody has to write the row. */
export const isJudged = (row) => row?.verdict !== 'out of scope' || row.says !== undefined

/** How an outcome differs from its row; undefined where it does not. */
export function difference(row, { passed, says }) {
  if (row === undefined) return `not in the table. The suite says: ${passed ? 'passed' : says}`
  if (row.verdict === 'pass') return passed ? undefined : `it no longer passes. The suite says: ${says}`
  if (passed) return `it passes now; write "verdict": "pass" in its row`
  if (matches(row.says, says)) return undefined
  return `it fails otherwise than the table says.\n    table: ${row.says}\n    suite: ${says}`
}

/** One `*` of a row's text stands for what differs from run to run. */
function matches(pattern, text) {
  const [head, tail] = pattern.split('*')
  return tail === undefined ? text === head : text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail)
}
