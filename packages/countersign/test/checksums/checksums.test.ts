/** Checksums against the catalogue's check values, against other implementations, and however their message is cut. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import * as zlib from 'node:zlib'
import fc from 'fast-check'
import type { Checksum } from '../../src/checksums/checksum.ts'
import { Crc32, Crc32c, Crc64Nvme } from '../../src/checksums/crc.ts'
import { Md5 } from '../../src/checksums/md5.ts'
import { Sha1 } from '../../src/checksums/sha1.ts'
import { Sha512 } from '../../src/checksums/sha512.ts'
import { Xxh3Of64, Xxh3Of128 } from '../../src/checksums/xxh3.ts'
import { Xxh64 } from '../../src/checksums/xxh64.ts'

const ALL: readonly [name: string, start: () => Checksum, slow: (bytes: Uint8Array) => string][] = [
  ['CRC-32', () => new Crc32(), (bytes) => bitwise(bytes, 0xedb88320n, 32)],
  ['CRC-32C', () => new Crc32c(), (bytes) => bitwise(bytes, 0x82f63b78n, 32)],
  ['CRC-64/NVME', () => new Crc64Nvme(), (bytes) => bitwise(bytes, 0x9a6c9329ac4bc9b5n, 64)],
  ['MD5', () => new Md5(), (bytes) => createHash('md5').update(bytes).digest('hex')],
  ['SHA-1', () => new Sha1(), (bytes) => createHash('sha1').update(bytes).digest('hex')],
  ['SHA-512', () => new Sha512(), (bytes) => createHash('sha512').update(bytes).digest('hex')],
  ['XXH64', () => new Xxh64(), (bytes) => hexOf(new Xxh64(), bytes)],
  ['XXH3 in 64 bits', () => new Xxh3Of64(), (bytes) => hexOf(new Xxh3Of64(), bytes)],
  ['XXH3 in 128 bits', () => new Xxh3Of128(), (bytes) => hexOf(new Xxh3Of128(), bytes)],
]

/** Bit by bit, as the definition goes. */
function bitwise(bytes: Uint8Array, polynomial: bigint, width: number): string {
  const ones = (1n << BigInt(width)) - 1n
  let crc = ones
  for (const byte of bytes) {
    crc ^= BigInt(byte)
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ polynomial : crc >> 1n
  }
  return (crc ^ ones).toString(16).padStart(width / 4, '0')
}

function hexOf(checksum: Checksum, ...pieces: Uint8Array[]): string {
  for (const piece of pieces) checksum.update(piece)
  return Buffer.from(checksum.digest()).toString('hex')
}

describe('checksums', () => {
  it('have the check values of the catalogue', () => {
    const digits = Buffer.from('123456789')
    assert.equal(hexOf(new Crc32(), digits), 'cbf43926')
    assert.equal(hexOf(new Crc32c(), digits), 'e3069283')
    assert.equal(hexOf(new Crc64Nvme(), digits), 'ae8b14860a799888')
    assert.equal(hexOf(new Md5(), digits), '25f9e794323b453885f5181f1b624d0b')
    assert.equal(hexOf(new Sha1(), digits), 'f7c3bc1d808e04732adf679965ccc34ca7ae3441')
  })
  it('are those of the reference implementation of xxHash, whatever the length and the cut', () => {
    const file = new URL('../vectors/own-xxhash-vectors.json', import.meta.url)
    const vectors = JSON.parse(readFileSync(file, 'utf8')) as readonly (readonly [number, string, string, string])[]
    const message = Uint8Array.from({ length: 70_000 }, (_, i) => 7 * i + Math.floor(i / 251))
    assert.ok(vectors.length > 300)
    for (const [length, ...wanted] of vectors)
      for (const step of [70_000, 256, 300, 63]) {
        const pieces = Array.from({ length: Math.ceil(length / step) }, (_, i) =>
          message.subarray(i * step, Math.min(length, (i + 1) * step)),
        )
        const computed = [new Xxh64(), new Xxh3Of64(), new Xxh3Of128()].map((one) => hexOf(one, ...pieces))
        assert.deepEqual(computed, wanted, `${length} bytes, ${step} at a time`)
      }
  })
  it('of nothing', () => {
    assert.deepEqual(
      ALL.map(([, start]) => hexOf(start())),
      [
        '00000000',
        '00000000',
        '0000000000000000',
        'd41d8cd98f00b204e9800998ecf8427e',
        'da39a3ee5e6b4b0d3255bfef95601890afd80709',
        createHash('sha512').digest('hex'),
        'ef46db3751d8e999',
        '2d06800538d394c2',
        '99aa06d3014798d86001c324468d497f',
      ],
    )
  })
  for (const [name, start, slow] of ALL) {
    it(`${name} is the same however the message is cut`, () => {
      fc.assert(
        fc.property(fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 8 }), (pieces) => {
          assert.equal(hexOf(start(), ...pieces), slow(Buffer.concat(pieces)))
        }),
      )
    })
  }
  it('a long piece gives what its bytes give one by one', () => {
    const bytes = Uint8Array.from({ length: 140_003 }, (_, i) => (i * 2_654_435_761) >>> 11)
    for (const [name, start] of ALL.filter(([one]) => one.startsWith('CRC'))) {
      const single = start()
      for (const byte of bytes) single.update(Uint8Array.of(byte))
      assert.equal(hexOf(start(), bytes), Buffer.from(single.digest()).toString('hex'), name)
    }
  })
  it('CRC-32 is that of zlib, where this Node has it', () => {
    const crc32 = (zlib as { crc32?: (bytes: Uint8Array) => number }).crc32
    const bytes = Uint8Array.from({ length: 70_001 }, (_, i) => (i * 31) >>> 3)
    if (crc32 !== undefined) assert.equal(hexOf(new Crc32(), bytes), crc32(bytes).toString(16).padStart(8, '0'))
  })
})
