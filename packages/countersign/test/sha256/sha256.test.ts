/** Both hashes, the pure one and node's, against the published answers, against each other and against @noble/hashes. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import * as node from '../../src/sha256/node.ts'
import * as pure from '../../src/sha256/pure.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** FIPS 180 examples and the answers for every length around a block's end. */
const DIGESTS: readonly (readonly [message: string, digest: string])[] = [
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1'],
  [
    'abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu',
    'cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1',
  ],
  ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
]

/** RFC 4231, cases 1, 2, 3 and 6 (a key longer than a block). */
const MACS: readonly (readonly [key: Uint8Array, message: Uint8Array, mac: string])[] = [
  [new Uint8Array(20).fill(0x0b), bytes('Hi There'), 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
  [bytes('Jefe'), bytes('what do ya want for nothing?'), '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
  [new Uint8Array(20).fill(0xaa), new Uint8Array(50).fill(0xdd), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
  [
    new Uint8Array(131).fill(0xaa),
    bytes('Test Using Larger Than Block-Size Key - Hash Key First'),
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  ],
]

for (const [name, { sha256, hmacSha256 }] of [
  ['pure', pure],
  ['node', node],
] as const) {
  describe(`${name} SHA-256`, () => {
    for (const [message, digest] of DIGESTS) {
      it(`of ${message.length} characters`, () => assert.equal(hex(sha256(bytes(message))), digest))
    }
    MACS.forEach(([key, message, mac], index) => {
      it(`HMAC, example ${index + 1}`, () => assert.equal(hex(hmacSha256(key, message)), mac))
    })
  })
}

describe('the pure and node hashes', () => {
  it('agree with @noble/hashes on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (message) => {
        const digest = hex(nobleSha256(message))
        assert.equal(hex(pure.sha256(message)), digest)
        assert.equal(hex(node.sha256(message)), digest)
      }),
    )
  })

  it('agree with @noble/hashes on HMAC under any key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 150 }), fc.uint8Array({ maxLength: 200 }), (key, message) => {
        const mac = hex(hmac(nobleSha256, key, message))
        assert.equal(hex(pure.hmacSha256(key, message)), mac)
        assert.equal(hex(node.hmacSha256(key, message)), mac)
      }),
    )
  })

  it('agree on the HMAC of texts that are written over each other', () => {
    const length = 90
    const texts = fc.array(fc.uint8Array({ minLength: length, maxLength: length }), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 150 }), texts, (key, messages) => {
        const kept = [new pure.TextMac(key, length), new node.TextMac(key, length)]
        for (const message of messages) {
          for (const mac of kept) {
            mac.text.set(message)
            assert.equal(mac.hex(), hex(hmac(nobleSha256, key, message)))
          }
        }
      }),
    )
  })

  it('agree on byte strings', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.uint8Array({ maxLength: 200 }), (key, message) => {
        const text = String.fromCharCode(...message)
        for (const { sha256Hex, hmacSha256Hex } of [pure, node]) {
          assert.equal(sha256Hex(text), hex(nobleSha256(message)))
          assert.equal(hmacSha256Hex(key, text), hex(hmac(nobleSha256, key, message)))
        }
      }),
    )
  })

  it('agree at every length around one and two blocks', () => {
    for (let length = 50; length < 135; length++) {
      const message = new Uint8Array(length).map((_, at) => at * 7)
      assert.equal(hex(pure.sha256(message)), hex(node.sha256(message)), `${length} bytes`)
    }
  })
})
