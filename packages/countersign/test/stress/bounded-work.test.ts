/** A small request makes little work: what would multiply it is refused before it does. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Header, HttpRequest } from '../../src/sigv4/http-request.ts'
import { createVerifier, credentialsOf } from '../../src/verifier/index.ts'
import { KEY_ID, NOW, plain, presigned, SECRET, signed } from '../support/signed.ts'

const verifier = createVerifier({ credentials: credentialsOf({ [KEY_ID]: { key: SECRET } }), clock: () => NOW })

async function refused(request: HttpRequest) {
  const outcome = await verifier.judge(request)
  return outcome.ok ? assert.fail('accepted') : outcome.refused
}

const long: Header = ['A', 'v'.repeat(15_000)]

function naming(request: HttpRequest, names: string): HttpRequest {
  return {
    ...request,
    target: request.target.replace(/(X-Amz-SignedHeaders=)[^&]*/, `$1${names}`),
    headers: request.headers.map(([name, value]) => [name, value.replace(/(SignedHeaders=)[^,]*/, `$1${names}`)]),
  }
}

test('a header named many times as signed is not repeated as often', async () => {
  const inHeader = signed(plain('GET', '/b/k', '', [long]), 's3')
  for (const request of [
    naming(presigned(plain('GET', '/b/k', '', [long])), `host${';a'.repeat(3000)}`),
    naming(presigned(plain('GET', '/b/k', '', [long])), `host${';a;A'.repeat(20)}`),
    naming(inHeader, `host${';a'.repeat(90)};x-amz-content-sha256;x-amz-date`),
    naming(inHeader, `host, SignedHeaders=${'a;'.repeat(40)}host`),
  ]) {
    const { error, answer } = await refused(request)
    assert.equal(error.code, 'RequestHeaderSectionTooLarge')
    assert.ok(answer.body.length < 1000)
  }
})

test('a short header may be named twice: the law decides', async () => {
  const request = naming(signed(plain('GET', '/b/k'), 's3'), 'host;host;x-amz-content-sha256;x-amz-date')
  assert.equal((await refused(request)).error.code, 'SignatureDoesNotMatch')
})
