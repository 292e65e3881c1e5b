import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clue, type Strength } from '../../../src/case/clue.ts'
import { type SharedClue, WEIGHT_OF, weightTogether } from '../../../src/causes/kit/clue-weight.ts'

const shared = (rule: string, strength: Strength, share = 1): SharedClue => ({
  clue: clue({ rule, about: 'clock.skew', strength, message: 'Line 1: because.' }, { source: 'notes.txt', start: 0, end: 1 }),
  share,
})

test('clues that agree weigh more than the strongest of them', () => {
  assert.equal(weightTogether([]), 0)
  assert.equal(weightTogether([shared('a', 'fair')]), WEIGHT_OF.fair)
  const two = weightTogether([shared('a', 'fair'), shared('b', 'weak')])
  assert.ok(two > WEIGHT_OF.fair && two < WEIGHT_OF.strong)
  assert.ok(weightTogether([shared('a', 'fair'), shared('b', 'weak'), shared('c', 'weak')]) > two)
})

test('one rule counts once, and a share lowers what a clue adds', () => {
  assert.equal(weightTogether([shared('a', 'fair'), shared('a', 'fair')]), WEIGHT_OF.fair)
  assert.ok(weightTogether([shared('a', 'fair'), shared('b', 'weak', 0.1)]) < weightTogether([shared('a', 'fair'), shared('b', 'weak')]))
})

test('many clues never weigh as much as a text that was seen', () => {
  assert.ok(weightTogether(Array.from({ length: 50 }, (_, i) => shared(`${i}`, 'strong'))) <= 0.85)
})
