/** The reader "query-error-xml": its laws, and what its bodies say. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queryErrorXml } from '../../../src/evidence/refusals/query-error-xml.ts'
import { factsOf, read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(queryErrorXml)

test('the three shapes', () => {
  const [sts, ec2] = queryErrorXml.samples
  assert.equal(seenOf(read(queryErrorXml, sts ?? ''), 'error')[0]?.code, 'SignatureDoesNotMatch')
  assert.deepEqual(Object.keys(factsOf(read(queryErrorXml, sts ?? ''))), ['request-expired'])
  assert.equal(seenOf(read(queryErrorXml, ec2 ?? ''), 'error')[0]?.code, 'AuthFailure')
  const mws =
    '<?xml version="1.0"?>\n<ErrorResponse xmlns="x">\n<Error><Type>Sender</Type><Code>RequestExpired</Code><Message>Request signature is too far in the past and has expired. Timestamp date: 2018-09-24T10:04:57Z</Message></Error></ErrorResponse>'
  assert.deepEqual(factsOf(read(queryErrorXml, mws)), { 'request-expired': { requestDate: '2018-09-24T10:04:57Z' } })
})

test('a status line before the body gives the status', () => {
  const text = `HTTP/1.1 403 Forbidden\nContent-Type: text/xml\n\n${queryErrorXml.samples[0]}`
  assert.equal(seenOf(read(queryErrorXml, text), 'error')[0]?.status, 403)
})

test('texts quoted in the message are the verifier’s', () => {
  const message =
    "The request signature we calculated does not match the signature you provided.\n\nThe Canonical String for this request should have been\n'GET\n/\na=1&amp;b=2\nhost:sqs\n\nhost\nUNSIGNED-PAYLOAD'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20240210T173713Z\n20240210/us-east-1/sqs/aws4_request\n62b3fb7b7929a68b2cbe7a4679c39668e1d6ecbe089789fb9aab234574f4b1c0'\n"
  const seen = read(
    queryErrorXml,
    `<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>${message}</Message></Error></ErrorResponse>`,
  )
  assert.equal(seenOf(seen, 'canonical-request')[0]?.text, 'GET\n/\na=1&b=2\nhost:sqs\n\nhost\nUNSIGNED-PAYLOAD')
  assert.equal(seenOf(seen, 'string-to-sign').length, 1)
  assert.equal(seenOf(seen, 'error')[0]?.message, 'The request signature we calculated does not match the signature you provided.')
})
