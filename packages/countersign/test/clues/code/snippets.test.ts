import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { assembleCase, CAUSES, diagnose, readEvidence } from '../../../src/index.ts'

/** Pieces of code as people ask about them, each with one mistake; the file's name starts with the class of it. */
const folder = fileURLToPath(new URL('./snippets/', import.meta.url))
const REFUSAL = '{"message":"The request signature we calculated does not match the signature you provided."}'

for (const file of readdirSync(folder)) {
  const expected = file.replace(/\.\d+\.txt$/, '')
  test(`${file}: the first finding is of the class ${expected}, and nothing is called proven`, () => {
    const text = readFileSync(folder + file, 'latin1')
    const evidence = readEvidence([
      { name: 'code.txt', text },
      { name: 'error.txt', text: REFUSAL },
    ])
    const diagnosis = diagnose(assembleCase(evidence), { causes: CAUSES })
    assert.equal(diagnosis.findings[0]?.class, expected)
    assert.equal(diagnosis.outcome, 'likely')
  })
}
