import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathNormalized } from '../../src/causes/path-normalized.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/path-normalized.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: pathNormalized,
  inject,
  correct: [
    standardInputs({ target: '/test//foo' }),
    standardInputs({ target: '/a/./b/../c?x=1' }),
    standardInputs({ service: 'execute-api', target: '/a//b/../c' }),
  ],
  forms: 3,
  idle: { inputs: standardInputs({ target: '/plain' }), params: { form: 'resolved' } },
})

test('the same path with a double slash elsewhere in the evidence is a reason', () => {
  const verifier = standardInputs({ target: '/test/foo' })
  const elsewhere = requestSeen('signer', { method: 'PUT', target: '/test//foo', headers: [], body: undefined })
  const [found] = reported(pathNormalized, caseOf({ verifier, observations: [elsewhere] }))
  assert.deepEqual(found?.params, { form: 'observed', observed: '/test//foo' })
  assert.ok(found.weight >= 0.5)
})

test('a path without slashes or dots to resolve is no reason', () => {
  assert.deepEqual(reported(pathNormalized, caseOf({ verifier: standardInputs({ target: '/test/foo' }) })), [])
})
