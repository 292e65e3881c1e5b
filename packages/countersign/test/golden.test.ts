import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { EXAMPLE_SECRET, golden, goldenReport } from './support/golden.ts'

const CASES = golden(join(import.meta.dirname, 'cases'))

test('there are golden cases, and each has the report it is compared with', () => {
  assert.ok(CASES.length > 0)
  for (const { dir } of CASES)
    assert.ok(existsSync(join(dir, 'expected.txt')), `${dir}: make it with tools/generate/make-golden-cases.ts --expected`)
})

for (const one of CASES) {
  const kind = one.name.split('/')[1]!.split('-')[0]
  test(`golden ${one.name}`, () => {
    const { diagnosis, text } = goldenReport(one)
    const [first] = diagnosis.findings
    // Equal texts leave every fault of the key: as alternatives, none of them is claimed.
    const equalTexts = first?.proof.level === 'text' && first.causes.join() === 'secret-mismatch'
    const named = first === undefined ? [] : [...first.causes, ...(equalTexts && kind === 'not' ? [] : first.alternatives)]
    if (kind === 'not')
      assert.ok(first === undefined || first.proof.level === 'none' || !named.includes(one.cause), `${one.cause} is claimed: ${text}`)
    else assert.ok(named.includes(one.cause), `first finding is ${named}: ${text}`)
    if (one.secret) assert.equal(first?.proof.level, 'signature', text)
    if (kind === 'stated') assert.equal(first?.proof.level, 'stated', text)
    assert.equal(text, readFileSync(join(one.dir, 'expected.txt'), 'utf8'))
    assert.ok(!text.includes(EXAMPLE_SECRET))
  })
}
