import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queryLeftOut } from '../../src/causes/query-left-out.ts'
import { canonicalRequestPart } from '../../src/sigv4/canonical-request.ts'
import { caseOf } from '../support/case.ts'
import { causeLaws, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/query-left-out.ts'
import { lawfulInputs } from '../support/standard-inputs.ts'

causeLaws({
  cause: queryLeftOut,
  inject,
  lawful: [lawfulInputs({ target: '/a?list-type=2&prefix=x%20y' })],
  forms: 1,
  idle: { inputs: lawfulInputs({ target: '/a' }), params: { signed: 'nothing' } },
})

test('the X-Amz-* parameters alone', () => {
  const inputs = lawfulInputs({ target: '/a?versionId=1&X-Amz-Expires=60' })
  assert.equal(canonicalRequestPart(queryLeftOut.undo(inputs, { signed: 'amz-only' }), 'canonical-query-string'), 'X-Amz-Expires=60')
})

test('a query alone is no reason', () => {
  assert.deepEqual(reported(queryLeftOut, caseOf({ verifier: lawfulInputs({ target: '/a?b=1' }) })), [])
})
