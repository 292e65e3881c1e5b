import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queryLeftOut } from '../../src/causes/query-left-out.ts'
import { canonicalRequestPart } from '../../src/sigv4/canonical-request.ts'
import { caseOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/query-left-out.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: queryLeftOut,
  inject,
  correct: [standardInputs({ target: '/a?list-type=2&prefix=x%20y' })],
  forms: 1,
  idle: { inputs: standardInputs({ target: '/a' }), params: { signed: 'nothing' } },
})

test('the X-Amz-* parameters alone', () => {
  const inputs = standardInputs({ target: '/a?versionId=1&X-Amz-Expires=60' })
  assert.equal(canonicalRequestPart(queryLeftOut.undo(inputs, { signed: 'amz-only' }), 'canonical-query-string'), 'X-Amz-Expires=60')
})

test('a query alone is no reason', () => {
  assert.deepEqual(reported(queryLeftOut, caseOf({ verifier: standardInputs({ target: '/a?b=1' }) })), [])
})
