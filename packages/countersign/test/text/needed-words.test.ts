/** A pattern that matches holds one of its needed words: who looks for them first loses nothing. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { DETAIL_RULES, MESSAGE_RULES } from '../../src/evidence/refusals/stated-rules.ts'
import { neededWords } from '../../src/text/needed-words.ts'

for (const [pattern, words] of [
  [/Request has expired/i, ['request has expired']],
  [/the (?:first|second) part/, [' part']],
  [/ends? of line/, [' of line']],
  [/ab*cdef|(?:not )?known\.|[|(\])]wxyz+/, ['cdef', 'known.', 'wxyz']],
  [/\bHost\b header\d{2}names|x\/yy\x41zzzz\u0041abcde/, [' header', 'abcde']],
  [/four{2}teen|thir{1}ty four/, ['teen', 'ty four']],
  [/^seven$\n(x)\1eight/, ['seven']],
  [/a(?!never mind)bcde(?<n>f|(g)h)?/, ['bcde']],
] as const)
  test(`${pattern}: ${words.join(', ')}`, () => assert.deepEqual(neededWords(pattern), words))

for (const pattern of [/abc/, /known|(?:un)?so/, /known|/, /\u{1f600}abcdef/u, /[abcdef]/])
  test(`${pattern} has to be tried`, () => assert.equal(neededWords(pattern), undefined))

test('of every text of the cases that a wording of a refusal matches, a word stands in it', () => {
  const dir = new URL('../cases/', import.meta.url)
  const texts = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(`${entry.parentPath ?? entry.path}/${entry.name}`, 'latin1'))
  const rules = [...MESSAGE_RULES, ...DETAIL_RULES]
  let matched = 0
  for (const { text } of rules) {
    const words = neededWords(text)
    if (words === undefined) continue
    for (const one of texts) {
      if (!text.test(one)) continue
      matched++
      const small = one.toLowerCase()
      assert.ok(
        words.some((word) => small.includes(word)),
        `${text}: ${words.join(', ')}`,
      )
    }
  }
  assert.ok(matched > 100)
  assert.ok(rules.filter(({ text }) => neededWords(text) !== undefined).length > rules.length * 0.7)
})
