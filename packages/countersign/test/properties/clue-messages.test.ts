import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { assembleCase, type EvidenceSource, type Observation } from '../../src/case/index.ts'
import { CAUSES } from '../../src/causes/index.ts'
import { diagnose } from '../../src/diagnosis/index.ts'
import { readEvidence } from '../../src/intake/index.ts'
import { golden, goldenSources } from '../support/golden.ts'

/** What a diagnosis claims, without any sentence. */
function claims(seen: readonly Observation[]): unknown {
  const { outcome, findings } = diagnose(assembleCase(seen, {}), { causes: CAUSES, maxTrials: 2000 })
  return [outcome, findings.map((one) => [one.causes, one.class, one.proof.level, one.alternatives, one.weight])]
}

function sameWithoutWords(name: string, sources: readonly EvidenceSource[]): void {
  const seen = readEvidence(sources)
  if (!seen.some(({ kind }) => kind === 'clue')) return
  const wordless = seen.map((one): Observation => (one.kind === 'clue' ? { ...one, message: 'x' } : one))
  assert.deepEqual(claims(wordless), claims(seen), name)
}

test('the golden cases have the same findings when every clue says "x"', () => {
  for (const one of golden(new URL('../cases', import.meta.url).pathname)) sameWithoutWords(one.name, goldenSources(one))
})

for (const folder of ['cases', 'cases-2']) {
  const dir = new URL(`../../../../../shared/${folder}/`, import.meta.url)
  test(`and so have the threads of ../shared/${folder}`, { skip: !existsSync(dir) }, () => {
    for (const file of readdirSync(dir).filter((one) => one.endsWith('.json'))) {
      const { evidence } = JSON.parse(readFileSync(new URL(file, dir), 'utf8')) as { evidence: { text: string; b64?: string }[] }
      const sources = evidence.map(({ text, b64 }, i) => ({
        name: `evidence-${i + 1}.txt`,
        text: Buffer.from(b64 ?? text, b64 === undefined ? 'utf8' : 'base64').toString('latin1'),
      }))
      sameWithoutWords(file, sources)
    }
  })
}
