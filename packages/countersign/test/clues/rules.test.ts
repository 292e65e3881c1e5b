import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FAMILIES } from '../../src/clues/index.ts'

for (const { reader, rules } of FAMILIES)
  for (const { id, fires = [], silent = [] } of rules)
    test(`${reader.id}: ${id} fires on its examples and on none of their twins`, () => {
      const firedIn = (text: string): boolean =>
        reader.read({ name: 'evidence.txt', text }).some((one) => one.kind === 'clue' && one.rule === id)
      for (const text of fires) assert.ok(firedIn(text), text)
      for (const text of silent) assert.ok(!firedIn(text), text)
    })

test('a rule has one id', () => {
  const ids = FAMILIES.flatMap(({ rules }) => rules.map(({ id }) => id))
  assert.deepEqual(
    ids.filter((id, i) => ids.indexOf(id) !== i),
    [],
  )
})
