/** What tools do to a text is undone; a plain text stays as it is. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeEntities, readingsOf, unescapeText, unwrapLines } from '../../src/text/unwrap-text.ts'

const TEXT = 'GET\n/a%20b\nx=1\nhost:demo\n\nhost\nUNSIGNED-PAYLOAD'
const eachLine = (prefix: string): string =>
  TEXT.split('\n')
    .map((line) => prefix + line)
    .join('\n')

test('line wrappings', () => {
  assert.equal(unwrapLines(TEXT), TEXT)
  assert.equal(unwrapLines(eachLine('> ')), TEXT)
  assert.equal(unwrapLines(eachLine('==> default: ')), TEXT)
  assert.equal(unwrapLines(eachLine('web_1  | ')), TEXT)
  assert.equal(unwrapLines(eachLine('2024-10-11 09:30:12,123 DEBUG ')), TEXT)
  assert.equal(unwrapLines(TEXT.replaceAll('\n', '\r\n')), TEXT)
  assert.equal(unwrapLines(`\u001b[31m${TEXT}\u001b[0m`), TEXT)
  assert.equal(unwrapLines('a:\r\nb\nc'), 'a:\r\nb\nc', 'a carriage return on some lines only is evidence')
  assert.equal(unwrapLines('<Error>\n<Code>A</Code>\n</Error>'), '<Error>\n<Code>A</Code>\n</Error>')
})

test('escapes and entities', () => {
  assert.equal(unescapeText('a\\nb\\"c\\u003cd\\x3e\\\\n'), 'a\nb"c<d>\\n')
  assert.equal(unescapeText('\\u00e9'), '\u00c3\u00a9')
  assert.equal(decodeEntities('a&amp;b&lt;c&#34;d&#xD;&#x20ac;&unknown;'), 'a&b<c"d\r\u00e2\u0082\u00ac&unknown;')
  assert.equal(decodeEntities('&#xD800;&#0;'), '&#xD800;&#0;')
})

test('readings begin with the text itself, and never throw', () => {
  fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => assert.equal(readingsOf(text)[0], text)))
})
