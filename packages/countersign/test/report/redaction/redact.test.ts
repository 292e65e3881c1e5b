/** What no report may show is not shown, in any spelling; what it needs stays. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { redacted } from '../../../src/report/redaction/redact.ts'
import { ACCESS_KEY_ID, SECRET, SIGNATURE, TOKEN } from '../hand-made.ts'

test('session tokens in header, canonical, query and JSON form', () => {
  for (const text of [
    `X-Amz-Security-Token: ${TOKEN}`,
    `x-amz-security-token:${TOKEN}\nhost:example.com`,
    `x-amz-s3session-token: ${TOKEN}`,
    `https://h/?X-Amz-S3session-Token=${encodeURIComponent(TOKEN)}`,
    `https://h/?X-Amz-Security-Token=${encodeURIComponent(TOKEN)}&X-Amz-Date=20150830T123600Z`,
    `?x=X-Amz-Security-Token%3D${encodeURIComponent(TOKEN)}`,
    `{"X-Amz-Security-Token":"${TOKEN}"}`,
    `'X-Amz-Security-Token': '${TOKEN}'`,
    `('x-amz-security-token', '${TOKEN}')`,
    `aws_session_token = ${TOKEN}`,
    `<SessionToken>${TOKEN}</SessionToken>`,
    `the token ${TOKEN} was sent`,
  ]) {
    const clean = redacted(text)
    assert.ok(!clean.includes('EXAMPLETOKEN'), clean)
    assert.ok(clean.includes('[session token]'), clean)
    assert.equal(redacted(clean), clean)
  }
  assert.equal(redacted(`x-amz-security-token:${TOKEN}\nhost:example.com`), 'x-amz-security-token:[session token]\nhost:example.com')
  assert.match(redacted(`X-Amz-Security-Token=${encodeURIComponent(TOKEN)}&X-Amz-Date=1`), /&X-Amz-Date=1$/)
})

test('signatures go, hashes and lists of signed headers stay', () => {
  assert.equal(
    redacted(`SignedHeaders=host;x-amz-security-token, Signature=${SIGNATURE}`),
    'SignedHeaders=host;x-amz-security-token, Signature=[signature]',
  )
  assert.equal(redacted(`X-Amz-Signature=${SIGNATURE}&a=b`), 'X-Amz-Signature=[signature]&a=b')
  assert.equal(redacted(`<SignatureProvided>${SIGNATURE}</SignatureProvided>`), '<SignatureProvided>[signature]</SignatureProvided>')
  assert.equal(redacted(`SignatureProvided: ${SIGNATURE.toUpperCase()}`), 'SignatureProvided: [signature]')
  assert.equal(redacted('Signature=SWkgVGhpcyBpcyBhIGJhc2U2NCBzaWduYXR1cmUgMTI='), 'Signature=[signature]')
  assert.equal(redacted(`x-amz-content-sha256:${SIGNATURE}`), `x-amz-content-sha256:${SIGNATURE}`)
})

test('access key IDs keep four characters at each end', () => {
  assert.equal(redacted(ACCESS_KEY_ID), 'AKIA************MPLE')
  assert.equal(
    redacted(`X-Amz-Credential=${ACCESS_KEY_ID}%2F20150830%2Fus-east-1`),
    'X-Amz-Credential=AKIA************MPLE%2F20150830%2Fus-east-1',
  )
  assert.equal(redacted('Credential=002d5b4c1a9e8f70000000001/20150830/x'), 'Credential=002d*****************0001/20150830/x')
  assert.equal(redacted('Credential=minio/20150830/us-east-1'), 'Credential=minio/20150830/us-east-1')
})

test('given secrets go in every spelling, short ones stay', () => {
  const text = `${SECRET} ${encodeURIComponent(SECRET)} ${encodeURIComponent(SECRET).toLowerCase()} "${SECRET}\\n"`
  assert.equal(redacted(`${SECRET} ${encodeURIComponent(SECRET)}`, [`${SECRET}\n`]), '[secret] [secret]')
  assert.ok(!redacted(text, [SECRET]).includes('wJalr'))
  assert.equal(redacted(`x-amz-security-token:${TOKEN}`, [TOKEN]), 'x-amz-security-token:[secret]')
  assert.equal(redacted('a test', ['test']), 'a test')
})

test('signatures of key pairs go, whole and with their filling', () => {
  const der = `3045022100${'a1'.repeat(32)}0220${'b2'.repeat(32)}`
  assert.equal(redacted(`Signature=${der}`), 'Signature=[signature]')
  assert.equal(redacted(`X-Amz-Signature=${der}&x=1`), 'X-Amz-Signature=[signature]&x=1')
  assert.equal(redacted(`<SignatureProvided>${der}</SignatureProvided>`), '<SignatureProvided>[signature]</SignatureProvided>')
  assert.equal(redacted(`400;chunk-signature=${der}**`), '400;chunk-signature=[signature]**')
})
