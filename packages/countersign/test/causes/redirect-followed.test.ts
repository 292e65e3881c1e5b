import assert from 'node:assert/strict'
import { test } from 'node:test'
import { redirectFollowed } from '../../src/causes/redirect-followed.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { reported } from '../support/cause-contract.ts'
import { assertWhole, headContract, MISMATCH, refusal, response } from '../support/head-contract.ts'
import { arrivedRequest } from '../support/inject/injection.ts'
import { inject } from '../support/inject/redirect-followed.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const correct = standardInputs({ host: 'bucket.s3.amazonaws.com' })
headContract({ cause: redirectFollowed, inject, forms: 1, logged: false, correct: [correct] })

const request = arrivedRequest({ signer: correct, verifier: correct })
const redirect = response(307, { Location: 'https://bucket.s3.eu-west-2.amazonaws.com/a' })

test('a redirect with a mismatch after it is stated by the response', () => {
  const observations = [requestSeen('wire', request), redirect]
  const file = caseOf({ observations, request, refusal: refusal('SignatureDoesNotMatch', MISMATCH) })
  const [found] = reported(redirectFollowed, file)
  assert.equal(found?.stated?.kind, 'response')
  assertWhole(redirectFollowed, found?.params, file)
  const said = redirectFollowed.explain({ params: found?.params, file, verifier: undefined, signer: undefined })
  assert.deepEqual(
    [said.labels[0]?.signed, said.labels[0]?.calculated],
    ['host:bucket.s3.amazonaws.com', 'host:bucket.s3.eu-west-2.amazonaws.com'],
  )
})

test('without a refusal it is a reason; to the same host, or with no request before it, it is none', () => {
  assert.equal(reported(redirectFollowed, caseOf({ observations: [requestSeen('wire', request), redirect] }))[0]?.stated, undefined)
  const same = response(301, { Location: 'https://bucket.s3.amazonaws.com/b' })
  assert.deepEqual(reported(redirectFollowed, caseOf({ observations: [requestSeen('wire', request), same] })), [])
  assert.deepEqual(reported(redirectFollowed, caseOf({ observations: [redirect] })), [])
})

test('a Location that is signed for itself, or a request that is not signed, is no reason', () => {
  const target = '/a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature='
  const own = response(302, { Location: `https://other.s3.amazonaws.com${target}11` })
  assert.deepEqual(reported(redirectFollowed, caseOf({ observations: [requestSeen('wire', request), own] })), [])
  assert.deepEqual(reported(redirectFollowed, caseOf({ observations: [requestSeen('wire', correct.request!), redirect] })), [])
  const presigned = (signature: string) => requestSeen('wire', { ...correct.request!, target: target + signature })
  assert.deepEqual(reported(redirectFollowed, caseOf({ observations: [presigned('22'), own] })), [])
  assert.equal(reported(redirectFollowed, caseOf({ observations: [presigned('11'), own] })).length, 1)
})
