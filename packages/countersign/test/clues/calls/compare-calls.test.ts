/** Calls beside each other: every rule has what fires it and a twin that does not, in whatever language and however it is cut. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CALL_RULES } from '../../../src/clues/calls/call-rules.ts'
import { readEvidence } from '../../../src/intake/read-evidence.ts'

const rulesIn = (...texts: readonly string[]): readonly string[] =>
  readEvidence(texts.map((text, i) => ({ name: `piece-${i}`, text }))).flatMap((one) => (one.kind === 'clue' ? [one.rule] : []))

for (const { id, fires = [], silent = [] } of CALL_RULES)
  test(`${id}: fires, and its twin is silent`, () => {
    assert.ok(fires.length > 0)
    for (const text of fires) assert.ok(rulesIn(text).includes(id), text)
    for (const text of silent) assert.ok(!rulesIn(text).includes(id), text)
  })

test('a call and its counterpart in two pieces, in either order', () => {
  const presigned = "link = s3.generate_presigned_url('put_object', Params={'Bucket': 'b', 'Key': 'k', 'ContentType': 'image/png'})\n"
  const sent = "await fetch(link, { method: 'PUT', body: file, headers: { 'Content-Type': 'image/jpeg' } })\n"
  assert.ok(rulesIn(presigned, sent).includes('call-header-differs'))
  assert.ok(rulesIn(sent, presigned).includes('call-header-differs'))
})
