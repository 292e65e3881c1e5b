/** Reading an Authorization header: the same parts whatever the signature looks like. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAuthorization } from '../../src/sigv4/authorization.ts'

const HEX = 'c0ffee00'.repeat(8)

test('the way for well-formed signatures reads what the way for all others reads', () => {
  const rest = [
    'Credential=A/20260303/r/s/aws4_request, SignedHeaders=host, Signature=',
    'Credential=A/20260303/r/s/aws4_request,SignedHeaders=host,Signature=',
    'Credential=A/20260303/r/s/aws4_request,SignedHeaders=host,  Signature=',
    'Credential=A/20260303/r/s/aws4_request, SignedHeaders=host, x=y Signature=',
    'Credential=A/20260303/r/s/aws4_request, SignedHeaders=host, = Signature=',
    'Credential=A/20260303/r/s/aws4_request, Signature=1, SignedHeaders=host Signature=',
    'Signature=',
    ',Signature=',
    'x,Signature=',
  ]
  for (const text of rest) {
    const written = (signature: string) => JSON.stringify(parseAuthorization(`AWS4-HMAC-SHA256 ${text}${signature}`))
    // One digit in upper case is enough to be read the long way.
    const other = HEX.replace('f', 'F')
    assert.equal(written(HEX), written(other).replace(other, HEX), text)
  }
})

test('a signature has to be a part of its own', () => {
  assert.equal(parseAuthorization(`AWS4-HMAC-SHA256 Credential=A, x=y Signature=${HEX}`).signature, undefined)
  assert.equal(parseAuthorization(`AWS4-HMAC-SHA256 Credential=A, Signature=${HEX}`).signature, HEX)
})
