import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diagnoseEvidence } from '../../src/index.ts'

const first = (text: string) => diagnoseEvidence([{ name: 'error.txt', text }]).findings[0]

test("the service's own words prove it", () => {
  const found = first(
    'An error occurred (InvalidRequest) when calling the ListBuckets operation: The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
  )
  assert.deepEqual(found?.causes, ['algorithm-version-refused'])
  assert.equal(found?.proof.level, 'stated')
  assert.ok(found.fixes.some(({ command }) => command?.includes('s3v4')))
})

test('a bare mismatch of a Version 4 request is not blamed on the algorithm', () => {
  assert.ok(first('403 SignatureDoesNotMatch')?.causes[0] !== 'algorithm-version-refused')
})
