/** Whatever the payload and however it is cut, it comes out as it went in; and nothing comes out of what was altered. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  authorizationOf,
  type ChecksumAlgorithm,
  chunkReaderOf,
  type HttpRequest,
  type PayloadReader,
  payloadChain,
  SecretAccessKey,
  type StreamingOptions,
  signingInputsOf,
  signStreaming,
} from '../../src/sigv4/index.ts'

const THOROUGH = process.env['THOROUGH'] === '1'
const KEY = new SecretAccessKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')
const CREDENTIALS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: KEY }
const REQUEST: HttpRequest = { method: 'PUT', target: '/key', headers: [['Host', 'h.example.amazonaws.com']], body: undefined }
const CHECKSUM_NAMES: ChecksumAlgorithm[] = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256']

const payloads = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc
    .tuple(fc.integer({ min: 0, max: 30_000 }), fc.integer())
    .map(([length, seed]) => Uint8Array.from({ length }, (_, i) => ((i + seed) * 2654435761) >>> 24)),
)
const cuts = fc.array(fc.integer({ min: 1, max: 12_000 }), { minLength: 1, maxLength: 6 })
const layouts = fc.record({
  chunkBytes: fc.integer({ min: 8192, max: 20_000 }),
  checksum: fc.option(fc.constantFrom(...CHECKSUM_NAMES), { nil: undefined }),
})

function* cut(bytes: Uint8Array, sizes: readonly number[]): Iterable<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!
    yield bytes.subarray(at, at + size)
    at += size
  }
}

interface Sent {
  readonly head: HttpRequest
  readonly wire: Uint8Array
}

function sent(
  payload: Uint8Array,
  sizes: readonly number[],
  layout: { chunkBytes: number; checksum: ChecksumAlgorithm | undefined },
  how: 'hmac' | 'ecdsa' | 'unsigned',
): Sent {
  const { chunkBytes, checksum = how === 'unsigned' ? 'CRC32' : undefined } = layout
  const where = how === 'ecdsa' ? { regionSet: ['*'] } : { region: 'us-east-1' }
  const options: StreamingOptions = {
    ...where,
    now: 0,
    service: 's3',
    decodedLength: payload.length,
    chunkBytes,
    signedChunks: how !== 'unsigned',
    ...(checksum && { checksum }),
  }
  const { head, writer } = signStreaming(REQUEST, CREDENTIALS, options)
  const out: Uint8Array[] = []
  for (const piece of cut(payload, sizes)) out.push(...writer.push(piece))
  return { head, wire: Buffer.concat([...out, ...writer.end()]) }
}

function readerOf(head: HttpRequest): PayloadReader {
  const reader = chunkReaderOf(head, payloadChain({ ...signingInputsOf(head)!, key: KEY }, authorizationOf(head)!.signature!))
  assert.ok('push' in reader)
  return reader
}

/** All that came out, also if it was refused in the end. */
function read(head: HttpRequest, wire: Uint8Array, sizes: readonly number[]): { readonly out: Buffer; readonly code: string | undefined } {
  const reader = readerOf(head)
  const out: Uint8Array[] = []
  let code: string | undefined
  for (const piece of cut(wire, sizes)) {
    const pieces = reader.push(piece)
    if ('code' in pieces) code ??= pieces.code
    else out.push(...pieces)
  }
  const last = reader.end()
  if ('code' in last) code ??= last.code
  return { out: Buffer.concat(out), code }
}

describe('payloads in chunks', () => {
  for (const how of ['hmac', 'unsigned', 'ecdsa'] as const) {
    it(`come out as they went in (${how})`, () => {
      fc.assert(
        fc.property(payloads, cuts, cuts, layouts, (payload, written, pushed, layout) => {
          const { head, wire } = sent(payload, written, layout, how)
          const { out, code } = read(head, wire, pushed)
          assert.equal(code, undefined)
          assert.equal(Buffer.compare(out, payload), 0)
        }),
        { numRuns: THOROUGH ? 3000 : 100 },
      )
    })
  }

  for (const how of ['hmac', 'ecdsa'] as const) {
    it(`of which a byte was altered are refused, and no altered byte comes out (${how})`, () => {
      fc.assert(
        fc.property(payloads, cuts, layouts, fc.nat(), fc.integer({ min: 1, max: 255 }), (payload, pushed, layout, place, change) => {
          const { head, wire } = sent(payload, [payload.length + 1], layout, how)
          const at = place % wire.length
          const altered = Uint8Array.from(wire)
          altered[at]! ^= change
          // The digits of a size say the same in upper and in lower case.
          if (
            Buffer.from(wire).toString('latin1').toLowerCase() === Buffer.from(altered).toString('latin1').toLowerCase() &&
            isInSize(wire, at)
          )
            return
          const { out, code } = read(head, altered, pushed)
          assert.notEqual(code, undefined, `byte ${at} of ${wire.length}`)
          assert.equal(Buffer.compare(out, payload.subarray(0, out.length)), 0)
          assert.equal(out.length % layout.chunkBytes === 0 || out.length === payload.length, true)
        }),
        { numRuns: THOROUGH ? 20_000 : how === 'hmac' ? 500 : 100 },
      )
    })
  }

  it('with any one byte altered are refused, every byte tried: every bit of it, and what lines are made of', () => {
    const payload = Buffer.from('a payload')
    const { head, wire } = sent(payload, [9], { chunkBytes: 8192, checksum: 'CRC32C' }, 'hmac')
    for (let at = 0; at < wire.length; at++) {
      for (let byte = 0; byte < 256; byte++) {
        const change = byte ^ wire[at]!
        if (change === 0 || (!THOROUGH && (change & (change - 1)) !== 0 && !'\r\n*:;=0 A'.includes(String.fromCharCode(byte)))) continue
        const altered = Uint8Array.from(wire)
        altered[at] = byte
        const { out, code } = read(head, altered, [wire.length])
        assert.notEqual(code, undefined, `byte ${at} is ${byte}`)
        assert.equal(Buffer.compare(out, payload.subarray(0, out.length)), 0)
      }
    }
  })

  it('with bytes left out or doubled are refused', () => {
    fc.assert(
      fc.property(
        payloads,
        cuts,
        layouts,
        fc.nat(),
        fc.integer({ min: 1, max: 9000 }),
        fc.boolean(),
        (payload, pushed, layout, place, length, doubled) => {
          const { head, wire } = sent(payload, [payload.length + 1], layout, 'hmac')
          const at = place % wire.length
          const altered = doubled
            ? Buffer.concat([wire.subarray(0, at + length), wire.subarray(at)])
            : Buffer.concat([wire.subarray(0, at), wire.subarray(at + length)])
          const { out, code } = read(head, altered, pushed)
          assert.equal(Buffer.compare(out, payload.subarray(0, out.length)), 0)
          if (code !== undefined) return
          // What may be there, or not, is line breaks among the trailing headers.
          assert.equal(out.length, payload.length)
          assert.equal(withoutLineBreaks(altered), withoutLineBreaks(wire))
        },
      ),
      { numRuns: THOROUGH ? 5000 : 200 },
    )
  })

  it('of any bytes at all are read without a crash', () => {
    const { head } = sent(new Uint8Array(3), [3], { chunkBytes: 8192, checksum: 'CRC32' }, 'unsigned')
    const lines = fc.constantFrom(
      '3\r\n',
      'abc',
      '\r\n',
      '0\r\n',
      'x-amz-checksum-crc32:',
      'NSRBwg==',
      '\n',
      ';chunk-signature=',
      '\0',
      'ffffffffffff\r\n',
      'é',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(lines, fc.string({ unit: 'binary' }))), cuts, (texts, pushed) => {
        read(head, Buffer.from(texts.join(''), 'latin1'), pushed)
      }),
      { numRuns: THOROUGH ? 100_000 : 1000 },
    )
  })
})

/** Whether a byte stands in a size: between the start of a line and ";". */
function isInSize(wire: Uint8Array, at: number): boolean {
  const from = Buffer.from(wire).subarray(0, at).lastIndexOf('\n') + 1
  return (
    /^[0-9a-f]+;chunk-signature=/.test(
      Buffer.from(wire)
        .subarray(from, from + 40)
        .toString('latin1'),
    ) && !Buffer.from(wire).subarray(from, at).includes(';')
  )
}

function withoutLineBreaks(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\r\n]/g, '')
}
