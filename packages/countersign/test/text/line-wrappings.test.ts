/** What stands before lines goes where all lines have it, or where a line is taken alone. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { edited, plainText } from '../../src/text/edited-text.ts'
import { bareLine, unprefixed } from '../../src/text/line-wrappings.ts'

const TEXT = 'GET\n/a%20b\nx=1\nhost:demo\n\nhost\nUNSIGNED-PAYLOAD'
const NOTHING = /^\b$/

const bare = (text: string): string => edited(plainText(text), unprefixed(text, NOTHING)).text
const eachLine = (prefix: string): string =>
  TEXT.split('\n')
    .map((line) => prefix + line)
    .join('\n')

test('a prefix of all lines', () => {
  assert.equal(bare(TEXT), TEXT)
  for (const prefix of ['> ', '==> default: ', 'web_1  | ', '2024-10-11 09:30:12,123 ', 'DEBUG '])
    assert.equal(bare(eachLine(prefix)), TEXT)
  assert.equal(bare('<Error>\n<Code>A</Code>\n</Error>'), '<Error>\n<Code>A</Code>\n</Error>')
})

test('an indent, before what the caller names', () => {
  assert.equal(
    edited(plainText('so:\n    GET\n    /a\n'), unprefixed('so:\n    GET\n    /a\n', /^ {1,40}(?=GET\b)/)).text,
    'so:\nGET\n/a\n',
  )
  assert.equal(bare('so:\n    GET\n    /a\n'), 'so:\n    GET\n    /a\n')
})

test('a line taken alone', () => {
  assert.equal(bareLine('2024-10-11 09:30:12,123 DEBUG SignatureDoesNotMatch: no'), 'SignatureDoesNotMatch: no')
  assert.equal(bareLine('web_1  | AccessDenied'), 'AccessDenied')
  assert.equal(bareLine('SignatureDoesNotMatch: no'), 'SignatureDoesNotMatch: no')
})
