import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queryParameterDropped } from '../../src/causes/query-parameter-dropped.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/query-parameter-dropped.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: queryParameterDropped,
  inject,
  correct: [standardInputs({ target: '/a?prefix=x%20y' })],
  forms: 3,
  idle: { inputs: standardInputs({ target: '/?a=1' }), params: { pieces: ['a=1'] } },
})

test('parameters that another request of the evidence has beyond', () => {
  const verifier = standardInputs({ target: '/?a=1' })
  const made = (target: string) =>
    reported(
      queryParameterDropped,
      caseOf({ verifier, observations: [requestSeen('signer', { method: 'GET', target, headers: [], body: undefined })] }),
    )
  assert.deepEqual(made('/?a=1&b=2&c=3')[0]?.params, { pieces: ['b=2', 'c=3'] })
  assert.match(made('/?a=1&b=2')[0]!.grounds.join(), /"b"/)
  assert.deepEqual(made('/?a=1'), [])
})
