/** Objects as JavaScript prints them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { inspectedObject } from '../../src/text/inspected.ts'

test('names quoted or bare, strings joined, lists, objects, classes, and what has no text', () => {
  const text = `{ a: 'x' + "y" +\n 'z', 'b-c': [ '1', 2 ], d: URL { e: \`f\` }, g: undefined, h: [Function: i], j: <Buffer 00>, k: null, l: true }tail`
  const found = inspectedObject(text, 0)
  assert.deepEqual(found?.value, {
    a: 'xyz',
    'b-c': ['1', '2'],
    d: { e: 'f' },
    g: undefined,
    h: undefined,
    j: undefined,
    k: 'null',
    l: 'true',
  })
  assert.equal(text.slice(found.end), 'tail')
})

test('JSON objects of strings are read as they are', () => {
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: fc.constantFrom('a', '"', '\\', ' ', '{', '}', ':') }),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), tie('any')),
    ),
  })).any
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), value), (object) => {
      assert.deepEqual(JSON.parse(JSON.stringify(inspectedObject(JSON.stringify(object), 0)?.value)), JSON.parse(JSON.stringify(object)))
    }),
  )
})

test('what is cut, or too deep, is no object; nothing throws', () => {
  assert.equal(inspectedObject("{ a: 'x", 0), undefined)
  assert.equal(inspectedObject('{'.repeat(50), 0), undefined)
  assert.equal(inspectedObject(`{a:${'{a:'.repeat(30)}1${'}'.repeat(31)}`, 0), undefined)
  fc.assert(fc.property(fc.string(), (text) => void inspectedObject(`{${text}`, 0)))
})
