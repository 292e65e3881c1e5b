/** The search's hashing, held against node:crypto: with and without WebAssembly, at every length and alignment. */
import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { test } from 'node:test'
import { plainLanes, simdLanes } from '../../src/sha256/four-lanes.ts'
import { HmacBeginning, hmacMatches, plainMatches } from '../../src/sha256/hmac-lanes.ts'
import { Choice, hashMessages, messageWalk } from '../../src/sha256/message-tree.ts'
import { INITIAL } from '../../src/sha256/pure.ts'

const hexOf = (words: Int32Array): string => Array.from(words, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
const sha = (text: string): string => createHash('sha256').update(text, 'latin1').digest('hex')
const wordsOf = (hex: string): Int32Array => Int32Array.from(hex.match(/.{8}/g)!, (word) => Number.parseInt(word, 16))
const choices = (texts: readonly string[], cost: (i: number) => number = () => 0): Choice[] =>
  texts.map((text, i) => new Choice(text, cost(i)))

test('the SIMD kernel exists in this runtime, and compresses as the plain code does', () => {
  const simd = simdLanes([3])
  assert.ok(simd !== undefined, 'no WebAssembly SIMD')
  const [fast, plain] = [simd[0]!, plainLanes(3)]
  for (let round = 0; round < 50; round++) {
    for (const lanes of [fast, plain]) {
      for (let i = 0; i < 32; i++) lanes.state[i] = INITIAL[i >> 2]! + round * (i & 3)
      for (let i = 0; i < 192; i++) lanes.words[i] = Math.imul(i + 1, 0x9e3779b1 + round * 77)
      lanes.compress(1 + (round & 1))
    }
    assert.deepEqual(fast.result, plain.result)
  }
})

test('every message of a tree has the hash that node:crypto gives it, at any length', () => {
  const text = (i: number, n: number): string => String.fromCharCode(97 + i).repeat(n)
  for (const long of [0, 1, 40, 64, 130, 700, 3000, 5000]) {
    const levels = [
      ['GET\n', 'POST\n'],
      [text(0, 13), text(1, 63), text(2, long)],
      ['', text(3, 55), '\u00e9\u0000'],
      [text(4, 8), text(5, 9), text(6, 64), text(7, long), text(8, 60)],
    ]
    const seen = new Map<string, string>()
    const count = hashMessages(
      levels.map((level) => choices(level)),
      { from: 0, to: 0 },
      (digest, chosen) => {
        seen.set(levels.map((level, i) => level[chosen[i]!]).join(''), hexOf(digest))
      },
    )
    assert.equal(count, 2 * 3 * 3 * 5)
    for (const a of levels[0]!)
      for (const b of levels[1]!)
        for (const c of levels[2]!) for (const d of levels[3]!) assert.equal(seen.get(a + b + c + d), sha(a + b + c + d))
  }
})

test('costs bound what is hashed, from below and from above', () => {
  const levels = [choices(['a', 'b'], (i) => i), choices(['a', 'b', 'c'], (i) => i), choices(['a', 'b'], (i) => i)]
  const sums: number[] = []
  const count = hashMessages(levels, { from: 2, to: 3 }, (_, chosen) => sums.push(chosen.reduce((a, b) => a + b)))
  assert.equal(count, 7)
  assert.deepEqual(sums.sort(), [2, 2, 2, 2, 3, 3, 3])
  assert.equal(
    hashMessages([], { from: 0, to: 9 }, () => assert.fail()),
    0,
  )
})

test('a walk in steps hashes the same messages, also while another one goes on in between', () => {
  for (const long of [10, 5000]) {
    const texts = [['a', 'b\n', 'c'.repeat(long)], ['', 'd'.repeat(70), 'e'], Array.from({ length: 30 }, (_, i) => `${i}`.repeat(1 + i))]
    const levels = texts.map((level) => choices(level))
    const made: string[] = []
    const walk = messageWalk(levels, { from: 0, to: 0 }, (digest, chosen) => {
      assert.equal(hexOf(digest), sha(texts.map((level, i) => level[chosen[i]!]).join('')))
      made.push(chosen.join())
    })
    let steps = 0
    for (let before = 0; walk.run(2000); before = walk.count) {
      steps++
      assert.ok(walk.count - before <= 40, 'a step ends')
      hashMessages([choices(['x', 'y']), choices(['z'])], { from: 0, to: 0 }, () => undefined)
    }
    assert.ok(steps > 3)
    assert.equal(new Set(made).size, 3 * 3 * 30)
    assert.equal(walk.count, 3 * 3 * 30)
  }
})

test('the HMAC of head and hash is found at every alignment, and nothing else is', () => {
  const key = createHash('sha256').update('key').digest()
  const texts = Array.from({ length: 7 }, (_, i) => `text ${i}`)
  const digests = Int32Array.from(texts.flatMap((text) => [...wordsOf(sha(text))]))
  for (let length = 0; length <= 140; length++) {
    const head = 'h'.repeat(length)
    const index = length % 7
    const wanted = createHmac('sha256', key)
      .update(head + sha(texts[index]!))
      .digest('hex')
    for (const matches of [hmacMatches, plainMatches]) {
      assert.deepEqual(matches(new HmacBeginning(key, head), digests, wanted), [index], `head of ${length}`)
      assert.deepEqual(matches(new HmacBeginning(key, `${head}x`), digests, wanted), [])
    }
  }
})
