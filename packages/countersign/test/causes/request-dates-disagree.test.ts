import assert from 'node:assert/strict'
import { test } from 'node:test'
import { requestDatesDisagree } from '../../src/causes/request-dates-disagree.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { reported } from '../support/cause-contract.ts'
import { headLaws } from '../support/head-contract.ts'
import { arrivedRequest } from '../support/inject/injection.ts'
import { inject } from '../support/inject/request-dates-disagree.ts'
import { lawfulInputs } from '../support/standard-inputs.ts'

headLaws({ cause: requestDatesDisagree, inject, forms: 3, lawful: [lawfulInputs(), lawfulInputs({ service: 'sts' })] })

test('a Date header of another time is a reason, one of the same time is not', () => {
  const found = (date: string) => {
    const lawful = lawfulInputs({ headers: [['Date', date]] })
    const request = arrivedRequest({ signer: lawful, verifier: lawful })
    return reported(requestDatesDisagree, caseOf({ verifier: { ...lawful, request }, observations: [requestSeen('wire', request)] }))
  }
  assert.deepEqual(found('Sun, 30 Aug 2015 12:36:00 GMT'), [])
  assert.deepEqual(found('Sun, 30 Aug 2015 12:36:07 GMT')[0]?.params, { signed: '20150830T123607Z' })
})
