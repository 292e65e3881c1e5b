import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { WordScanner } from '../../src/text/index.js'

const bytesOf = (text: string, offset = 0) => {
  const all = Buffer.from(`${'#'.repeat(offset)}${text}`, 'latin1')
  return new Uint8Array(new Uint8Array(all).buffer, offset)
}

/** Where there is no WebAssembly, each place is looked at. */
function withoutWebAssembly<Made>(make: () => Made): Made {
  const scope = globalThis as { WebAssembly?: unknown }
  const kept = scope.WebAssembly
  scope.WebAssembly = undefined
  try {
    return make()
  } finally {
    scope.WebAssembly = kept
  }
}

test('a word is found at any place, in any case, and where the bytes begin at any place of their buffer', () => {
  const scanner = new WordScanner(['x-amz-', 'signature'])
  for (let before = 0; before < 9; before++)
    for (let offset = 0; offset < 5; offset++) {
      const text = `${'.'.repeat(before)}SigNature X-AMZ-`
      assert.equal(scanner.next(bytesOf(text, offset), 0), before)
      assert.equal(scanner.next(bytesOf(text, offset), before + 1), before + 10)
      assert.equal(scanner.next(bytesOf(text, offset), before + 11), -1)
    }
})

test('it passes over no word, and finds none where none stands', () => {
  // Letters whose last five bits are those of others, and words that overlap.
  const words = ['aabaab', 'baabaaab', 'abcabcabcabc']
  const letter = fc.constantFrom('a', 'b', 'c', 'A', 'B', '!', '\x01', '\xe1')
  for (const scanner of [new WordScanner(words), new WordScanner(words, 'abc aab'), withoutWebAssembly(() => new WordScanner(words))])
    fc.assert(
      fc.property(fc.array(letter, { maxLength: 60 }), fc.constantFrom(...words), fc.nat(5), fc.nat(40), (letters, word, offset, from) => {
        const text = [...letters.slice(0, 30), ...(letters.length % 2 === 0 ? [word] : []), ...letters.slice(30)].join('')
        const lower = text.replace(/[A-Z]/g, (one) => one.toLowerCase())
        const place = scanner.next(bytesOf(text, offset), from)
        if (place >= 0) assert.ok(place >= from && words.some((one) => lower.startsWith(one, place)))
        const before = lower.slice(from, place < 0 ? undefined : place)
        assert.ok(words.every((one) => !before.includes(one)))
      }),
      { numRuns: 2000 },
    )
})

test('a word that is too short is refused', () => {
  assert.throws(() => new WordScanner(['key']), /"key" is too short to be looked for: 5 letters at least/)
})

test('words are found in texts longer than what is looked at together, on every border of it', () => {
  const scanner = new WordScanner(['x-amz-', 'signature'])
  const text = new Uint8Array(1_200_000).fill(0x2e)
  for (let place = 0; place < text.length - 9; place += 8190) {
    text.set(Buffer.from('Signature'), place)
    assert.equal(scanner.next(text, Math.max(0, place - 600_000)), place)
    assert.equal(scanner.next(text, place + 1), -1)
    text.fill(0x2e, place, place + 9)
  }
})
