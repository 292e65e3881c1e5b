/** A small request makes little work: what would multiply it is refused before it does. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Header, HttpRequest } from '../../src/sigv4/http-request.ts'
import { createVerifier, credentialsOf } from '../../src/verifier/index.ts'
import { KEY_ID, NOW, plain, presigned, SECRET, signed } from '../support/signed.ts'
import { claimOf } from './second-law.ts'
import { chunkedBody, STREAMING } from './second-law-of-chunks.ts'

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

test('a short header may be named twice: S3 takes it for one', async () => {
  const request = naming(signed(plain('GET', '/b/k'), 's3'), 'host;host;x-amz-content-sha256;x-amz-date')
  assert.equal((await verifier.judge(request)).ok, true)
})

test('bodies that are held have one room together; what does not fit is turned away, what was let go makes room', async () => {
  const small = createVerifier({ credentials: credentialsOf({ [KEY_ID]: { key: SECRET } }), clock: () => NOW, limits: { heldBytes: 1000 } })
  const request = signed(plain('POST', '/', 'b'.repeat(600)), 'sts')
  const opened = async () => {
    const door = await small.open(request)
    return door.ok ? door.body : assert.fail(door.refused.error.code)
  }
  const [one, two] = [await opened(), await opened()]
  one.push(request.body!)
  two.push(request.body!)
  assert.equal(one.refused, undefined)
  assert.deepEqual([two.refused?.error.code, two.refused?.error.status], ['ServiceUnavailable', 503])
  assert.equal((await two.end()).ok, false)
  assert.equal((await one.end()).ok, true)
  // All of it has been given back, also by a body that broke off.
  const broken = await opened()
  broken.push(request.body!)
  broken.close()
  for (let i = 0; i < 5; i++) assert.equal((await small.judge(request)).ok, true)
})

test('a signed upload takes no more room than its largest chunk, however long it is', async () => {
  const small = createVerifier({
    credentials: credentialsOf({ [KEY_ID]: { key: SECRET } }),
    clock: () => NOW,
    limits: { heldBytes: 20_000 },
  })
  const chunks = Array.from({ length: 30 }, (_, i) => Buffer.alloc(8192, i))
  const head = signed(
    plain('PUT', '/b/k', '', [
      ['x-amz-content-sha256', STREAMING.signed],
      ['x-amz-decoded-content-length', String(30 * 8192)],
    ]),
    's3',
  )
  const body = chunkedBody(STREAMING.signed, claimOf(head)!, SECRET.dangerValue(), chunks)
  const door = await small.open(head)
  if (!door.ok) assert.fail(door.refused.error.code)
  let length = 0
  for (let at = 0; at < body.length; at += 1000) for (const piece of door.body.push(body.subarray(at, at + 1000))) length += piece.length
  assert.equal((await door.body.end()).ok, true)
  assert.equal(length, 30 * 8192)
})
