import assert from 'node:assert/strict'
import { test } from 'node:test'
import { redirectFollowed } from '../../src/causes/redirect-followed.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { reported } from '../support/cause-laws.ts'
import { assertWhole, headLaws, MISMATCH, refusal, response } from '../support/head-laws.ts'
import { inject } from '../support/inject/redirect-followed.ts'
import { lawfulInputs } from '../support/lawful.ts'

const lawful = lawfulInputs({ host: 'bucket.s3.amazonaws.com' })
headLaws({ cause: redirectFollowed, inject, forms: 1, logged: false, lawful: [lawful] })

const redirect = response(307, { Location: 'https://bucket.s3.eu-west-2.amazonaws.com/a?X-Amz-Signature=00' })

test('a redirect with a mismatch after it is stated by the response', () => {
  const observations = [requestSeen('wire', lawful.request!), redirect]
  const file = caseOf({ observations, request: lawful.request!, refusal: refusal('SignatureDoesNotMatch', MISMATCH) })
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
  assert.equal(reported(redirectFollowed, caseOf({ observations: [requestSeen('wire', lawful.request!), redirect] }))[0]?.stated, undefined)
  const same = response(301, { Location: 'https://bucket.s3.amazonaws.com/b' })
  assert.deepEqual(reported(redirectFollowed, caseOf({ observations: [requestSeen('wire', lawful.request!), same] })), [])
  assert.deepEqual(reported(redirectFollowed, caseOf({ observations: [redirect] })), [])
})
