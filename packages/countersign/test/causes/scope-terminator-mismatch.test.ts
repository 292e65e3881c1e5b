import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scopeTerminatorMismatch } from '../../src/causes/scope-terminator-mismatch.ts'
import { caseOf } from '../support/case.ts'
import { reported } from '../support/cause-contract.ts'
import { assertWhole, headContract, stated } from '../support/head-contract.ts'
import { inject } from '../support/inject/scope-terminator-mismatch.ts'
import { standardInputs } from '../support/standard-inputs.ts'

headContract({ cause: scopeTerminatorMismatch, inject, forms: 3, correct: [standardInputs(), standardInputs({ service: 'dynamodb' })] })

test('the message is stated', () => {
  const file = caseOf({ observations: [stated('terminator-wrong', { signed: 'aws4' })] })
  const [found] = reported(scopeTerminatorMismatch, file)
  assert.ok(found?.stated !== undefined)
  assertWhole(scopeTerminatorMismatch, found.params, file)
  const said = scopeTerminatorMismatch.explain({ params: found.params, file, verifier: undefined, signer: undefined })
  assert.deepEqual([said.labels[0]?.signed, said.labels[0]?.calculated], ['aws4', 'aws4_request'])
})
