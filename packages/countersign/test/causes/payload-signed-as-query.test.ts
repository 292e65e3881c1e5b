import assert from 'node:assert/strict'
import { test } from 'node:test'
import { payloadSignedAsQuery } from '../../src/causes/payload-signed-as-query.ts'
import { caseOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/payload-signed-as-query.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const posted = standardInputs({ service: 'iam', method: 'POST', body: 'Version=2010-05-08&Action=ListUsers' })

causeContract({
  cause: payloadSignedAsQuery,
  inject,
  correct: [posted],
  forms: 2,
  idle: { inputs: standardInputs({ method: 'POST', body: '{"a": 1}' }), params: { payload: 'empty' } },
})

test('a form body alone is no reason', () => {
  assert.deepEqual(reported(payloadSignedAsQuery, caseOf({ verifier: posted })), [])
})
