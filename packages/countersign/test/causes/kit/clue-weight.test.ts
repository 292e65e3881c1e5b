import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type SharedHint, weightTogether } from '../../../src/causes/kit/clue-weight.ts'

const hint = (rule: string, weight: number, share = 1): SharedHint => ({
  hint: {
    kind: 'hint',
    hint: 'clock.skew',
    weight,
    why: 'Line 1: because.',
    values: { rule },
    location: { source: 'notes.txt', start: 0, end: 1 },
    fidelity: 'inferred',
  },
  share,
})

test('hints that agree weigh more than the strongest of them', () => {
  assert.equal(weightTogether([]), 0)
  assert.equal(weightTogether([hint('a', 0.5)]), 0.5)
  const two = weightTogether([hint('a', 0.5), hint('b', 0.4)])
  assert.ok(two > 0.5 && two < 0.6)
  assert.ok(weightTogether([hint('a', 0.5), hint('b', 0.4), hint('c', 0.4)]) > two)
})

test('one rule counts once, and a share lowers what a hint adds', () => {
  assert.equal(weightTogether([hint('a', 0.5), hint('a', 0.5)]), 0.5)
  assert.ok(weightTogether([hint('a', 0.5), hint('b', 0.4, 0.1)]) < weightTogether([hint('a', 0.5), hint('b', 0.4)]))
})

test('many small hints never weigh as much as a text that was seen', () => {
  const many = Array.from({ length: 50 }, (_, i) => hint(`${i}`, 0.6))
  assert.ok(weightTogether(many) <= 0.85)
  assert.equal(weightTogether([hint('a', 0.95), ...many]), 0.95)
})
