import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assembleCase } from '../../../src/case/index.ts'
import { CAUSES } from '../../../src/causes/index.ts'
import { WEIGHT_OF } from '../../../src/causes/kit/clue-weight.ts'
import { cluesWeigh } from '../../../src/causes/kit/suspicion.ts'
import { denials } from '../../../src/clues/index.ts'
import { readEvidence } from '../../../src/intake/index.ts'
import { readerLaws } from '../../evidence/reader-laws.ts'

readerLaws(denials)

function weight(id: string, ...texts: readonly string[]): number {
  const seen = readEvidence(texts.map((text, i) => ({ name: `piece-${i}`, text })))
  return cluesWeigh(assembleCase(seen, {}), CAUSES.find((cause) => cause.id === id)!).weight
}

const FAIR = 'Since the last deploy we strip a prefix from the path behind nginx, and every call is refused.\n'
const SEEN = 'AWS_REGION=eu-west-2\nMINIO_SITE_REGION=eu-west-1\n'

test('a denial in another piece lowers a fair suspicion to weak', () => {
  assert.ok(weight('path-rewritten', FAIR) > WEIGHT_OF.weak)
  const denied = weight('path-rewritten', FAIR, 'Our proxy does not change the request.\n')
  assert.ok(denied > 0 && denied <= WEIGHT_OF.weak, `${denied}`)
})

test('a denial of another subject changes nothing, nor does one against a difference that was seen', () => {
  assert.equal(weight('path-rewritten', FAIR, 'The clock is in step.\n'), weight('path-rewritten', FAIR))
  assert.ok(weight('region-mismatch', SEEN, 'The region is correct.\n') >= WEIGHT_OF.strong)
})

test('a denial alone suspects nothing', () => {
  for (const { id } of CAUSES) assert.equal(weight(id, 'The clock is in step.\n'), 0, id)
})
