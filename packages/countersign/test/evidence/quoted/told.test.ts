/** What people tell in words, as values with who says them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { told } from '../../../src/evidence/quoted/told.ts'
import { read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(told)

const said = (text: string) => seenOf(read(told, text), 'told').map((one) => one.told)

test('headers and times, with who says them', () => {
  assert.deepEqual(said('We sent Content-Type: text/plain; the rest is the same.\n'), [
    { what: 'header', by: 'client', name: 'content-type', value: 'text/plain' },
  ])
  assert.deepEqual(said('The request has "X-Amz-Date: 20240713T151841Z", the answer says 20240713T153012Z.\n'), [
    { what: 'header', by: 'client', name: 'x-amz-date', value: '20240713T151841Z' },
    { what: 'time', by: 'service', value: '20240713T153012Z' },
  ])
})

test('statuses and outcomes', () => {
  assert.deepEqual(
    said("WebSocket connection to 'wss://a.example/mqtt' failed: Unexpected response code: 403\n").filter(({ what }) => what === 'status'),
    [{ what: 'status', by: 'service', value: '403' }],
  )
  assert.deepEqual(said('Works with 2.30, fails from 2.31 on.\n'), [
    { what: 'outcome', name: 'passes', value: 'Works with 2.30' },
    { what: 'outcome', name: 'fails', value: 'fails from 2.31 on' },
  ])
})

test('an Authorization header is not told: it holds a signature', () => {
  const text =
    'I sent "Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20240713/us-east-1/s3/aws4_request, Signature=abc"\n'
  assert.ok(said(text).every(({ name }) => name !== 'authorization'))
})
