/** The reader "s3-error-xml": its laws, and bodies as people paste them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { s3ErrorXml } from '../../../src/evidence/refusals/s3-error-xml.ts'
import { readEvidence } from '../../../src/intake/read-evidence.ts'
import { factsOf, read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(s3ErrorXml)

const CANONICAL =
  'GET\n/a%20b.txt\nacl=\nhost:demo-bucket.s3.eu-west-1.amazonaws.com\nx-amz-date:20241019T090000Z\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD'
const TO_SIGN =
  'AWS4-HMAC-SHA256\n20241019T090000Z\n20241019/eu-west-1/s3/aws4_request\n3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04'
const BODY = s3ErrorXml.samples[0] ?? ''
const hexOf = (text: string): string => Buffer.from(text, 'latin1').toString('hex').replace(/../g, '$& ').trim()

function texts(text: string): readonly (string | undefined)[] {
  const seen = read(s3ErrorXml, text)
  return [seenOf(seen, 'canonical-request')[0]?.text, seenOf(seen, 'string-to-sign')[0]?.text]
}

test('a whole body says everything', () => {
  const seen = read(s3ErrorXml, BODY)
  const [error] = seenOf(seen, 'error')
  assert.equal(error?.code, 'SignatureDoesNotMatch')
  assert.ok(error?.elements.some(([name]) => name === 'HostId'))
  assert.deepEqual(texts(BODY), [CANONICAL, TO_SIGN])
  assert.ok(seen.every((one) => one.fidelity === 'exact'))
  assert.equal(seenOf(seen, 'signature')[0]?.side, 'wire')
  assert.equal(seenOf(seen, 'access-key-id')[0]?.value, 'AKIAIOSFODNN7EXAMPLE')
  assert.equal(BODY.slice(error?.location.start, error?.location.end).startsWith('<Error>'), true)
})

test('the same through logs, JSON, Python, HTML, quoting and a browser', () => {
  const json = JSON.stringify({ level: 'error', body: BODY })
  const goJson = json.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e')
  const python = `b'${BODY.replaceAll('\n', '\\n')}'`
  const html = BODY.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const flat = BODY.replace(/\n+/g, ' ')
  const quoted = BODY.split('\n')
    .map((line) => `> ${line}`)
    .join('\n')
  const indented = BODY.split('\n')
    .map((line) => `    ${line}`)
    .join('\n')
  for (const text of [json, goJson, python, html, flat, indented, BODY.replaceAll('\n', '\r\n')])
    assert.deepEqual(texts(text), [CANONICAL, TO_SIGN], text.slice(0, 80))
  const [seen] = seenOf(readEvidence([{ name: 'mail.txt', text: quoted }]), 'canonical-request')
  assert.equal(seen?.text, CANONICAL, 'what stands before lines is gone before a reader is asked')
  assert.equal(seenOf(read(s3ErrorXml, flat), 'canonical-request')[0]?.fidelity, 'inferred')
})

test('a hidden body has the place where it stands', () => {
  for (const hide of [JSON.stringify, (body: string) => body.replaceAll('<', '&lt;').replaceAll('>', '&gt;')]) {
    const text = `before\n${hide(BODY)}\nafter`
    const [error] = seenOf(read(s3ErrorXml, text), 'error')
    assert.match(text.slice(error?.location.start, error?.location.end), /^(?:<|&lt;)Error(?:>|&gt;).*\/Error(?:>|&gt;)$/s)
    assert.equal(error?.fidelity, 'normalized')
  }
})

test('the hex bytes are preferred, exactly', () => {
  const odd = CANONICAL.replace('acl=', 'acl=%C3%A9').replace('x-amz-date:', 'x-amz-date:\u00c3\u00a9  ')
  const flat = BODY.replace(/\n+/g, ' ').replace(
    '<RequestId>',
    `<CanonicalRequestBytes>${hexOf(odd)}</CanonicalRequestBytes><StringToSignBytes>${hexOf(TO_SIGN)}</StringToSignBytes><RequestId>`,
  )
  const seen = read(s3ErrorXml, flat)
  assert.equal(seenOf(seen, 'canonical-request')[0]?.text, odd)
  assert.equal(seenOf(seen, 'canonical-request')[0]?.fidelity, 'exact')
  assert.equal(seenOf(seen, 'string-to-sign')[0]?.text, TO_SIGN)
})

test('entities in a canonical request are decoded', () => {
  assert.equal(texts(BODY.replace('acl=', 'a=1&amp;b=2'))[0], CANONICAL.replace('acl=', 'a=1&b=2'))
})

test('a flattened request that could be read in two ways is not read', () => {
  const flat = BODY.replace('x-amz-date:20241019', 'x-amz-date:a host:b 20241019').replace(/\n+/g, ' ')
  const seen = read(s3ErrorXml, flat)
  assert.equal(seenOf(seen, 'canonical-request').length, 0)
  assert.equal(seenOf(seen, 'unreadable').length, 1)
})

test('a body that is cut gives what it has, and says so', () => {
  const cut = BODY.slice(0, BODY.indexOf('x-amz-date:'))
  const seen = read(s3ErrorXml, cut)
  assert.equal(seenOf(seen, 'error')[0]?.code, 'SignatureDoesNotMatch')
  assert.equal(seenOf(seen, 'string-to-sign')[0]?.text, TO_SIGN)
  assert.ok(seenOf(seen, 'canonical-request')[0]?.text.endsWith('...'))
  assert.equal(seenOf(seen, 'unreadable').length, 1)
})

test('facts come from the elements', () => {
  assert.deepEqual(factsOf(read(s3ErrorXml, s3ErrorXml.samples[1] ?? '')), { 'headers-not-signed': { names: 'x-amz-acl,content-md5' } })
  assert.deepEqual(factsOf(read(s3ErrorXml, s3ErrorXml.samples[2] ?? '')), {
    'time-skewed': { requestDate: '20240101T000000Z', now: '2024-01-01T00:20:00Z', windowSeconds: '900' },
  })
})

test('other XML is not an error body', () => {
  for (const text of [
    '<html><body>Error</body></html>',
    '<ErrorResponse><Error><Code>A</Code></Error></ErrorResponse>',
    '<Error></Error>',
    'Error',
  ])
    assert.deepEqual(read(s3ErrorXml, text), [], text)
})

test('a body shown cut and then whole is one error', () => {
  const seen = read(
    s3ErrorXml,
    `resulted in a 403 response:\n<Error><Code>SignatureDoesNotMatch</Code><Message>The request sig (truncated...)\n${BODY}`,
  )
  assert.equal(seenOf(seen, 'error').length, 1)
  assert.deepEqual(seenOf(seen, 'canonical-request')[0]?.text, CANONICAL)
})

test('an element without its body is the text of the service, not surely as it was sent, and says that it refused', () => {
  const request = 'GET\n/a\n\nhost:examplebucket.s3.amazonaws.com\nx-amz-date:20241019T090000Z\n\nhost;x-amz-date\nUNSIGNED-PAYLOAD'
  const seen = read(s3ErrorXml, `In the answer:\n<CanonicalRequest>${request}</CanonicalRequest>\n`)
  assert.deepEqual(
    seenOf(seen, 'canonical-request').map(({ side, text, fidelity }) => [side, text, fidelity]),
    [['verifier', request, 'normalized']],
  )
  assert.deepEqual(
    seenOf(seen, 'stated').map(({ fact }) => fact),
    ['signature-mismatch'],
  )
})
