/** Chunked payloads as they are read: what comes out, what is refused, with which words, and how much is held. */
import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import {
  type ChunkLimits,
  chunkReader,
  chunkReaderOf,
  chunkStringToSign,
  type PayloadChain,
  type PayloadReader,
  type PayloadRefused,
  payloadChain,
  SecretAccessKey,
  signingInputsOf,
  streamingModeOf,
} from '../../src/sigv4/index.ts'

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const SEED = '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9'
const SCOPE = '20130524/us-east-1/s3/aws4_request'
const DATE = '20130524T000000Z'
const EMPTY = createHash('sha256').digest('hex')
const SIGNED = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'
const UNSIGNED_TRAILER = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'

/** The key, by node's own HMAC. */
const KEY = ['20130524', 'us-east-1', 's3', 'aws4_request'].reduce(
  (key, part) => createHmac('sha256', key).update(part).digest(),
  Buffer.from(`AWS4${SECRET}`),
)

function requestWith(word: string, more: [string, string][] = []) {
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/${SCOPE}, SignedHeaders=host, Signature=${SEED}`
  const headers: [string, string][] = [
    ['Host', 'h'],
    ['X-Amz-Date', DATE],
    ['X-Amz-Content-Sha256', word],
    ['Authorization', authorization],
    ...more,
  ]
  return { method: 'PUT', target: '/b/k', headers, body: undefined }
}

function chain(): PayloadChain {
  return payloadChain({ ...signingInputsOf(requestWith(SIGNED))!, key: new SecretAccessKey(SECRET) }, SEED)!
}

function signed(texts: readonly string[]): Buffer {
  return chunksAndSignature(texts)[0]
}

function chunksAndSignature(texts: readonly string[]): [Buffer, string] {
  let prior = SEED
  const chunks = [...texts, ''].map((text) => {
    const hash = createHash('sha256').update(text, 'latin1').digest('hex')
    prior = createHmac('sha256', KEY).update(`AWS4-HMAC-SHA256-PAYLOAD\n${DATE}\n${SCOPE}\n${prior}\n${EMPTY}\n${hash}`).digest('hex')
    return `${text.length.toString(16)};chunk-signature=${prior}\r\n${text}${text === '' ? '' : '\r\n'}`
  })
  return [Buffer.from(`${chunks.join('')}\r\n`, 'latin1'), prior]
}

function reader(word: string, decodedLength?: number, trailerNames: string[] = [], limits: Partial<ChunkLimits> = {}): PayloadReader {
  return chunkReader({ mode: streamingModeOf(word)!, chain: chain(), decodedLength, trailerNames, limits })
}

function read(one: PayloadReader, ...pushes: (Buffer | string)[]): string | PayloadRefused {
  let out = ''
  for (const bytes of pushes) {
    const pieces = one.push(Buffer.from(bytes as string, 'latin1'))
    if ('code' in pieces) return pieces
    out += Buffer.concat(pieces).toString('latin1')
  }
  const last = one.end()
  return 'code' in last ? last : out + Buffer.concat(last).toString('latin1')
}

const LONG = 'a'.repeat(8192)

describe('signed chunks', () => {
  it('come out as they went in', () => {
    assert.equal(read(reader(SIGNED, 8195), signed([LONG, 'end'])), `${LONG}end`)
    assert.equal(read(reader(SIGNED, 0), signed([])), '')
  })
  it('may come byte by byte', () => {
    const one = reader(SIGNED, 8195)
    assert.equal(read(one, ...Array.from(signed([LONG, 'end']), (byte) => Buffer.of(byte))), `${LONG}end`)
  })
  it('may have their sizes in upper case and with zeros', () => {
    const wire = signed(['x'.repeat(10)]).toString('latin1')
    assert.equal(read(reader(SIGNED, 10), wire.replace(/^a;/, 'A;')), 'x'.repeat(10))
    assert.equal(read(reader(SIGNED, 10), wire.replace(/^a;/, '000a;')), 'x'.repeat(10))
  })
  it('give nothing out before the signature was right', () => {
    const wire = signed([LONG])
    const one = reader(SIGNED, 8192)
    const line = wire.indexOf('\n') + 1
    assert.deepEqual(one.push(wire.subarray(0, line + 8191)), [])
    assert.equal(Buffer.concat(one.push(wire.subarray(line + 8191, line + 8192)) as Uint8Array[]).length, 8192)
  })
  it('are held in few pieces, however many they came in', () => {
    const text = 'b'.repeat(100_000)
    const wire = signed([text])
    const one = reader(SIGNED, text.length)
    const released = Array.from(wire, (byte) => one.push(Uint8Array.of(byte)) as Uint8Array[]).flat()
    assert.equal(Buffer.concat(released).toString('latin1'), text)
    assert.equal(released.length, Math.ceil(text.length / 4096))
    assert.ok(released.every((piece) => piece.buffer.byteLength <= 4096))
  })
  it('are not copied when they come whole', () => {
    const wire = signed([LONG])
    const pieces = reader(SIGNED, 8192).push(wire) as Uint8Array[]
    assert.equal(pieces.length, 1)
    assert.equal(pieces[0]!.buffer, wire.buffer)
  })
  it('say which signature does not match, of which text', () => {
    const wire = signed([LONG, 'end']).toString('latin1').replace('end\r\n', 'End\r\n')
    const refused = read(reader(SIGNED, 8195), wire) as PayloadRefused
    assert.equal(refused.code, 'SignatureDoesNotMatch')
    assert.equal(refused.status, 403)
    assert.equal(refused.mismatch?.of, 'chunk')
    assert.equal(refused.mismatch?.number, 2)
    assert.match(
      refused.mismatch!.stringToSign,
      /^AWS4-HMAC-SHA256-PAYLOAD\n20130524T000000Z\n20130524\/us-east-1\/s3\/aws4_request\n[0-9a-f]{64}\n/,
    )
    assert.equal(refused.mismatch?.stringToSign.endsWith(createHash('sha256').update('End').digest('hex')), true)
  })
  it('never come out after a refusal', () => {
    const [good, bad] = [signed([LONG]), Buffer.from('nonsense\r\n')]
    const one = reader(SIGNED, 8192)
    const first = one.push(Buffer.concat([bad, good]))
    assert.equal('code' in first, true)
    assert.equal(one.push(good), first)
    assert.equal(one.end(), first)
  })
  it('that are too small are noticed at the next one, which is the one counted', () => {
    assert.deepEqual(read(reader(SIGNED, 8), signed(['abc', 'defgh'])), {
      code: 'InvalidChunkSizeError',
      message: 'Only the last chunk is allowed to have a size less than 8192 bytes',
      status: 403,
      extra: [
        ['Chunk', '2'],
        ['BadChunkSize', '3'],
      ],
    })
  })
  it('that are announced too large are refused before a byte of them is held', () => {
    const refused = reader(SIGNED, 8).push(Buffer.from(`fffffffff;chunk-signature=${SEED}\r\n`)) as PayloadRefused
    assert.equal(refused.code, 'EntityTooLarge')
    assert.equal((read(reader(SIGNED, 3, [], { signedChunkBytes: 2 }), signed(['abc'])) as PayloadRefused).code, 'EntityTooLarge')
    assert.equal(read(reader(SIGNED, 3, [], { signedChunkBytes: 3 }), signed(['abc'])), 'abc')
  })
  it('are judged by their signature before their number of bytes', () => {
    const wire = signed(['abc'])
    const [shorter, longer] = [read(reader(SIGNED, 4), wire), read(reader(SIGNED, 2), wire)] as PayloadRefused[]
    for (const refused of [shorter, longer])
      assert.deepEqual(refused, {
        code: 'IncompleteBody',
        message: 'You did not provide the number of bytes specified by the Content-Length HTTP header',
        status: 400,
      })
    const wrong = read(reader(SIGNED, 2), wire.toString('latin1').replace('abc', 'abd')) as PayloadRefused
    assert.equal(wrong.code, 'SignatureDoesNotMatch')
  })
  it('that end too soon, go on too long or are no chunks are an incomplete body', () => {
    const wire = signed(['abc']).toString('latin1')
    const faulty = [
      wire.slice(0, -1),
      wire.slice(0, -2),
      wire.slice(0, 40),
      '',
      `${wire}x`,
      `${wire}\r\n`,
      wire.replace('abc\r\n', 'abc\n\r'),
      wire.replace('\r\n', '\n'),
      wire.replace(';chunk', '; chunk'),
      wire.replace('3;', '3'),
      wire.replace('3;', '-3;'),
      wire.replace('3;', '0x3;'),
      wire.replace('3;', ';'),
      wire.replace('=', '=00'),
      wire.replace('3;', `${'0'.repeat(600)}3;`),
      'z'.repeat(5000),
    ]
    for (const text of faulty) {
      const refused = read(reader(SIGNED, 3), text) as PayloadRefused
      assert.equal(refused.code, 'IncompleteBody', text.slice(0, 50))
      assert.equal(refused.status, 400)
    }
  })
  it('with a line that does not end cost a line, not the payload', () => {
    const one = reader(SIGNED, 3)
    for (let i = 0; i < 511; i++) assert.deepEqual(one.push(Buffer.from('0')), [])
    assert.equal((one.push(Buffer.from('0')) as PayloadRefused).code, 'IncompleteBody')
  })
})

describe('the quick way to compare a chunk', () => {
  it('says what the specification says', () => {
    const one = chain()
    const hash = createHash('sha256').update('abc').digest('hex')
    const right = one.sign(chunkStringToSign(one, SEED, hash))
    const wide = String.fromCharCode(...Array.from(right, (digit) => digit.charCodeAt(0) + 256))
    const all = [
      right,
      right.toUpperCase(),
      wide,
      `${right}0`,
      right.slice(1),
      '',
      SEED,
      right.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
    ]
    for (const provided of all) {
      const byLaw = one.matches(chunkStringToSign(one, SEED, hash), provided)
      assert.equal(one.matchesChunk!(SEED, hash, provided), byLaw)
      assert.equal(byLaw, provided === right)
    }
    assert.equal(one.matchesChunk!(right, hash, right), false)
    assert.equal(one.matchesChunk!(SEED, EMPTY, right), false)
    assert.equal(one.matchesChunk!(SEED, hash, right), true)
  })
})

describe('trailing headers', () => {
  const crc = 'x-amz-checksum-crc32:NSRBwg==' // of "abc"
  const names = ['x-amz-checksum-crc32']
  const unsigned = (trailer: string, payload = '3\r\nabc\r\n') => `${payload}0\r\n${trailer}`
  const readUnsigned = (wire: string, announced = names) => read(reader(UNSIGNED_TRAILER, 3, announced), wire)
  const codeOf = (wire: string, announced = names) => (readUnsigned(wire, announced) as PayloadRefused).code

  it('after an unsigned payload are a checksum to hold it against', () => {
    assert.equal(readUnsigned(unsigned(`${crc}\r\n\r\n`)), 'abc')
    assert.deepEqual(readUnsigned(unsigned('x-amz-checksum-crc32:NSRBwQ==\r\n\r\n')), {
      code: 'BadDigest',
      message: 'The CRC32 you specified did not match the calculated checksum.',
      status: 400,
    })
  })
  it('may end in line feeds and twice in a line break, as minio-go writes them, and have blanks about the colon', () => {
    assert.equal(readUnsigned(unsigned(`${crc}\n\r\n\r\n`)), 'abc')
    assert.equal(readUnsigned(unsigned('X-Amz-Checksum-Crc32 : NSRBwg==\r\n\r\n')), 'abc')
  })
  for (const [algorithm, value] of [
    ['CRC32C', 'Nks/tw=='],
    ['CRC64NVME', 'BeXKuz/B+us='],
    ['SHA1', 'qZk+NkcGgWq6PiVxeFDCbJzQ2J0='],
    ['SHA256', 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='],
  ] as const) {
    it(`carry ${algorithm}`, () => {
      const name = `x-amz-checksum-${algorithm.toLowerCase()}`
      assert.equal(readUnsigned(unsigned(`${name}:${value}\r\n\r\n`), [name]), 'abc')
      const refused = readUnsigned(unsigned(`${name}:${value}\r\n\r\n`, '3\r\nabd\r\n'), [name]) as PayloadRefused
      assert.equal(refused.message, `The ${algorithm} you specified did not match the calculated checksum.`)
    })
  }
  it('that are no checksum by their look are told apart from wrong ones', () => {
    for (const value of ['', 'NSRBwg=', 'NSRBwg', 'NSRB=g==', 'AAAAAAAAAAA=', '!SRBwg=='])
      assert.deepEqual(readUnsigned(unsigned(`x-amz-checksum-crc32:${value}\r\n\r\n`)), {
        code: 'InvalidRequest',
        message: 'Value for x-amz-checksum-crc32 trailing header is invalid.',
        status: 400,
      })
  })
  it('that are missing, unannounced, doubled, cut or no headers are malformed', () => {
    const malformed = [
      '\r\n',
      '',
      `${crc}\r\n`,
      crc,
      'x-amz-checksum-crc32c:Nks/tw==\r\n\r\n',
      `${crc}\r\nx-amz-meta-a:b\r\n\r\n`,
      `${crc}\r\n${crc}\r\n\r\n`,
      ':value\r\n\r\n',
      `${crc}\n\n`,
      `a${'a'.repeat(9000)}`,
      Array.from({ length: 20 }, (_, i) => `a${i}:b\r\n`).join(''),
    ]
    for (const trailer of malformed) assert.equal(codeOf(unsigned(trailer)), 'MalformedTrailerError', trailer.slice(0, 40))
  })
  it('without a colon are taken for an end that came too soon', () => {
    for (const trailer of ['nonsense\r\n\r\n', `${crc}\r\nnonsense\r\n\r\n`]) assert.equal(codeOf(unsigned(trailer)), 'IncompleteBody')
  })
  it('may be left out where none is announced, and nowhere else', () => {
    assert.equal(read(reader(UNSIGNED_TRAILER, 3, []), unsigned('\r\n')), 'abc')
    assert.equal((read(reader(UNSIGNED_TRAILER, 3, []), unsigned(`${crc}\r\n\r\n`)) as PayloadRefused).code, 'MalformedTrailerError')
  })
  it('are limited in number and in bytes', () => {
    const limited = (limits: Partial<ChunkLimits>, trailer: string) =>
      'code' in reader(UNSIGNED_TRAILER, 3, names, limits).push(Buffer.from(unsigned(trailer), 'latin1'))
    const three = 'a:1\r\nb:2\r\nc:3\r\n'
    assert.equal(limited({ trailerCount: 3 }, three), false)
    assert.equal(limited({ trailerCount: 2 }, three), true)
    assert.equal(limited({ trailerBytes: three.length + 1 }, `${three}d`), true)
    assert.equal(limited({ trailerBytes: three.length + 2 }, `${three}d`), false)
  })
  it('are judged after the number of bytes', () => {
    assert.equal((read(reader(UNSIGNED_TRAILER, 5, names), unsigned('nonsense\r\n\r\n')) as PayloadRefused).code, 'IncompleteBody')
    assert.equal((read(reader(UNSIGNED_TRAILER, 2, names), unsigned(`${crc}\r\n\r\n`)) as PayloadRefused).code, 'IncompleteBody')
  })
  it('of signed payloads are signed', () => {
    const [wire, prior] = chunksAndSignature(['abc'])
    const hash = createHash('sha256').update(`${crc}\n`).digest('hex')
    const signature = createHmac('sha256', KEY).update(`AWS4-HMAC-SHA256-TRAILER\n${DATE}\n${SCOPE}\n${prior}\n${hash}`).digest('hex')
    const start = wire.toString('latin1').slice(0, -2)
    const readSigned = (end: string, announced = names) => read(reader(`${SIGNED}-TRAILER`, 3, announced), start + end)
    const right = `x-amz-trailer-signature:${signature}\r\n`
    assert.equal(readSigned(`${crc}\r\n${right}\r\n`), 'abc')
    assert.equal(readSigned(`${crc}\n\r\n${right}\r\n`), 'abc')
    const wrong = readSigned(`${crc}\r\n${right.replace(/[0-9a-f]\r/, 'g\r')}\r\n`) as PayloadRefused
    assert.equal(wrong.code, 'SignatureDoesNotMatch')
    assert.equal(wrong.mismatch?.of, 'trailer')
    assert.equal(wrong.mismatch?.stringToSign, `AWS4-HMAC-SHA256-TRAILER\n${DATE}\n${SCOPE}\n${prior}\n${hash}`)
    // Likely (versitygw): without their signature, or the end after it, the body is taken for one that ended too soon.
    for (const end of [
      `${crc}\r\n\r\n`,
      right,
      `${crc}\r\n${right}`,
      `${crc}\rx${right}\r\n`,
      `${crc}\r\nx${right}\r\n`,
      `${crc}\r\n${right.replace('\r', '0\r')}\r\n`,
    ])
      assert.equal((readSigned(end) as PayloadRefused).code, 'IncompleteBody', end)
    for (const end of [`${crc}\r\n${right}${right}\r\n`, `${crc}\r\n${right}${crc}\r\n\r\n`])
      assert.equal((readSigned(end) as PayloadRefused).code, 'MalformedTrailerError', end)
    assert.equal((readSigned(`${right}${crc}\r\n\r\n`) as PayloadRefused).code, 'MalformedTrailerError')
    assert.equal((readSigned(`${crc}\r\n${right}\r\n\r\n`) as PayloadRefused).code, 'IncompleteBody')
    assert.equal((readSigned(`${crc}\r\n${right}\r\n`, ['x-amz-checksum-crc32c']) as PayloadRefused).code, 'MalformedTrailerError')
  })
})

describe('unsigned chunks', () => {
  it('go on as they come, whatever their size', () => {
    const one = reader(UNSIGNED_TRAILER, 2 ** 40, ['x-amz-checksum-crc32'])
    const pieces = one.push(Buffer.from('ffffffffff\r\nabc')) as Uint8Array[]
    assert.equal(Buffer.concat(pieces).toString(), 'abc')
  })
  it('have the least size, too', () => {
    const refused = read(reader(UNSIGNED_TRAILER, 8, ['x-amz-checksum-crc32']), '5\r\nhello\r\n1\r\n') as PayloadRefused
    assert.deepEqual(refused.extra, [
      ['Chunk', '2'],
      ['BadChunkSize', '5'],
    ])
  })
  it('beyond the length announced are not let through', () => {
    const refused = reader(UNSIGNED_TRAILER, 2, ['x-amz-checksum-crc32']).push(Buffer.from('3\r\nabc\r\n')) as PayloadRefused
    assert.equal(refused.code, 'IncompleteBody')
  })
})

describe('the head of a request', () => {
  const answer = (word: string, ...more: [string, string][]) => {
    const result = chunkReaderOf(requestWith(word, more), chain())
    return 'code' in result ? `${result.status} ${result.code}: ${result.message}` : 'read'
  }
  const length: [string, string] = ['X-Amz-Decoded-Content-Length', '3']
  it('says how long the payload is', () => {
    assert.equal(answer(SIGNED, length), 'read')
    assert.equal(answer(SIGNED), '411 MissingContentLength: You must provide the Content-Length HTTP header.')
    assert.match(answer(SIGNED, ['X-Amz-Decoded-Content-Length', '0x3']), /^411/)
  })
  it('says which checksum follows', () => {
    assert.equal(answer(UNSIGNED_TRAILER, length, ['X-Amz-Trailer', 'x-amz-checksum-SHA256']), 'read')
    const unsupported = '400 InvalidRequest: The value specified in the x-amz-trailer header is not supported'
    assert.equal(answer(UNSIGNED_TRAILER, length), 'read')
    assert.equal(answer(UNSIGNED_TRAILER, length, ['X-Amz-Trailer', 'x-amz-meta-a']), unsupported)
    assert.equal(
      answer(UNSIGNED_TRAILER, length, ['X-Amz-Trailer', 'x-amz-checksum-crc32, x-amz-checksum-crc32c']),
      '400 InvalidRequest: Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    )
  })
  it('may not ask for chunks of another algorithm than its own, nor for events', () => {
    const invalid = '400 InvalidRequest: The value of x-amz-content-sha256 header is invalid.'
    assert.equal(answer('STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD', length), invalid)
    assert.equal(answer('STREAMING-AWS4-HMAC-SHA256-EVENTS', length), invalid)
    assert.equal(answer('UNSIGNED-PAYLOAD', length), invalid)
    assert.throws(() => chunkReader({ mode: streamingModeOf(SIGNED)!, chain: undefined, decodedLength: 3, trailerNames: [] }), {
      code: 'wrong-chain',
    })
  })
})
