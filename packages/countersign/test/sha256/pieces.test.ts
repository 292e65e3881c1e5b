/** A message hashed in pieces has the hash of the whole, however it is cut. */

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { hashing as nodeHashing } from '../../src/sha256/node.ts'
import { hashing as pureHashing } from '../../src/sha256/pure.ts'

for (const [name, hashing] of [
  ['node', nodeHashing],
  ['pure', pureHashing],
] as const) {
  test(`pieces of any length hash to the whole (${name})`, () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 12 }), (pieces) => {
        const hash = hashing()
        for (const piece of pieces) hash.update(piece)
        const whole = createHash('sha256').update(Buffer.concat(pieces)).digest('hex')
        assert.equal(Buffer.from(hash.digest()).toString('hex'), whole)
        const again = hashing()
        for (const piece of pieces) again.update(piece)
        assert.equal(again.hexDigest(), whole)
      }),
    )
  })
}
