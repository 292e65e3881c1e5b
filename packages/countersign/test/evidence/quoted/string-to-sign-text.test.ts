/** Strings to sign by themselves. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringToSignText } from '../../../src/evidence/quoted/string-to-sign-text.ts'
import { read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(stringToSignText)

const TEXT =
  'AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n7344ae5b7ee6c3e7e6b0fe0640412a37625d1fbfff95c48bbb2dc43964946972'

test('labels, quotes and CRLF change nothing', () => {
  for (const form of [
    TEXT,
    `StringToSign: ${TEXT}\n`,
    `string_to_sign = "${TEXT}"`,
    TEXT.replace(/\n/g, '\r\n'),
    `sts: "${TEXT.replace(/\n/g, '\\n')}"`,
  ])
    assert.deepEqual(
      seenOf(read(stringToSignText, form), 'string-to-sign').map(({ text }) => text),
      [TEXT],
      form,
    )
  assert.equal(seenOf(read(stringToSignText, TEXT, 'verifier'), 'string-to-sign')[0]?.side, 'verifier')
})

test('what error documents and logs hold is left to their readers', () => {
  for (const other of [
    `<StringToSign>${TEXT}</StringToSign>`,
    `The String-to-Sign should have been\n'${TEXT}'`,
    `x botocore.auth [DEBUG] StringToSign:\n${TEXT}`,
  ])
    assert.deepEqual(read(stringToSignText, other), [], other)
})
