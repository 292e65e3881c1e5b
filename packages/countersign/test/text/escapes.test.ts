/** Entities and escapes are undone, in a value and as edits; a plain text stays as it is. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { edited, plainText } from '../../src/text/edited-text.ts'
import { bodyReadings, decodeEntities, entityEdits, escapeEdits, unescapeText } from '../../src/text/escapes.ts'
import { syslogEscapes, syslogRecords } from '../../src/text/wrappings.ts'

test('escapes and entities', () => {
  assert.equal(unescapeText('a\\nb\\"c\\u003cd\\x3e\\\\n'), 'a\nb"c<d>\\n')
  assert.equal(unescapeText('\\u00e9'), '\u00c3\u00a9')
  assert.equal(decodeEntities('a&amp;b&lt;c&#34;d&#xD;&#x20ac;&unknown;'), 'a&b<c"d\r\u00e2\u0082\u00ac&unknown;')
  assert.equal(decodeEntities('&#xD800;&#0;'), '&#xD800;&#0;')
})

test('edits say the same as the values', () => {
  const pieces = fc.constantFrom('a', '\\n', '\\u003c', '\\x3e', '\\\\', '\\q', '&lt;', '&#34;', '&amp;lt;', '&x;', ' ')
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (all) => {
      const text = all.join('')
      assert.equal(edited(plainText(text), escapeEdits(text)).text, unescapeText(text))
      assert.equal(edited(plainText(text), entityEdits(text)).text, decodeEntities(text))
    }),
  )
})

test('the readings of a body begin with the text itself, and keep the place of what they show', () => {
  fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => assert.equal([...bodyReadings(plainText(text))][0]?.text, text)))
  for (const hidden of [
    '&lt;Code&gt;A&lt;/Code&gt;',
    '\\u003cCode\\u003eA\\u003c/Code\\u003e',
    '\\\\u003cCode\\\\u003eA\\\\u003c/Code\\\\u003e',
  ]) {
    const text = `before ${hidden} after`
    const shown = [...bodyReadings(plainText(text))].find((reading) => reading.text.includes('<Code>A</Code>'))
    assert.ok(shown !== undefined, hidden)
    assert.equal(shown.origin(shown.text.indexOf('<Code>')), text.indexOf(hidden))
    assert.equal(shown.origin(shown.text.indexOf('</Code>') + 7), text.indexOf(hidden) + hidden.length)
  }
})

test('line ends of Windows go where every line has one', () => {
  assert.deepEqual(
    [...bodyReadings(plainText('a\r\nb\r\n'))].map(({ text }) => text),
    ['a\r\nb\r\n', 'a\nb\n'],
  )
  assert.equal([...bodyReadings(plainText('a:\r\nb\nc'))].length, 1, 'a carriage return on some lines only is evidence')
})

test('records of syslog are taken apart: what stands before each is left out, and "#012" is a line feed', () => {
  const record = (said: string): string => `Feb  3 10:11:12 app1 up-loader[812]: ${said}\n`
  const undone = (text: string): string => edited(plainText(text), syslogRecords(text)).text
  assert.equal(undone(record('CanonicalRequest:#012PUT#012/b#011c') + record('done')), 'CanonicalRequest:\nPUT\n/b\tc\ndone\n')
  assert.equal(undone(record('Text:#01220260203T101112Z#0')), 'Text:\n20260203T101112Z#0\n')
  for (const plain of ['color: #012345; border: #012\n', record('nothing is escaped'), 'PUT#012/b#012']) assert.equal(undone(plain), plain)
  assert.equal(edited(plainText('PUT#012/b#012'), syslogEscapes('PUT#012/b#012')).text, 'PUT\n/b\n')
})
