import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headerValueTranscoded } from '../../src/causes/header-value-transcoded.ts'
import { caseOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/header-value-transcoded.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: headerValueTranscoded,
  inject,
  correct: [standardInputs({ method: 'PUT', headers: [['X-Amz-Meta-Name', 'gro\u00c3\u009f.jpg']] })],
  forms: 2,
  idle: { inputs: standardInputs({ headers: [['X-Amz-Meta-Name', 'plain']] }), params: { values: [['x-amz-meta-other', 'x']] } },
})

test('bytes outside ASCII in a signed header are a reason, ASCII is not', () => {
  const made = (value: string) =>
    reported(headerValueTranscoded, caseOf({ verifier: standardInputs({ headers: [['X-Amz-Meta-Name', value]] }) })).length
  assert.deepEqual(['gro\u00c3\u009f.jpg', 'gross.jpg', '100%'].map(made), [1, 0, 0])
})
