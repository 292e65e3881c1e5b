import assert from 'node:assert/strict'
import { test } from 'node:test'
import { s3ErrorParts } from '../../../src/evidence/refusals/s3-error-parts.ts'
import { read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(s3ErrorParts)

const REQUEST = 'GET\n/a\n\nhost:examplebucket.s3.amazonaws.com\nx-amz-date:20241019T090000Z\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD'

test('an element without its body is the text of the service, and says that it refused', () => {
  const seen = read(s3ErrorParts, `In the answer:\n<CanonicalRequest>${REQUEST}</CanonicalRequest>\n`)
  assert.deepEqual(
    seenOf(seen, 'canonical-request').map(({ side, text }) => [side, text]),
    [['verifier', REQUEST]],
  )
  assert.deepEqual(
    seenOf(seen, 'stated').map(({ fact }) => fact),
    ['signature-mismatch'],
  )
})

test('a whole body is read by another reader', () => {
  assert.deepEqual(
    read(s3ErrorParts, `<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>${REQUEST}</CanonicalRequest></Error>`),
    [],
  )
})
