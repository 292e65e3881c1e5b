import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chunkSignatureText } from '../../../src/evidence/quoted/chunk-signature-text.ts'
import { read, readerLaws, seenOf } from '../reader-laws.ts'

readerLaws(chunkSignatureText)

test("a chunk's string to sign is told from the word that stands for a payload hash", () => {
  const hints = (text: string): string[] => seenOf(read(chunkSignatureText, text), 'clue').map(({ about }) => about)
  assert.deepEqual(hints('StringToSign=AWS4-HMAC-SHA256-PAYLOAD\\n20240102T030405Z'), ['payload.chunked'])
  assert.deepEqual(hints('x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD\nhost: a'), [])
})
