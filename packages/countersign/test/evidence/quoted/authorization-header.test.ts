/** Authorization values by themselves. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorizationHeader } from '../../../src/evidence/quoted/authorization-header.ts'
import { kinds, read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(authorizationHeader)

const VALUE =
  'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=abc'

test('alone: the value; within a request: nothing', () => {
  for (const text of [VALUE, `Authorization: ${VALUE}\r\n`, `'authorization': '${VALUE}'`, `"${VALUE}"; ${VALUE}`])
    assert.deepEqual(
      seenOf(read(authorizationHeader, text), 'authorization').map(({ value }) => value),
      [VALUE],
      text,
    )
  assert.deepEqual(read(authorizationHeader, `GET / HTTP/1.1\nHost: a\nAuthorization: ${VALUE}\n`), [])
})

test('commas without spaces, cut signatures and masks stay', () => {
  const s3cmd = VALUE.replace(/, /g, ',')
  assert.equal(seenOf(read(authorizationHeader, s3cmd), 'authorization')[0]?.value, s3cmd)
  assert.equal(seenOf(read(authorizationHeader, `b'${VALUE}...'`), 'authorization')[0]?.value, VALUE + '...')
})

test('signature version 2 is a hint, but not where a character is refused', () => {
  assert.deepEqual(kinds(read(authorizationHeader, 'Authorization: AWS AKIAIOSFODNN7EXAMPLE:frJIUN8DYpKDtOLCwo//yllqDzg=')), [
    'authorization',
    'clue',
  ])
  assert.deepEqual(kinds(read(authorizationHeader, "Invalid header value 'AWS AKIAIOSFODNN7EXAMPLE\\r:HcObfuscatedB64Sig8='")), [
    'authorization',
  ])
})
