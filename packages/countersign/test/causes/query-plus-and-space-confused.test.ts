import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queryPlusAndSpaceConfused } from '../../src/causes/query-plus-and-space-confused.ts'
import { caseOf, client } from '../support/case.ts'
import { causeLaws, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/query-plus-and-space-confused.ts'
import { lawfulInputs } from '../support/standard-inputs.ts'

causeLaws({
  cause: queryPlusAndSpaceConfused,
  inject,
  lawful: [lawfulInputs({ target: '/?prefix=a+b&q=c%2Bd' })],
  forms: 4,
  idle: { inputs: lawfulInputs({ target: '/?a=1' }), params: { as: 'plus-for-space' } },
})

test('a raw "+" in the query on the wire is a reason, an escaped one is not', () => {
  const [found] = reported(queryPlusAndSpaceConfused, caseOf({ verifier: lawfulInputs({ target: '/?c+d' }) }))
  assert.match(found?.grounds.join() ?? '', /raw "\+"/)
  assert.deepEqual(reported(queryPlusAndSpaceConfused, caseOf({ verifier: lawfulInputs({ target: '/?c%2Bd%20e' }) })), [])
})

test('the fix is for the client that was seen', () => {
  const verifier = lawfulInputs({ target: '/?a=b+c' })
  const file = caseOf({ verifier, observations: [client('python-requests', '2.31')] })
  const said = JSON.stringify(
    queryPlusAndSpaceConfused.explain({ params: { as: 'plus-for-space' }, file, verifier, signer: undefined }).fixes,
  )
  assert.match(said, /quote_via/)
  assert.doesNotMatch(said, /http_build_query/)
})
