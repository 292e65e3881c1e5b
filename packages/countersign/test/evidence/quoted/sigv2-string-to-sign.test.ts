import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sigv2StringToSign } from '../../../src/evidence/quoted/sigv2-string-to-sign.ts'
import { read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(sigv2StringToSign)

const hints = (lines: readonly string[]): string[] =>
  seenOf(read(sigv2StringToSign, `<StringToSign>${lines.join('\n')}</StringToSign>`), 'clue').map(({ about }) => about)

test('a Content-Type that reached a presigned URL of version 2 is part of what was compared', () => {
  assert.deepEqual(hints(['PUT', '', 'image/png', '1700000000', '/b/k']), ['header-changed-in-transit'])
  assert.deepEqual(hints(['PUT', '', '', '1700000000', '/b/k']), [])
})

test('a charset on the Content-Type line is what browsers add', () => {
  assert.deepEqual(hints(['PUT', '', 'text/css; charset=UTF-8', 'Tue, 14 Nov 2023 22:13:20 GMT', '/b/k']), ['header-changed-in-transit'])
  assert.deepEqual(hints(['PUT', '', 'text/css', 'Tue, 14 Nov 2023 22:13:20 GMT', '/b/k']), [])
})

test('x-amz- headers that the presigned URL does not cover, and odd resources', () => {
  assert.deepEqual(hints(['PUT', '', '', '1700000000', 'x-amz-acl:private', '/b/k']), ['header-not-signed'])
  assert.deepEqual(hints(['GET', '', '', '1700000000', '/b/a+b']), ['path.encoding'])
  assert.deepEqual(hints(['GET', '', '', '1700000000', '/[2001/b/k']), ['server-canonicalizes-wrongly'])
})

test('a string to sign of version 4 is not one of version 2', () => {
  assert.deepEqual(hints(['AWS4-HMAC-SHA256', '20231114T221320Z', '20231114/eu-west-1/s3/aws4_request', 'ab']), [])
})
