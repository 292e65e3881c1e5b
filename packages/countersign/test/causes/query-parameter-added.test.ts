import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queryParameterAdded } from '../../src/causes/query-parameter-added.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/query-parameter-added.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: queryParameterAdded,
  inject,
  correct: [standardInputs({ target: '/a?list-type=2&prefix=x%20y' })],
  forms: 4,
  idle: { inputs: standardInputs({ target: '/?a=1' }), params: { pieces: ['b=2'] } },
})

test('a parameter that tools add is a reason, and the fix names the tool', () => {
  const verifier = standardInputs({ target: '/k?utm_source=mail&x=1' })
  const file = caseOf({ verifier })
  const [found] = reported(queryParameterAdded, file)
  assert.deepEqual(found?.params, { pieces: ['utm_source=mail'] })
  const said = queryParameterAdded.explain({ params: found!.params, file, verifier, signer: undefined })
  assert.match(said.fixes[0]!.title, /click tracking/)
})

test('an option is a reason only where the URL was signed before: in a presigned one', () => {
  const inputs = standardInputs({ target: '/k?response-content-disposition=attachment' })
  assert.deepEqual(reported(queryParameterAdded, caseOf({ verifier: inputs })), [])
  const [found] = reported(queryParameterAdded, caseOf({ verifier: { ...inputs, authentication: 'query' } }))
  assert.deepEqual(found?.params, { pieces: ['response-content-disposition=attachment'] })
})

test('parameters that another request of the evidence lacks', () => {
  const verifier = standardInputs({ target: '/?a=1&b=2&c=3' })
  const made = (target: string): unknown =>
    reported(
      queryParameterAdded,
      caseOf({ verifier, observations: [requestSeen('signer', { method: 'GET', target, headers: [], body: undefined })] }),
    )[0]?.params
  assert.deepEqual(made('/?a=1'), { pieces: ['b=2', 'c=3'] })
  assert.deepEqual(made('/?a=1&b=2'), { pieces: ['c=3'] })
  assert.equal(made('/?a=1&b=2&c=4'), undefined)
  assert.equal(made('/?b=2&c=3&a=1'), undefined)
})
