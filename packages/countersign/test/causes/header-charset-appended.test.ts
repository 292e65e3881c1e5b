import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headerCharsetAppended } from '../../src/causes/header-charset-appended.ts'
import { caseOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/header-charset-appended.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: headerCharsetAppended,
  inject,
  correct: [standardInputs({ method: 'PUT', headers: [['Content-Type', 'application/json']] })],
  forms: 2,
  idle: { inputs: standardInputs(), params: { values: [['content-type', 'text/plain']] } },
})

test('a charset on the wire is a reason, a bare type is not', () => {
  const made = (type: string) =>
    reported(headerCharsetAppended, caseOf({ verifier: standardInputs({ headers: [['Content-Type', type]] }) })).length
  assert.deepEqual(['text/plain; charset=UTF-8', 'text/plain'].map(made), [1, 0])
})

test('another type is left to the broader cause', () => {
  const verifier = standardInputs({ headers: [['Content-Type', 'text/plain; charset=utf-8']] })
  const signerLog = standardInputs({ headers: [['Content-Type', 'application/json']] })
  assert.deepEqual(reported(headerCharsetAppended, caseOf({ verifier, signerLog })), [])
})
