/** The tutorials, done step by step as a reader does them. What they say is printed has to be printed. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ROOT } from '../support/documents/code-examples.ts'
import { isPrinted, printedSoFar } from '../support/documents/printed-lines.ts'
import { runTutorial } from '../support/documents/run-tutorial.ts'
import { readTutorial } from '../support/documents/tutorial.ts'

const DIR = 'docs/tutorials'
const TUTORIALS = readdirSync(join(ROOT, DIR)).filter((name) => name.endsWith('.md'))

for (const name of TUTORIALS)
  test(`${name}: every command prints what the tutorial says`, { timeout: 300_000 }, async (context) => {
    const tutorial = readTutorial(`${DIR}/${name}`)
    const runs = await runTutorial(tutorial)
    for (const { step, skipped, printed, actual } of runs) {
      if (skipped)
        context.diagnostic(`not run here, for want of ${step.needs.join(' and ')}: ${step.kind === 'command' ? step.command : step.kind}`)
      if (printed === undefined) continue
      const place = `${DIR}/${name}:${printed.from + 1}`
      assert.deepEqual(actual, printed.lines, `${place}; npm run tutorials -- --write renews what is printed, read the difference`)
    }
    assert.ok(runs.some(({ skipped, printed }) => !skipped && printed !== undefined && printed.lines.length > 3))
  })

test('there are three, and the index names each', () => {
  const index = readFileSync(join(ROOT, 'docs/README.md'), 'utf8')
  assert.ok(TUTORIALS.length >= 3)
  for (const name of TUTORIALS) assert.ok(index.includes(`tutorials/${name}`), name)
})

test('what is printed is compared line by line, but for dates, hashes and IDs', () => {
  assert.equal(isPrinted(['a 20260303T081531Z', '...', 'c'], ['a 20270101T000000Z', 'b', 'b', 'c']), true)
  assert.equal(isPrinted(['...', 'c'], ['c']), true)
  for (const lines of [['a'], ['a', 'c', 'd'], ['a', 'x'], []]) assert.equal(isPrinted(['a', 'c'], lines), false)
  assert.equal(printedSoFar(['a'], ['a', 'b']), 1)
  assert.equal(printedSoFar(['a', '...', 'b'], ['a', 'x']), undefined)
})
