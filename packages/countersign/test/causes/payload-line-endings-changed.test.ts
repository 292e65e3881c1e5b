import assert from 'node:assert/strict'
import { test } from 'node:test'
import { payloadLineEndingsChanged } from '../../src/causes/payload-line-endings-changed.ts'
import { fittingFixes } from '../../src/diagnosis/fitting-fixes.ts'
import { caseOf, client, clueOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/payload-line-endings-changed.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: payloadLineEndingsChanged,
  inject,
  correct: [standardInputs({ method: 'POST', service: 'dynamodb', body: '{"a":1}\nb\n' })],
  forms: 4,
  idle: { inputs: standardInputs({ method: 'PUT', body: 'one line' }), params: { as: 'without line endings' } },
})

test('a body with line endings sent by curl is tried first, not reported, and the fix is for curl', () => {
  const verifier = standardInputs({ method: 'POST', service: 'es', body: 'a\nb\n' })
  const file = caseOf({ verifier, observations: [client('curl', '8.5.0')] })
  // Right uploads of curl have line endings as well.
  assert.deepEqual(reported(payloadLineEndingsChanged, file), [])
  const found = [...payloadLineEndingsChanged.suspect(file)].sort((a, b) => b.weight - a.weight)[0]
  assert.deepEqual(found?.params, { as: 'without line endings' })
  const said = payloadLineEndingsChanged.explain({ params: found!.params, file, verifier, signer: undefined })
  assert.match(JSON.stringify(fittingFixes(file, [said.fixes])), /--data-binary/)
  assert.doesNotMatch(JSON.stringify(fittingFixes(file, [said.fixes])), /'rb'/)
})

test('a clue about the class counts only if it names this cause', () => {
  const verifier = standardInputs({ method: 'POST', body: 'a\n' })
  const about = clueOf('payload.hash', {}, ['payload-line-endings-changed'])
  assert.equal(reported(payloadLineEndingsChanged, caseOf({ verifier, observations: [about] })).length, 1)
  assert.deepEqual(reported(payloadLineEndingsChanged, caseOf({ verifier, observations: [clueOf('payload.hash')] })), [])
})
