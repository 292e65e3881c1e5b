/** Every regular expression of the source, literal or built, against texts made to slow it down. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusalOf } from '../support/growth/pattern-growth.ts'
import { literalsOf, sourcePatterns } from '../support/growth/source-patterns.ts'

test('every regular expression takes linear time', async () => {
  const patterns = await sourcePatterns()
  assert.ok(patterns.length > 1000, 'the patterns are found')
  const refused = patterns.flatMap(({ pattern, where }) => {
    const why = refusalOf(pattern)
    return why === undefined ? [] : [`${where}: ${String(pattern).slice(0, 300)}\n    on ${why}`]
  })
  assert.equal(refused.length, 0, `give what is repeated a bound, or scan by hand:\n${refused.join('\n')}`)
})

test('a pattern that backtracks is refused', () => {
  for (const pattern of [/^\s*(?:a: )?Request has expired/im, /a=[^,]*;b/, /"(.{0,60000})";/])
    assert.match(refusalOf(pattern) ?? '', / times as long as half/, String(pattern))
  assert.match(refusalOf(/(?:b|a+){1,20}$/, 1000) ?? '', /does not end| bytes take /)
})

test('a pattern with a bound is not', () => {
  for (const pattern of [/\s{0,20}$/, /(?<!\s)\s+$/, /a=[^,]{0,400};b/, /^[^\n]*$/m])
    assert.equal(refusalOf(pattern), undefined, String(pattern))
})

test('literals are found among divisions, comments, strings and templates', () => {
  const source =
    'const a = b / c / d // no /one/\nconst e = [/x[/]y/gi, "/s/", `/t/$' + '{f(/u\\/v/)}/w/`]\nreturn /z/.test(e) ? 1 / 2 : (a) / b\n'
  assert.deepEqual(literalsOf(source).map(String), ['/x[/]y/gi', '/u\\/v/', '/z/'])
})
