import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scopeDateMismatch } from '../../src/causes/scope-date-mismatch.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { reported } from '../support/cause-contract.ts'
import { assertWhole, headContract, MISMATCH, refusal, stated } from '../support/head-contract.ts'
import { arrivedRequest } from '../support/inject/injection.ts'
import { inject } from '../support/inject/scope-date-mismatch.ts'
import { standardInputs } from '../support/standard-inputs.ts'

headContract({ cause: scopeDateMismatch, inject, forms: 3, correct: [standardInputs(), standardInputs({ service: 'dynamodb' })] })

test('the message is stated, and a key kept over midnight is named', () => {
  const values = { scopeDate: '20240311', requestDay: '20240312', requestDate: '20240312T091502Z' }
  const file = caseOf({ observations: [stated('scope-date-wrong', values)] })
  const [found] = reported(scopeDateMismatch, file)
  assert.ok(found?.stated !== undefined)
  assertWhole(scopeDateMismatch, found.params, file)
  assert.match(
    scopeDateMismatch.explain({ params: found.params, file, verifier: undefined, signer: undefined }).what,
    /20240311.*20240312.*kept over midnight/,
  )
})

test('a request that carries two days states it, unless the service went on to compare signatures', () => {
  const correct = standardInputs()
  const broken = { signer: correct, verifier: { ...correct, scope: { ...correct.scope, date: '20150829' } } }
  const observations = [requestSeen('wire', arrivedRequest(broken))]
  assert.equal(reported(scopeDateMismatch, caseOf({ observations }))[0]?.stated?.kind, 'request')
  const compared = reported(scopeDateMismatch, caseOf({ observations, refusal: refusal('SignatureDoesNotMatch', MISMATCH) }))
  assert.equal(compared[0]?.stated, undefined)
})
