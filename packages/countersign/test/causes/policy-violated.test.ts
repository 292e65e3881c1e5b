import assert from 'node:assert/strict'
import { test } from 'node:test'
import { policyViolated } from '../../src/causes/policy-violated.ts'
import { caseOf } from '../support/case.ts'
import { reported } from '../support/cause-contract.ts'
import { assertWhole, headContract, stated } from '../support/head-contract.ts'
import { standardInputs } from '../support/standard-inputs.ts'

headContract({ cause: policyViolated, correct: [standardInputs()] })

test('the message is stated, and an extra field gets its condition', () => {
  const file = caseOf({ observations: [stated('policy-violated', { condition: 'Extra input fields: x-file-name' })] })
  const [found] = reported(policyViolated, file)
  assert.ok(found?.stated !== undefined)
  assertWhole(policyViolated, found.params, file)
  assert.match(
    JSON.stringify(policyViolated.explain({ params: found.params, file, verifier: undefined, signer: undefined }).fixes),
    /\$x-file-name/,
  )
})
