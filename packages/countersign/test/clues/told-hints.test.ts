/** Settings and told values held against each other: every rule has what fires it and a twin that does not. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TOLD_RULES } from '../../src/clues/told/told-rules.ts'
import { readEvidence } from '../../src/intake/read-evidence.ts'

const rulesIn = (...texts: readonly string[]): readonly string[] =>
  readEvidence(texts.map((text, i) => ({ name: `piece-${i}`, text }))).flatMap((one) => (one.kind === 'clue' ? [one.rule] : []))

for (const { id, fires = [], silent = [] } of TOLD_RULES)
  test(`${id}: fires, and its twin is silent`, () => {
    assert.ok(fires.length > 0)
    for (const text of fires) assert.ok(rulesIn(text).includes(id), text)
    for (const text of silent) assert.ok(!rulesIn(text).includes(id), text)
  })

test('a header that no list of signed headers names is not suspected', () => {
  const proxy = 'location / {\n  proxy_pass http://store:9000;\n  proxy_set_header Accept-Encoding "";\n}\n'
  assert.ok(rulesIn(proxy).length > rulesIn(proxy, 'SignedHeaders=host;x-amz-date\n').length)
})
