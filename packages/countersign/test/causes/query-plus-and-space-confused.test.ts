import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queryPlusAndSpaceConfused } from '../../src/causes/query-plus-and-space-confused.ts'
import { fittingFixes } from '../../src/diagnosis/fitting-fixes.ts'
import { caseOf, client } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/query-plus-and-space-confused.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: queryPlusAndSpaceConfused,
  inject,
  correct: [standardInputs({ target: '/?prefix=a+b&q=c%2Bd' })],
  forms: 4,
  idle: { inputs: standardInputs({ target: '/?a=1' }), params: { as: 'plus-for-space' } },
})

test('a raw "+" in the query on the wire is a reason, an escaped one is not', () => {
  const [found] = reported(queryPlusAndSpaceConfused, caseOf({ verifier: standardInputs({ target: '/?c+d' }) }))
  assert.match(found?.grounds.join() ?? '', /raw "\+"/)
  assert.deepEqual(reported(queryPlusAndSpaceConfused, caseOf({ verifier: standardInputs({ target: '/?c%2Bd%20e' }) })), [])
})

test('the fix is for the client that was seen', () => {
  const verifier = standardInputs({ target: '/?a=b+c' })
  const file = caseOf({ verifier, observations: [client('requests', '2.31')] })
  const said = JSON.stringify(
    fittingFixes(file, [queryPlusAndSpaceConfused.explain({ params: { as: 'plus-for-space' }, file, verifier, signer: undefined }).fixes]),
  )
  assert.match(said, /quote_via/)
  assert.doesNotMatch(said, /http_build_query/)
})
