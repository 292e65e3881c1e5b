/** Our own payloads in chunks and event streams, signed by an independent Python signer, read and written. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import {
  authorizationOf,
  type ChecksumAlgorithm,
  chunkReaderOf,
  encodedLength,
  eventReader,
  eventSigner,
  type HttpRequest,
  headerValue,
  parseRequestDate,
  payloadChain,
  SecretAccessKey,
  signingInputsOf,
  signStreaming,
  verify,
} from '../../src/sigv4/index.ts'

interface Vector {
  readonly id: string
  readonly now: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly algorithm: string
  readonly signedChunks: boolean
  readonly checksum?: ChecksumAlgorithm
  readonly head: { readonly method: string; readonly target: string; readonly headers: [string, string][] }
  readonly payload: { readonly text: string; readonly length: number }
  readonly chunkBytes: number
  readonly sizeLines: string[]
  readonly end: string
  readonly wireSha256: string
}

interface Stream {
  readonly id: string
  readonly now: string
  readonly region: string
  readonly service: string
  readonly secretAccessKey: string
  readonly head: Vector['head']
  readonly events: { readonly at: number; readonly event: string; readonly message: string }[]
}

const { vectors, streams } = JSON.parse(readFileSync(new URL('own-chunk-vectors.json', import.meta.url), 'utf8')) as { vectors: Vector[]; streams: Stream[] }

function payloadOf({ payload: { text, length } }: Vector): Buffer {
  return Buffer.from(text.repeat(Math.ceil(length / text.length)).slice(0, length))
}

function wireOf(vector: Vector): Buffer {
  const payload = payloadOf(vector)
  let at = 0
  const pieces = vector.sizeLines.flatMap((line) => {
    const piece = payload.subarray(at, at + Number.parseInt(line, 16))
    at += piece.length
    return [Buffer.from(`${line}\r\n`), piece, Buffer.from(piece.length === 0 ? '' : '\r\n')]
  })
  return Buffer.concat([...pieces, Buffer.from(vector.end)])
}

function read(head: HttpRequest, vector: Vector, wire: Buffer, pushed: number): Buffer {
  const key = new SecretAccessKey(vector.secretAccessKey)
  const chain = payloadChain({ ...signingInputsOf(head)!, key }, authorizationOf(head)!.signature!)
  const reader = chunkReaderOf(head, chain)
  assert.ok('push' in reader)
  const out: Uint8Array[] = []
  for (let at = 0; at < wire.length; at += pushed) {
    const pieces = reader.push(wire.subarray(at, at + pushed))
    assert.ok(!('code' in pieces), JSON.stringify(pieces))
    out.push(...pieces)
  }
  const last = reader.end()
  assert.ok(!('code' in last), JSON.stringify(last))
  return Buffer.concat([...out, ...last])
}

describe('own chunk vectors', () => {
  it('are as many as were written', () => assert.equal(vectors.length, 15))
  for (const vector of vectors) {
    const { id, region, accessKeyId, algorithm, signedChunks, checksum, chunkBytes } = vector
    const key = new SecretAccessKey(vector.secretAccessKey)
    const now = parseRequestDate(vector.now)!
    const head: HttpRequest = { ...vector.head, body: undefined }
    const wire = wireOf(vector)
    const decodedLength = vector.payload.length

    it(`${id}: is what the other signer sends, and its head is accepted`, () => {
      assert.equal(createHash('sha256').update(wire).digest('hex'), vector.wireSha256)
      const verdict = verify(head, key, { now, region, service: 's3' })
      assert.deepEqual(verdict.ok ? undefined : verdict.error, undefined)
    })
    for (const pushed of [1_000_000, 4096, 100, 1]) {
      it(`${id}: is read in pushes of ${pushed}`, () => assert.deepEqual(read(head, vector, wire, pushed), payloadOf(vector)))
    }
    it(`${id}: has the length that is calculated`, () => {
      const options = { decodedLength, chunkBytes, signedChunks, algorithm, ...(checksum && { checksum }) }
      assert.equal(encodedLength(options), wire.length)
      assert.equal(headerValue(head, 'content-length'), String(wire.length))
    })
    it(`${id}: is what we write`, () => {
      const request = { method: 'PUT', target: '/key', headers: [head.headers[0]!], body: undefined }
      const where = algorithm.includes('ECDSA') ? { regionSet: [region] } : { region }
      const options = { ...where, now, service: 's3', decodedLength, chunkBytes, signedChunks, ...(checksum && { checksum }) }
      for (const pushed of [1_000_000, 5000, 7]) {
        const { head: signed, writer } = signStreaming(request, { accessKeyId, secretAccessKey: key }, options)
        const out: Uint8Array[] = []
        for (let at = 0; at < decodedLength; at += pushed) out.push(...writer.push(payloadOf(vector).subarray(at, at + pushed)))
        const ours = Buffer.concat([...out, ...writer.end()])
        assert.equal(ours.length, wire.length)
        assert.deepEqual(read(signed, vector, ours, 3000), payloadOf(vector))
        if (algorithm.includes('ECDSA')) continue
        assert.deepEqual(signed, head)
        assert.deepEqual(ours, wire)
      }
    })
  }
})

describe('own event streams', () => {
  it('are as many as were written', () => assert.equal(streams.length, 2))
  for (const { id, now, region, service, secretAccessKey, head, events } of streams) {
    const key = new SecretAccessKey(secretAccessKey)
    const request: HttpRequest = { ...head, body: undefined }
    const inputs = { ...signingInputsOf(request)!, key }
    const seed = authorizationOf(request)!.signature!
    it(`${id}: the head is accepted, the events are what we sign`, () => {
      const verdict = verify(request, key, { now: parseRequestDate(now)!, region, service })
      assert.deepEqual(verdict.ok ? undefined : verdict.error, undefined)
      const signer = eventSigner(inputs, seed)
      const ours = events.map(({ at, event }) => (event === '' ? signer.end(at) : signer.sign(Buffer.from(event, 'hex'), at)))
      assert.deepEqual(ours.map((bytes) => Buffer.from(bytes).toString('hex')), events.map(({ message }) => message))
    })
    it(`${id}: is read`, () => {
      const reader = eventReader(inputs, seed)
      const read = reader.push(Buffer.from(events.map(({ message }) => message).join(''), 'hex'))
      assert.ok(!('code' in read), JSON.stringify(read))
      assert.deepEqual(reader.end(), [])
      const given = events.slice(0, -1).map(({ at, event }) => [at, event])
      assert.deepEqual(read.map(({ date, event }) => [date, Buffer.from(event).toString('hex')]), given)
    })
  }
})
