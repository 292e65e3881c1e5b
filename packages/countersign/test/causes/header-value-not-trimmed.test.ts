import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headerValueNotTrimmed } from '../../src/causes/header-value-not-trimmed.ts'
import { caseOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/header-value-not-trimmed.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: headerValueNotTrimmed,
  inject,
  correct: [standardInputs({ headers: [['X-Amz-Meta-Name', '  two  spaces ']] })],
  forms: 3,
  idle: { inputs: standardInputs(), params: { values: [['host', 'elsewhere']] } },
})

test('a value with two blanks in a row is a reason', () => {
  const verifier = standardInputs({ headers: [['Content-Disposition', 'attachment; filename="a  b"']] })
  assert.ok(reported(headerValueNotTrimmed, caseOf({ verifier })).length > 0)
  assert.deepEqual(reported(headerValueNotTrimmed, caseOf({ verifier: standardInputs() })), [])
})
