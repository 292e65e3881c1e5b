import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queryEqualsMissing } from '../../src/causes/query-equals-missing.ts'
import { caseOf, client } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/query-equals-missing.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: queryEqualsMissing,
  inject,
  correct: [standardInputs({ target: '/a?acl&versionId=1' })],
  forms: 2,
  idle: { inputs: standardInputs({ target: '/?a=1' }), params: { signed: 'bare' } },
})

test('a key without a value is a reason, more so for curl; a value that ends in "=" is none', () => {
  const verifier = standardInputs({ target: '/?acl' })
  const [plain] = reported(queryEqualsMissing, caseOf({ verifier }))
  const [curl] = reported(queryEqualsMissing, caseOf({ verifier, observations: [client('curl', '7.88.1')] }))
  assert.ok(plain !== undefined && curl !== undefined && curl.weight > plain.weight)
  assert.deepEqual(reported(queryEqualsMissing, caseOf({ verifier: standardInputs({ target: '/?token=ab%3D%3D' }) })), [])
})
