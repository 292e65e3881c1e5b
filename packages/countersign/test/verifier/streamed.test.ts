/** Payloads in chunks at the verifier's door: signed by hand here, with node:crypto, byte for byte. */
import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { test } from 'node:test'
import { eventSigner } from '../../src/sigv4/event-stream.ts'
import type { Header } from '../../src/sigv4/http-request.ts'
import { signingInputsOf } from '../../src/sigv4/verify.ts'
import { type AuditEvent, createVerifier, credentialsOf, type RefusedRequest } from '../../src/verifier/index.ts'
import { KEY_ID, NOW, plain, SECRET, signed } from '../support/signed.ts'

const refusals: RefusedRequest[] = []
const events: AuditEvent[] = []
const verifier = createVerifier({
  credentials: credentialsOf({ [KEY_ID]: { key: SECRET } }),
  clock: () => NOW,
  onRefusal: (one) => refusals.push(one),
  onEvent: (one) => events.push(one),
  limits: { chunkBytes: 20_000 },
})

const hex = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const SCOPE = '20260303/eu-west-1/s3/aws4_request'
const KEY = SCOPE.split('/').reduce<string | Buffer>((key, part) => hmac(key, part), `AWS4${SECRET.dangerValue()}`) as Buffer

/** A request whose payload is sent in chunks; `spoil` changes the encoded body. */
function chunked(sizes: readonly number[], options: { readonly trailer?: boolean; readonly length?: number } = {}) {
  const { trailer = false, length = sizes.reduce((sum, size) => sum + size, 0) } = options
  const headers: Header[] = [
    ['Content-Encoding', 'aws-chunked'],
    ['X-Amz-Decoded-Content-Length', String(length)],
    ['X-Amz-Content-Sha256', `STREAMING-AWS4-HMAC-SHA256-PAYLOAD${trailer ? '-TRAILER' : ''}`],
    ...(trailer ? ([['X-Amz-Trailer', 'x-amz-checksum-sha256']] as const) : []),
  ]
  const head = signed(plain('PUT', '/b/k', '', headers), 's3')
  let prior = /Signature=([0-9a-f]{64})$/.exec(head.headers.at(-1)![1])![1]!
  const payload = Buffer.alloc(length, 'abcdefghij')
  let [at, body] = [0, '']
  const next = (kind: string, rest: string) => {
    prior = hmac(KEY, `AWS4-HMAC-SHA256-${kind}\n20260303T081531Z\n${SCOPE}\n${prior}\n${rest}`).toString('hex')
    return prior
  }
  for (const size of [...sizes, 0]) {
    const data = payload.subarray(at, at + size)
    at += size
    body += `${size.toString(16)};chunk-signature=${next('PAYLOAD', `${hex('')}\n${hex(data)}`)}\r\n${data.toString('latin1')}${size > 0 || !trailer ? '\r\n' : ''}`
  }
  if (trailer) {
    const sum = `x-amz-checksum-sha256:${createHash('sha256').update(payload).digest('base64')}`
    body += `${sum}\r\nx-amz-trailer-signature:${next('TRAILER', hex(`${sum}\n`))}\r\n\r\n`
  }
  return { head, payload, body: Buffer.from(body, 'latin1') }
}

/** Sends a body in pieces; tells what came out and how it ended. */
async function sent(head: ReturnType<typeof chunked>['head'], body: Buffer, pieceBytes = 1000) {
  const door = await verifier.open(head)
  if (!door.ok) return { out: '', code: door.refused.error.code, refused: door.refused }
  const out: Uint8Array[] = []
  for (let at = 0; at < body.length; at += pieceBytes)
    out.push(...door.body.push(body.subarray(at, at + pieceBytes)).map((piece) => piece.slice()))
  const outcome = await door.body.end()
  if (outcome.ok) out.push(...outcome.pieces)
  return {
    out: Buffer.concat(out).toString('latin1'),
    code: outcome.ok ? 'ok' : outcome.refused.error.code,
    refused: outcome.ok ? undefined : outcome.refused,
  }
}

test('signed chunks, with and without a trailer, in pieces of any size', async () => {
  for (const trailer of [false, true])
    for (const pieceBytes of [1, 7, 1000, 100_000]) {
      const { head, payload, body } = chunked([8192, 9000, 5], { trailer })
      const { out, code } = await sent(head, body, pieceBytes)
      assert.equal(code, 'ok')
      assert.equal(out, payload.toString('latin1'))
    }
  assert.equal(events.at(-1)?.code, 'accepted')
})

test('no byte of a chunk that was changed comes out; the caller gets the string to sign of the chunk, and the canonical request of the head', async () => {
  const { head, payload, body } = chunked([8192, 9000, 5])
  const spoilt = Buffer.from(body)
  spoilt[body.length - 300 - 500] = 0x7a
  const { out, code, refused } = await sent(head, spoilt)
  assert.equal(code, 'SignatureDoesNotMatch')
  assert.equal(out, payload.subarray(0, 8192).toString('latin1'))
  const [first, second] = [...spoilt.toString('latin1').matchAll(/;chunk-signature=([0-9a-f]{64})\r\n/g)]
  const changed = hex(spoilt.subarray(second!.index + second![0].length).subarray(0, 9000))
  const text = `AWS4-HMAC-SHA256-PAYLOAD\n20260303T081531Z\n${SCOPE}\n${first![1]}\n${hex('')}\n${changed}`
  assert.ok(refused!.answer.body.includes(`<StringToSign>${text}</StringToSign><SignatureProvided>${second![1]}</SignatureProvided>`))
  assert.match(refused!.answer.body, /<CanonicalRequest>PUT\n\/b\/k\n[^<]*\nSTREAMING-AWS4-HMAC-SHA256-PAYLOAD<\/CanonicalRequest>/)
  assert.equal(refused!.piece?.of, 'chunk')
  assert.equal(refused!.piece?.number, 2)
  assert.equal(refused!.error.check, 'chunk-signature')
})

test('what else can be wrong with chunks', async () => {
  const { head, body } = chunked([8192, 5])
  const text = body.toString('latin1')
  const cases: readonly (readonly [string, string, string])[] = [
    ['cut short', text.slice(0, -10), 'IncompleteBody'],
    ['no size', `zz${text}`, 'IncompleteBody'],
    ['an endless size line', '1'.repeat(5000), 'IncompleteBody'],
  ]
  for (const [name, wrong, code] of cases) assert.equal((await sent(head, Buffer.from(wrong, 'latin1'))).code, code, name)
  assert.equal((await sent(chunked([100, 8192]).head, chunked([100, 8192]).body)).code, 'InvalidChunkSizeError')
  const longer = chunked([8192], { length: 8193 })
  assert.equal((await sent(longer.head, longer.body)).code, 'IncompleteBody')
})

test('a chunk larger than the limit is refused before it is held', async () => {
  const { head } = chunked([8192])
  const { code, out } = await sent(head, Buffer.from(`fffffff0;chunk-signature=${'0'.repeat(64)}\r\nxxxx`, 'latin1'))
  assert.notEqual(code, 'ok')
  assert.equal(out, '')
})

test('a trailer that was changed is refused', async () => {
  const { head, body } = chunked([8192], { trailer: true })
  const spoilt = Buffer.from(
    body
      .toString('latin1')
      .replace(/(x-amz-checksum-sha256:.)/, '$1A')
      .replace(/=\r\n/, '\r\n'),
    'latin1',
  )
  assert.equal((await sent(head, spoilt)).code, 'SignatureDoesNotMatch')
})

test('events, each signed for its own moment', async () => {
  const request = signed(plain('POST', '/stream', '', [['X-Amz-Content-Sha256', 'STREAMING-AWS4-HMAC-SHA256-EVENTS']]), 'transcribe')
  const seed = /Signature=([0-9a-f]{64})$/.exec(request.headers.at(-1)![1])![1]!
  const signer = () => eventSigner({ ...signingInputsOf(request)!, key: SECRET }, seed)
  const right = signer()
  const body = Buffer.concat([right.sign(Buffer.from('one'), NOW), right.sign(Buffer.from('two'), NOW), right.end(NOW)])
  assert.deepEqual(await sent(request, body), { out: 'onetwo', code: 'ok', refused: undefined })
  const spoilt = Buffer.from(body)
  spoilt[Math.floor(body.length / 2)]! ^= 1
  const { out, code } = await sent(request, spoilt, 10)
  assert.notEqual(code, 'ok')
  assert.equal(out, 'one')
  const late = signer()
  const old = Buffer.concat([late.sign(Buffer.from('one'), NOW - 3_600_000), late.end(NOW)])
  const { refused } = await sent(request, old)
  assert.match(refused!.error.message, /^Signature expired: 20260303T071531Z/)
})
