/** The reader "client-error-text": its laws, and what each client's refusal says. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientErrorText } from '../../../src/evidence/clients/client-error-text.ts'
import { factsOf, read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(clientErrorText)

function refused(text: string): Readonly<Record<string, string>> | undefined {
  return factsOf(read(clientErrorText, text))['header-value-refused-by-client']
}

test('the character and the part it stands in', () => {
  const rows: readonly (readonly [string, string, string])[] = [
    [
      "Invalid header value b'AWS4-HMAC-SHA256 Credential=asdf\\n/20241117/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=a...'",
      '\\n',
      'access-key-id',
    ],
    ["Invalid header value 'AWS AKIAIOSFODNN7EXAMPLE\\r:abc='\\n", '\\r', 'access-key-id'],
    [
      "Invalid header value b'AWS4-HMAC-SHA256 Credential=asdf/20241117/us-east-1\\n/sts/aws4_request, SignedHeaders=host'",
      '\\n',
      'region',
    ],
    ["Invalid header value b' AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20240101'", ' ', 'header-value'],
    [
      'Illegal character(s) in message header value: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\n/20240101/us-east-1/s3',
      '\\n',
      'access-key-id',
    ],
    [
      'invalid header field value "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\\n/20240101" for key Authorization',
      '\\n',
      'access-key-id',
    ],
    ["ValueError: Invalid header value b'FwoGZXIvYXdzEXAMPLE\\r\\n'", '\\r', 'header-value'],
  ]
  for (const [text, char, part] of rows) {
    assert.equal(refused(text)?.['char'], char, text)
    assert.equal(refused(text)?.['in'], part, text)
  }
})

test('refusals that do not show the value', () => {
  for (const text of [
    'error parsing header value: failed to parse header value',
    'net/http: invalid header field value for "Authorization"',
    'java.lang.IllegalArgumentException: Illegal character(s) in message header value: AWS4-HMAC-SHA256',
    'TypeError [ERR_INVALID_CHAR]: Invalid character in header content ["authorization"]',
    'Unexpected char 0x0a at 60 in Authorization value',
  ])
    assert.ok(refused(text) !== undefined, text)
  assert.equal(refused('net/http: invalid header field value for "Authorization"')?.['header'], 'authorization')
})

test('no signature is kept', () => {
  for (const sample of clientErrorText.samples)
    assert.ok(!/abcdefg|HcObf/.test(JSON.stringify(seenOf(read(clientErrorText, sample), 'stated'))), sample)
})

test('no session token is kept', () => {
  const token = 'FwoGZXIvYXdzEXAMPLEaDExampleSessionTokenForTests//////////wEXAMPLE='
  const seen = read(clientErrorText, `Invalid header value b'${token}\\n'`)
  assert.ok(!JSON.stringify(seen).includes(token.slice(5, 30)))
  assert.equal(refused(`Invalid header value b'${token}\\n'`)?.['char'], '\\n')
})

test('no credentials', () => {
  for (const text of [
    'Unable to locate credentials',
    'Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY',
    'NoCredentialProviders: no valid providers in chain',
  ])
    assert.ok('authentication-missing' in factsOf(read(clientErrorText, text)), text)
  assert.equal(clientErrorText.recognize('all is well with the header'), false)
})
