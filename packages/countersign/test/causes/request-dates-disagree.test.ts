import assert from 'node:assert/strict'
import { test } from 'node:test'
import { requestDatesDisagree } from '../../src/causes/request-dates-disagree.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { reported } from '../support/cause-contract.ts'
import { headContract } from '../support/head-contract.ts'
import { arrivedRequest } from '../support/inject/injection.ts'
import { inject } from '../support/inject/request-dates-disagree.ts'
import { standardInputs } from '../support/standard-inputs.ts'

headContract({ cause: requestDatesDisagree, inject, forms: 3, correct: [standardInputs(), standardInputs({ service: 'sts' })] })

test('a Date header of another time is a reason, one of the same time is not', () => {
  const found = (date: string) => {
    const correct = standardInputs({ headers: [['Date', date]] })
    const request = arrivedRequest({ signer: correct, verifier: correct })
    return reported(requestDatesDisagree, caseOf({ verifier: { ...correct, request }, observations: [requestSeen('wire', request)] }))
  }
  assert.deepEqual(found('Sun, 30 Aug 2015 12:36:00 GMT'), [])
  assert.deepEqual(found('Sun, 30 Aug 2015 12:36:07 GMT')[0]?.params, { signed: '20150830T123607Z' })
})
