// Test suites of others against `countersign serve --strict`; what each test says is held against a table. See README.md.
import { parseArgs } from 'node:util'
import { start } from '../differential/servers/countersign.mjs'
import * as minioGo from './minio-go.mjs'
import { difference, isJudged, readTable, VERDICTS } from './table.mjs'
import * as versitygw from './versitygw.mjs'

const SUITES = [versitygw, minioGo]
const JOBS = 2
const { values: options } = parseArgs({ options: { only: { type: 'string' }, all: { type: 'boolean' }, verbose: { type: 'boolean' } } })
const suites = SUITES.filter(({ name }) => options.only === undefined || options.only.split(',').includes(name))
const counts = { passed: 0, failed: 0 }
for (const suite of suites)
  try {
    await tried(suite)
  } catch (error) {
    counts.failed += 1
    console.log(`not ok ${suite.name}: ${error.message}`)
  }
console.log(`${counts.passed} passed, ${counts.failed} failed`)
if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1

async function tried(suite) {
  const table = readTable(suite.name)
  suite.install()
  if (suite.version() !== table.version)
    throw new Error(`${suite.name} ${suite.version()} is installed and the table is for ${table.version}; remove the installed one`)
  const tests = suite.tests()
  const rowOf = (test) => table.tests[test]
  const outcomes = await outcomesOf(
    suite,
    tests.filter((test) => options.all || isJudged(rowOf(test))),
  )
  for (const test of tests.filter((each) => outcomes.has(each))) {
    const outcome = outcomes.get(test)
    if (isJudged(rowOf(test))) judged(suite, test, rowOf(test), outcome)
    else console.log(`not judged ${suite.name} ${test}: ${outcome.passed ? 'passed' : outcome.says}`)
  }
  for (const test of Object.keys(table.tests)) if (!tests.includes(test)) failed(suite, test, 'it is in the table and not in the suite')
  const verdicts = VERDICTS.map((verdict) => `${verdict} ${tests.filter((test) => rowOf(test)?.verdict === verdict).length}`)
  console.log(`${suite.name} ${table.version}: ${tests.length} tests, ${outcomes.size} run; ${verdicts.join(', ')}`)
}

/** Each worker has a server: two tests at a time on one would meet in the same bucket. */
async function outcomesOf(suite, tests) {
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
        await place.end()
        await server.end()
      }
    }),
  )
  return outcomes
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
