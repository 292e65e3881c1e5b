/** Signature Version 2 diagnosed: by both texts, by the secret, by the form of the signature. Signed here by node:crypto, not by the tool. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import { diagnoseEvidence, SecretAccessKey } from '../../src/index.ts'

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const ID = 'AKIAIOSFODNN7EXAMPLE'
const KNOWN = { secrets: [{ label: 'secret.txt', secretAccessKey: new SecretAccessKey(SECRET), accessKeyId: ID }] }
const DATE = 'Thu, 05 Mar 2026 10:11:12 GMT'
const MESSAGE = 'The request signature we calculated does not match the signature you provided. Check your key and signing method.'

const sha1 = (text: string, encoding: 'base64' | 'hex' = 'base64'): string => createHmac('sha1', SECRET).update(text).digest(encoding)
const sha256 = (text: string): string => createHmac('sha256', SECRET).update(text).digest('base64')

function answer(stringToSign: string, signature: string): string {
  return `<Error><Code>SignatureDoesNotMatch</Code><Message>${MESSAGE}</Message><AWSAccessKeyId>${ID}</AWSAccessKeyId><StringToSign>${stringToSign}</StringToSign><SignatureProvided>${signature}</SignatureProvided></Error>`
}

function found(texts: readonly string[], known = KNOWN as Parameters<typeof diagnoseEvidence>[1]): string {
  const { findings } = diagnoseEvidence(
    texts.map((text, i) => ({ name: `${i}.txt`, text })),
    known,
  )
  const proven = findings.filter(({ proof }) => proof.level !== 'none')
  return proven.map(({ causes, proof }) => `${causes.join('+')} ${proof.level}`).join(', ') || `none (${findings[0]?.causes.join() ?? '-'})`
}

const own = `PUT\n\nimage/png\n${DATE}\nx-amz-acl:private\n/box/a b.png`
/** What the service has, and what must be found with the secret, and with the signer's text in its place. */
const CASES: Readonly<Record<string, readonly [service: string, cause: string]>> = {
  method: [own.replace('PUT', 'POST'), 'method-changed'],
  'a content type added': [own.replace('image/png', 'image/png; charset=utf-8'), 'header-charset-appended'],
  'a content type lost': [own.replace('image/png', ''), 'header-removed-in-transit'],
  'a header added': [own.replace('x-amz-acl:private', 'x-amz-acl:private\nx-amz-meta-a:1'), 'header-not-signed'],
  'the path encoded': [own.replace('a b', 'a%20b'), 'path-encoded-differently'],
  'the bucket taken out': [own.replace('/box/', '/'), 'bucket-in-path'],
}
for (const [name, [service, cause]] of Object.entries(CASES)) {
  test(`${name}: the signer's text beside the service's, without a secret`, () => {
    assert.equal(found([`String to sign:\n${own}\n`, answer(service, sha1(own))], {}), `${cause} text`)
  })
  if (name === 'the bucket taken out' || name === 'a content type lost') continue
  test(`${name}: with the secret, without the signer's text`, () => {
    assert.equal(found([answer(service, sha1(own))]), `${cause} signature`)
  })
}

test('two changes are found together, and the pair alone', () => {
  const service = own.replace('PUT', 'POST').replace('a b', 'a%20b')
  assert.equal(found([answer(service, sha1(own))]), 'method-changed signature, path-encoded-differently signature')
})

test('a signature in another form is told from another text', () => {
  for (const written of [sha1(own, 'hex'), sha1(own, 'hex').toUpperCase(), Buffer.from(sha1(own, 'hex')).toString('base64'), sha256(own)])
    assert.equal(found([answer(own, written)]), 'signature-encoding-changed signature', written)
})

test('line feeds that are none', () => {
  for (const text of [`${own}\n`, own.replaceAll('\n', '\\n'), own.replaceAll('\n', '')])
    assert.equal(found([answer(own, sha1(text))]), 'string-to-sign-malformed signature')
})

test('both texts are one and the signature is refused: the secret', () => {
  assert.match(found([`String to sign:\n${own}\n`, answer(own, 'bWq2s1WEIj+Ydj0vQ697zp+IXMU=')], {}), /^secret-mismatch text$/)
  assert.match(found([answer(own, sha1(own))]), /^secret-mismatch signature$/)
})

test('two dates are two requests: nothing is proven', () => {
  assert.match(
    found([`String to sign:\n${own}\n`, answer(own.replace('10:11:12', '10:12:13').replace('PUT', 'GET'), sha1(own))], {}),
    /^none/,
  )
})

test('another secret proves nothing', () => {
  const other = { secrets: [{ label: 's', secretAccessKey: new SecretAccessKey('other0000000000000000000000000000000000x') }] }
  assert.match(found([answer(own.replace('PUT', 'POST'), sha1(own))], other), /^none/)
})

const PAIRS = ['AWSAccessKeyId=K', 'Action=List', 'Name=a%20b%2Ac', 'SignatureMethod=HmacSHA256', 'SignatureVersion=2', 'Zone=x']
const QUERY_ANSWER = `<ErrorResponse><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.</Message></Error></ErrorResponse>`
const service = (query: string): string => `GET\nmws.example.com\n/v1\n${query}`
const QUERIES: Readonly<Record<string, readonly [signed: string, cause: string]>> = {
  'in the order sent': [service([...PAIRS].reverse().join('&')), 'query-not-sorted'],
  'in the order of letters': [service(['Action=List', ...PAIRS.filter((pair) => pair !== 'Action=List')].join('&')), 'query-not-sorted'],
  'a space as +': [service(PAIRS.join('&').replace('%20', '+')), 'query-plus-and-space-confused'],
  'a star left raw': [service(PAIRS.join('&').replace('%2A', '*')), 'query-encoded-differently'],
  'the values not encoded': [service(PAIRS.join('&').replace('%20', ' ').replace('%2A', '*')), 'query-encoded-differently'],
  'another method': [service(PAIRS.join('&')).replace('GET', 'POST'), 'method-changed'],
  'the port with the host': [service(PAIRS.join('&')).replace('example.com', 'example.com:443'), 'host-port-changed'],
}
for (const [name, [signed, cause]] of Object.entries(QUERIES))
  test(`query services: ${name}`, () => {
    const asSigned = createHmac('sha256', SECRET)
      .update(signed.replace('=K', `=${ID}`))
      .digest('base64')
    const sent = `/v1?${[...PAIRS].reverse().join('&').replace('=K', `=${ID}`)}&Signature=${encodeURIComponent(asSigned)}`
    assert.equal(found([`GET ${sent} HTTP/1.1\nHost: mws.example.com\n\n`, QUERY_ANSWER]), `${cause} signature`)
  })

test('a text that may have been cut proves nothing', () => {
  assert.match(found([`String to sign:\n${own.slice(0, -2)}\n`, answer(own, sha1(own))], {}), /^none/)
})

test('a header of answers in the text of the service was put there by the service', () => {
  const log = (header: string): string => `s3s: string_to_sign="PUT\\n\\n\\n1781234567\\n${header}\\n/box/a.txt"\nSignatureDoesNotMatch\n`
  assert.equal(found([log('x-amz-request-id:82ba71e5')], {}), 'none (server-canonicalizes-wrongly)')
  assert.doesNotMatch(found([log('x-amz-acl:private')], {}), /server-canonicalizes-wrongly/)
})
