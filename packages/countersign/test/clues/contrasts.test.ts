import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contrasts } from '../../src/clues/index.ts'
import { read, readerLaws, seenOf } from '../evidence/reader-laws.ts'

readerLaws(contrasts)

const strengths = (text: string): readonly string[] =>
  seenOf(read(contrasts, text), 'clue').map(({ rule, strength }) => `${rule} ${strength}`)

/** One contrast, as a table, a list, two lists and a sentence. */
const LAID_OUT: readonly string[] = [
  '| name | result |\n|---|---|\n| plain.txt | 200 |\n| other.txt | 200 |\n| two words.txt | 403 |\n| the third.txt | 403 |\n',
  '- plain.txt: ok\n- other.txt: ok\n- two words.txt: SignatureDoesNotMatch\n- the third.txt: SignatureDoesNotMatch\n',
  'These work:\n\n- plain.txt\n- other.txt\n\nThese fail:\n\n- two words.txt\n- the third.txt\n',
  '"plain.txt" and "other.txt" work, "two words.txt" and "the third.txt" fail.\n',
  '\xe2\x9c\x85 `plain.txt`\n\xe2\x9c\x85 `other.txt`\n\xe2\x9d\x8c `two words.txt`\n\xe2\x9d\x8c `the third.txt`\n',
]

test('what separates two sets is found in a table, lists and a sentence, in any order of lines', () => {
  for (const text of LAID_OUT) assert.deepEqual(strengths(text), ['apart-by-name-space strong'], text)
  const [, list] = LAID_OUT
  assert.deepEqual(strengths(`${list!.trim().split('\n').reverse().join('\n')}\n`), ['apart-by-name-space strong'])
})

test('one item of the other set that has the property, too, silences it', () => {
  for (const text of LAID_OUT.slice(0, 2)) assert.deepEqual(strengths(text.replace('other.txt', 'an other.txt')), [], text)
})

test('of several properties each says little; with one item on a side it is fair', () => {
  assert.deepEqual(strengths('- `a.txt` works\n- `b c+d.txt` fails\n'), ['apart-by-name-plus weak', 'apart-by-name-space weak'])
  assert.deepEqual(strengths('- `a.txt` works\n- `b c.txt` fails\n'), ['apart-by-name-space fair'])
})

test('an item that passes and fails says nothing, nor does a set without its counterpart', () => {
  assert.deepEqual(strengths('- `b c.txt` works\n- `b c.txt` fails\n'), [])
  assert.deepEqual(strengths('- `b c.txt` fails\n- `c d.txt` fails\n'), [])
})

test('times, media types and signatures in quotes are no items', () => {
  assert.deepEqual(strengths('- "abcdefghijklmnopqrstuvwx/yz=" works\n- "abcdefghijklm+nopqrstuvwxyz=" fails\n'), [])
  assert.deepEqual(strengths('"application/json" works, "text/plain; charset=utf-8" fails.\n'), [])
  assert.deepEqual(strengths('- at 10:30 it works\n- at 10:45 it fails\n'), [])
})
