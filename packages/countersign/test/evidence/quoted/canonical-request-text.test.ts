/** Canonical requests by themselves. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalRequestText } from '../../../src/evidence/quoted/canonical-request-text.ts'
import { read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(canonicalRequestText)

const TEXT = 'GET\n/test.txt\n\nhost:examplebucket.s3.amazonaws.com\nx-amz-date:20130524T000000Z\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD'

test('labels, quotations, CRLF and container prefixes change nothing', () => {
  const forms = [
    TEXT,
    `CanonicalRequest:\n${TEXT}\n\nmore`,
    `canonical_request=${TEXT}`,
    `CanonicalRequest: "${TEXT}"`,
    TEXT.replace(/\n/g, '\r\n'),
    TEXT.replace(/^/gm, '> '),
    TEXT.replace(/^/gm, 'app_1  | '),
    `canonicalRequest: '${TEXT.replace(/\n/g, '\\n')}',`,
  ]
  for (const form of forms)
    assert.deepEqual(
      seenOf(read(canonicalRequestText, form), 'canonical-request').map(({ text }) => text),
      [TEXT],
      form,
    )
})

test('the side is the declared one, else the signer', () => {
  assert.equal(seenOf(read(canonicalRequestText, TEXT), 'canonical-request')[0]?.side, 'signer')
  assert.equal(seenOf(read(canonicalRequestText, TEXT, 'verifier'), 'canonical-request')[0]?.side, 'verifier')
})

test('texts that error documents and logs hold are left to their readers', () => {
  const others = [
    `The Canonical String for this request should have been\n'${TEXT}'\n`,
    `<CanonicalRequest>${TEXT}</CanonicalRequest>`,
    `{"message": "should have been\\n'${TEXT.replace(/\n/g, '\\n')}'"}`,
    `botocore.auth - DEBUG - CanonicalRequest:\n${TEXT}`,
    `AWS4 Canonical Request: '"${TEXT}"`,
    `* aws_sigv4: Canonical request (enclosed in []) - [${TEXT}]`,
  ]
  for (const other of others) assert.deepEqual(read(canonicalRequestText, other), [], other)
})

test('header lines alone count where a side is declared', () => {
  const headers = 'x-amz-date:20240914T064714Z\nx-amz-content-sha256:UNSIGNED-PAYLOAD'
  assert.equal(seenOf(read(canonicalRequestText, headers + '\n', 'verifier'), 'canonical-request')[0]?.text, headers)
  assert.deepEqual(read(canonicalRequestText, headers), [])
})

test('a beginning with a mark for the rest', () => {
  const beginning = (text: string, side?: 'signer' | 'verifier') => seenOf(read(canonicalRequestText, text, side), 'canonical-request')
  for (const mark of ['[...]', '...', '(...)', '<snip>', '\u00e2\u0080\u00a6'])
    assert.equal(beginning(`GET\n/a\nlist-type=2&prefix=b\n${mark}`)[0]?.text, 'GET\n/a\nlist-type=2&prefix=b\n***', mark)
  assert.equal(beginning('GET\n/a\n\nhost:b\n...\n')[0]?.text, 'GET\n/a\n\nhost:b\n***')
  for (const text of ['GET\n/a\n\n...', 'GET\n/a\nlist-type=2\nmore text', 'GET\n/a\nsome words\n...', 'GET\n/a b\nc=d\n...'])
    assert.deepEqual(beginning(text), [], text)
  assert.deepEqual(beginning('GET\n/a\nlist-type=2\n...', 'verifier'), [])
  // Beside a whole text it says nothing more.
  assert.equal(beginning(`GET\n/a\nlist-type=2\n...\n\n${TEXT}\n`).length, 1)
})
