import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorizationSentTwice } from '../../src/causes/authorization-sent-twice.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { reported } from '../support/cause-contract.ts'
import { assertWhole, headContract, MISMATCH, refusal, stated } from '../support/head-contract.ts'
import { standardInputs } from '../support/standard-inputs.ts'

headContract({ cause: authorizationSentTwice, correct: [standardInputs()] })

const presigned = '/a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=00'
const sent = (target: string, ...values: string[]) =>
  requestSeen('wire', { method: 'GET', target, headers: values.map((value) => ['Authorization', value] as const), body: undefined })

test('a presigned URL with a header, and two headers, are stated by the request', () => {
  for (const seen of [sent(presigned, 'Bearer abc'), sent('/', 'Bearer abc', 'Bearer def')]) {
    const file = caseOf({ observations: [seen] })
    const [found] = reported(authorizationSentTwice, file)
    assert.equal(found?.stated?.kind, 'request')
    assertWhole(authorizationSentTwice, found?.params, file)
  }
  assert.deepEqual(reported(authorizationSentTwice, caseOf({ observations: [sent(presigned), sent('/', 'Bearer abc')] })), [])
})

test('after a mismatch with a message it is a reason only; without one it is stated', () => {
  const observations = [sent(presigned, 'Bearer abc')]
  const compared = reported(authorizationSentTwice, caseOf({ observations, refusal: refusal('SignatureDoesNotMatch', MISMATCH) }))
  assert.equal(compared[0]?.stated, undefined)
  assert.ok(reported(authorizationSentTwice, caseOf({ observations, refusal: refusal('SignatureDoesNotMatch') }))[0]?.stated !== undefined)
})

test('the message is stated', () => {
  assert.ok(reported(authorizationSentTwice, caseOf({ observations: [stated('two-mechanisms')] }))[0]?.stated !== undefined)
})
