import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CAUSES } from '../../src/causes/index.ts'
import { FAMILIES } from '../../src/clues/index.ts'

for (const { reader, rules } of FAMILIES)
  for (const { id, fires = [], silent = [] } of rules)
    test(`${reader.id}: ${id} fires on its examples and on none of their twins`, () => {
      const firedIn = (text: string): boolean =>
        reader.read({ name: 'evidence.txt', text }).some((one) => one.kind === 'clue' && one.rule === id)
      for (const text of fires) assert.ok(firedIn(text), text)
      for (const text of silent) assert.ok(!firedIn(text), text)
    })

test('an id stands once in a family, and means the same in all of them: then it counts once', () => {
  const meaning = new Map<string, string>()
  for (const { reader, rules } of FAMILIES) {
    const ids = rules.map(({ id }) => id)
    assert.equal(new Set(ids).size, ids.length, reader.id)
    for (const { id, about } of rules) {
      assert.equal(meaning.get(id) ?? classOf(about), classOf(about), id)
      meaning.set(id, classOf(about))
    }
  }
})

test('every rule has a text that fires it and a twin that does not', () => {
  for (const { reader, rules } of FAMILIES)
    for (const { id, fires = [], silent = [] } of rules) assert.ok(fires.length > 0 && silent.length > 0, `${reader.id}: ${id}`)
})

function classOf(about: string): string {
  return CAUSES.find(({ id }) => id === about)?.class ?? about
}
