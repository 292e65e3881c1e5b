import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serviceMismatch } from '../../src/causes/service-mismatch.ts'
import { caseOf } from '../support/case.ts'
import { reported } from '../support/cause-contract.ts'
import { assertWhole, headContract, stated } from '../support/head-contract.ts'
import { inject } from '../support/inject/service-mismatch.ts'
import { standardInputs } from '../support/standard-inputs.ts'

headContract({ cause: serviceMismatch, inject, forms: 3, correct: [standardInputs(), standardInputs({ service: 'dynamodb' })] })

test('the message is stated; a name that the prefix of a host hides is told', () => {
  const file = caseOf({ observations: [stated('service-wrong', { signed: 'data.iot' })] })
  const [found] = reported(serviceMismatch, file)
  assert.ok(found?.stated !== undefined)
  assertWhole(serviceMismatch, found.params, file)
  assert.match(serviceMismatch.explain({ params: found.params, file, verifier: undefined, signer: undefined }).why, /signs as "iotdata"/)
})

test('the wanted name is the fix', () => {
  const said = serviceMismatch.explain({
    params: { signed: 'apigateway', wanted: 'execute-api' },
    file: caseOf({}),
    verifier: undefined,
    signer: undefined,
  })
  assert.equal(said.fixes[0]?.title, 'sign for execute-api')
  assert.equal(said.fixes[0]?.applicability, 'exact')
})

test('a host of another service is a reason', () => {
  const correct = standardInputs({ service: 'es', host: 'abc.us-east-1.aoss.amazonaws.com' })
  assert.equal(reported(serviceMismatch, caseOf({ verifier: correct }))[0]?.weight, 0.6)
})
