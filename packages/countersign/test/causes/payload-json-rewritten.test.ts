import assert from 'node:assert/strict'
import { test } from 'node:test'
import { payloadJsonRewritten } from '../../src/causes/payload-json-rewritten.ts'
import { canonicalRequestPart } from '../../src/sigv4/canonical-request.ts'
import { payloadHashOf } from '../../src/sigv4/payload-hash.ts'
import { caseOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/payload-json-rewritten.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: payloadJsonRewritten,
  inject,
  correct: [standardInputs({ method: 'POST', service: 'dynamodb', body: '{"b": "ü", "a": [1, 2]}' })],
  forms: 4,
  idle: { inputs: standardInputs({ method: 'PUT', body: 'not JSON, "at all": 1' }), params: { as: 'compact' } },
})

test('JSON is respaced outside of strings only', () => {
  const inputs = standardInputs({ method: 'POST', body: '{"a": "x: y, z",\n "q\\"": 1}' })
  const hash = payloadHashOf(new TextEncoder().encode('{"a":"x: y, z","q\\"":1}'))
  assert.equal(canonicalRequestPart(payloadJsonRewritten.undo(inputs, { as: 'compact' }), 'payload-hash'), hash)
})

test('letters of two and three bytes are escaped as Python and PHP do, and back', () => {
  const hashOf = (text: string) => payloadHashOf(new TextEncoder().encode(text))
  const made = (body: string, as: string) =>
    canonicalRequestPart(payloadJsonRewritten.undo(standardInputs({ method: 'POST', body }), { as }), 'payload-hash')
  assert.equal(made('["é→"]', 'escaped letters'), hashOf('["\\u00e9\\u2192"]'))
  assert.equal(made('["\\u00e9\\u2192"]', 'letters not escaped'), hashOf('["é→"]'))
})

test('a body that is no JSON is no occasion, and one whose string never closes takes one pass', () => {
  assert.deepEqual([...payloadJsonRewritten.suspect(caseOf({ verifier: standardInputs({ method: 'PUT', body: 'plain' }) }))], [])
  const open = standardInputs({ method: 'PUT', body: `["${'\\"'.repeat(200_000)}` })
  const start = performance.now()
  payloadJsonRewritten.undo(open, { as: 'compact' })
  assert.ok(performance.now() - start < 2000)
  assert.deepEqual(reported(payloadJsonRewritten, caseOf({ verifier: open })), [])
})
