/** What the headers of an S3 request say of its body: Content-MD5 and x-amz-checksum-*, for verifier, spec and fast alike. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { verify as verifyFast } from '../../src/fast/verify.ts'
import { bytesOf } from '../../src/sigv4/byte-string.ts'
import { signStreaming } from '../../src/sigv4/chunk-writer.ts'
import type { Header, HttpRequest } from '../../src/sigv4/http-request.ts'
import { CHECKSUMS } from '../../src/sigv4/payload-trailer.ts'
import { verify } from '../../src/sigv4/verify.ts'
import { createVerifier, credentialsOf } from '../../src/verifier/index.ts'
import { CREDENTIALS, KEY_ID, NOW, plain, presigned, SECRET, signed } from '../support/signed.ts'

const verifier = createVerifier({ credentials: credentialsOf({ [KEY_ID]: { key: SECRET } }), clock: () => NOW })
const BODY = 'hello, world'
const OTHER = 'hello, World'

const base64 = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('base64')

function checksum(algorithm: keyof typeof CHECKSUMS, text: string): string {
  const running = CHECKSUMS[algorithm].start()
  running.update(bytesOf(text))
  return Buffer.from(running.digest()).toString('base64')
}

/** "ok", or code, status, message and elements of the refusal. */
async function answered(request: HttpRequest): Promise<unknown> {
  const outcome = await verifier.judge(request)
  if (outcome.ok) return Buffer.concat(outcome.pieces).toString()
  const { code, status, message, extra } = outcome.refused.error
  assert.equal(outcome.refused.answer.status, status)
  assert.match(outcome.refused.answer.body, new RegExp(`<Code>${code}</Code><Message>`))
  return extra.length === 0 ? [code, status, message] : [code, status, message, ...extra]
}

/** The same of the library, whose two verifiers have to agree. */
function judged(request: HttpRequest): unknown {
  const [spec, fast] = [verify(request, SECRET, { now: NOW }), verifyFast(request, SECRET, { now: NOW })]
  assert.deepEqual(fast.ok ? 'ok' : fast.error, spec.ok ? 'ok' : spec.error)
  if (spec.ok) return BODY
  const { code, status, message, extra } = spec.error
  return extra.length === 0 ? [code, status, message] : [code, status, message, ...extra]
}

const digestOf = (name: string) => ['BadDigest', 400, `The ${name} you specified did not match the calculated checksum.`]
const invalid = (name: string) => ['InvalidRequest', 400, `Value for ${name} header is invalid.`]
const BAD_MD5 = [
  'BadDigest',
  400,
  'The Content-MD5 you specified did not match what we received.',
  ['CalculatedDigest', base64('md5', BODY)],
  ['ExpectedDigest', createHash('md5').update(OTHER).digest('hex')],
]
const invalidMd5 = (value: string) => ['InvalidDigest', 400, 'The Content-MD5 you specified was invalid.', ['Content-MD5', value]]
const SINGLE = ['InvalidRequest', 400, 'Expecting a single x-amz-checksum- header']
const SINGLE_TYPE = ['InvalidRequest', 400, 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.']

const CASES: readonly (readonly [name: string, headers: readonly Header[], expected: unknown])[] = [
  ['a right Content-MD5', [['Content-MD5', base64('md5', BODY)]], BODY],
  ['the Content-MD5 of another body', [['content-md5', base64('md5', OTHER)]], BAD_MD5],
  ['a Content-MD5 in hex', [['Content-MD5', createHash('md5').update(BODY).digest('hex')]], undefined],
  ['an empty Content-MD5', [['Content-MD5', '']], invalidMd5('')],
  ['a Content-MD5 of five bytes', [['Content-MD5', 'aGVsbG8=']], invalidMd5('aGVsbG8=')],
  ...(Object.keys(CHECKSUMS) as (keyof typeof CHECKSUMS)[]).flatMap((algorithm) => {
    const name = `x-amz-checksum-${algorithm.toLowerCase()}`
    const right = checksum(algorithm, BODY)
    return [
      [`a right ${name}`, [[name, right]], BODY],
      [`the ${name} of another body`, [[name, checksum(algorithm, OTHER)]], digestOf(algorithm)],
      [`${name} without padding`, [[name, right.replace(/=*$/, '').slice(0, -1)]], invalid(name)],
    ] as const
  }),
  ['a right MD5', [['X-Amz-Checksum-MD5', base64('md5', BODY)]], BODY],
  [
    'bits that base64 has no use for',
    [['x-amz-checksum-crc32', `${checksum('CRC32', BODY).slice(0, 5)}x==`]],
    invalid('x-amz-checksum-crc32'),
  ],
  [
    'an algorithm that nobody knows',
    [['x-amz-checksum-crc16', 'AAA=']],
    ['InvalidRequest', 400, 'The algorithm type you specified in x-amz-checksum- header is invalid.'],
  ],
  [
    'a name of every object',
    [['x-amz-checksum-constructor', 'AAA=']],
    ['InvalidRequest', 400, 'The algorithm type you specified in x-amz-checksum- header is invalid.'],
  ],
  [
    'two checksums, both right',
    [
      ['x-amz-checksum-crc32', checksum('CRC32', BODY)],
      ['x-amz-checksum-sha1', checksum('SHA1', BODY)],
    ],
    SINGLE_TYPE,
  ],
  [
    'what speaks of checksums',
    [
      ['x-amz-checksum-algorithm', 'CRC32'],
      ['x-amz-checksum-type', 'FULL_OBJECT'],
      ['x-amz-sdk-checksum-algorithm', 'CRC32'],
    ],
    BODY,
  ],
]

describe('what the headers say of a body', () => {
  for (const [name, headers, wanted] of CASES) {
    const expected = wanted ?? invalidMd5(headers[0]![1])
    it(`${name}: hash, UNSIGNED-PAYLOAD, presigned`, async () => {
      const request = plain('PUT', '/b/k', BODY, headers)
      for (const one of [signed(request, 's3'), signed(request, 's3', { unsignedPayload: true }), presigned(request)]) {
        assert.deepEqual(await answered(one), expected)
        assert.deepEqual(judged(one), expected)
      }
    })
  }

  it('unsigned headers count, too: a presigned URL has no say in them', async () => {
    const request = presigned(plain('PUT', '/b/k', BODY))
    const headers: Header[] = [...request.headers, ['Content-MD5', base64('md5', OTHER)]]
    assert.deepEqual(await answered({ ...request, headers }), BAD_MD5)
    assert.deepEqual(judged({ ...request, headers }), BAD_MD5)
  })

  it('the signed hash comes first, and the signature before it', async () => {
    const request = signed(plain('PUT', '/b/k', BODY, [['x-amz-checksum-crc32', checksum('CRC32', BODY)]]), 's3')
    const changed = { ...request, body: bytesOf(OTHER) }
    assert.equal(((await answered(changed)) as string[])[0], 'XAmzContentSHA256Mismatch')
    assert.equal((judged(changed) as string[])[0], 'XAmzContentSHA256Mismatch')
    const headers = request.headers.map(([name, value]): Header => [name, name.startsWith('x-amz-checksum') ? 'x' : value])
    assert.equal(((await answered({ ...request, headers })) as string[])[0], 'SignatureDoesNotMatch')
  })

  it('a request to complete an upload says what the object has, not its body; one to delete says its own', async () => {
    const wrong: Header[] = [['x-amz-checksum-crc32', checksum('CRC32', OTHER)]]
    assert.deepEqual(await answered(signed(plain('POST', '/b/k?uploadId=7', BODY, wrong), 's3')), BODY)
    assert.deepEqual(await answered(signed(plain('POST', '/b?delete', BODY, wrong), 's3')), digestOf('CRC32'))
    assert.deepEqual(await answered(signed(plain('POST', '/b/k?uploadId=7', BODY, [['Content-MD5', base64('md5', OTHER)]]), 's3')), BAD_MD5)
    assert.deepEqual(await answered(signed(plain('GET', '/b/k', '', [['Content-MD5', base64('md5', OTHER)]]), 's3')), '')
  })

  it('other services know nothing of it', async () => {
    assert.deepEqual(await answered(signed(plain('PUT', '/', BODY, [['Content-MD5', base64('md5', OTHER)]]), 'execute-api')), BODY)
  })
})

describe('what the headers say of a body in chunks', () => {
  const chunks = `${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n`
  function chunked(checksums: readonly Header[], announced = 'x-amz-checksum-crc32', trailer = checksum('CRC32', BODY)): HttpRequest {
    const headers: Header[] = [
      ['Content-Encoding', 'aws-chunked'],
      ['X-Amz-Decoded-Content-Length', String(BODY.length)],
      ['X-Amz-Content-Sha256', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'],
      ['X-Amz-Trailer', announced],
      ...checksums,
    ]
    return { ...signed(plain('PUT', '/b/k', '', headers), 's3'), body: bytesOf(`${chunks}x-amz-checksum-crc32:${trailer}\r\n\r\n`) }
  }

  it('a checksum in the head beside one behind the payload, right or wrong, of one kind or two', async () => {
    assert.deepEqual(await answered(chunked([])), BODY)
    assert.deepEqual(await answered(chunked([['x-amz-checksum-crc32', checksum('CRC32', BODY)]])), SINGLE)
    assert.deepEqual(await answered(chunked([['x-amz-checksum-crc32', checksum('CRC32', OTHER)]])), SINGLE)
    assert.deepEqual(await answered(chunked([['x-amz-checksum-sha1', checksum('SHA1', BODY)]])), SINGLE)
    const two = chunked([['x-amz-checksum-sha1', checksum('SHA1', BODY)]], 'x-amz-checksum-crc32, x-amz-checksum-sha1')
    assert.deepEqual(await answered(two), SINGLE_TYPE)
  })

  it('a checksum in the head of signed chunks is that of the decoded payload', async () => {
    for (const [text, expected] of [
      [BODY, BODY],
      [OTHER, digestOf('SHA1')],
    ] as const) {
      const request = plain('PUT', '/b/k', '', [['x-amz-checksum-sha1', checksum('SHA1', text)]])
      const options = { now: NOW, region: 'eu-west-1', service: 's3', decodedLength: BODY.length } as const
      const { head, writer } = signStreaming(request, CREDENTIALS, options)
      const body = Buffer.concat([...writer.push(bytesOf(BODY)), ...writer.end()])
      assert.deepEqual(await answered({ ...head, body }), expected)
    }
  })

  it('is refused before any of the body is read', async () => {
    const door = await verifier.open(chunked([['x-amz-checksum-crc32', checksum('CRC32', BODY)]]))
    assert.equal(door.ok, false)
  })

  it('Content-MD5 has to be well-formed, and is compared with nothing', async () => {
    assert.deepEqual(await answered(chunked([['Content-MD5', base64('md5', OTHER)]])), BODY)
    assert.deepEqual(await answered(chunked([['Content-MD5', 'nothing']])), invalidMd5('nothing'))
  })

  it('the checksum of the trailer stays what it was', async () => {
    assert.deepEqual(await answered(chunked([], undefined, checksum('CRC32', OTHER))), digestOf('CRC32'))
  })
})
