/** Dictionaries as programs print them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dictionaryAt, quotedText } from '../../src/text/python-repr.ts'

test('strings with escapes', () => {
  assert.deepEqual(quotedText("b'a\\'b\\n\\xe9\\\\'x", 0), { value: "a'b\n\u00e9\\", end: 15 })
  assert.equal(quotedText('"open', 0), undefined)
})

test('Python, Ruby, Rust and Go pairs; lists give a pair for each member', () => {
  assert.deepEqual(dictionaryAt("{'a': b'1', 'b': '2'} rest", 0)?.pairs, [
    ['a', '1'],
    ['b', '2'],
  ])
  assert.deepEqual(dictionaryAt('{"a"=>"1", "b"=>"2"}', 0)?.pairs, [
    ['a', '1'],
    ['b', '2'],
  ])
  assert.deepEqual(dictionaryAt("{'a': ['1', '2'], 'b': 3, 'c': '4'}", 0)?.pairs, [
    ['a', '1'],
    ['a', '2'],
    ['c', '4'],
  ])
  assert.deepEqual(dictionaryAt("{'a': '1', 'b': 'cu", 0)?.pairs, [['a', '1']])
  assert.equal(dictionaryAt('{1: 2}', 0), undefined)
})
