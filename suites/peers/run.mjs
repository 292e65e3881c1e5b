// Test suites of others against `countersign serve --strict`; what each test says is held against a table. See README.md.
import { parseArgs } from 'node:util'
import { start } from '../differential/servers/countersign.mjs'
import { difference, readTable, VERDICTS } from './table.mjs'
import * as versitygw from './versitygw.mjs'

const SUITES = [versitygw]
const JOBS = 2
const { values: options } = parseArgs({ options: { only: { type: 'string' }, verbose: { type: 'boolean' } } })
const suites = SUITES.filter(({ name }) => options.only === undefined || options.only.split(',').includes(name))
const counts = { passed: 0, failed: 0 }
for (const suite of suites) await tried(suite)
console.log(`${counts.passed} passed, ${counts.failed} failed`)
if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1

async function tried(suite) {
  const table = readTable(suite.name)
  suite.install()
  if (suite.version() !== table.version)
    throw new Error(`${suite.name} ${suite.version()} is installed and the table is for ${table.version}; remove the installed one`)
  const outcomes = await run(suite)
  for (const [test, outcome] of outcomes) judged(suite, test, table.tests[test], outcome)
  for (const test of Object.keys(table.tests)) if (!outcomes.has(test)) failed(suite, test, 'it is in the table and not in the suite')
  const found = [...outcomes.keys()].map((test) => table.tests[test]?.verdict)
  const verdicts = VERDICTS.map((verdict) => `${verdict} ${found.filter((each) => each === verdict).length}`)
  console.log(`${suite.name} ${table.version}: ${outcomes.size} tests; ${verdicts.join(', ')}`)
}

/** Each worker has a server: two tests at a time on one would meet in the same bucket. */
async function run(suite) {
  const tests = suite.tests()
  const queue = [...tests]
  const outcomes = new Map()
  await Promise.all(
    Array.from({ length: JOBS }, async () => {
      const server = await start()
      const place = suite.place()
      try {
        for (let test = queue.shift(); test !== undefined; test = queue.shift())
          outcomes.set(test, await suite.outcome(test, { ...server, folder: place.folder }))
      } finally {
        place.end()
        await server.end()
      }
    }),
  )
  return new Map(tests.map((test) => [test, outcomes.get(test)]))
}

function judged(suite, test, row, outcome) {
  const differs = difference(row, outcome)
  if (differs !== undefined) return failed(suite, test, differs)
  counts.passed += 1
  if (options.verbose) console.log(`ok ${suite.name} ${test}: ${row.verdict}${row.why === undefined ? '' : `. ${row.why}`}`)
}

function failed(suite, test, why) {
  counts.failed += 1
  console.log(`not ok ${suite.name} ${test}: ${why}`)
}
