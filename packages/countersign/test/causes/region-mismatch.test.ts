import assert from 'node:assert/strict'
import { test } from 'node:test'
import { regionMismatch } from '../../src/causes/region-mismatch.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { reported } from '../support/cause-contract.ts'
import { assertWhole, headContract, MISMATCH, refusal, response, stated } from '../support/head-contract.ts'
import { arrivedRequest } from '../support/inject/injection.ts'
import { inject } from '../support/inject/region-mismatch.ts'
import { standardInputs } from '../support/standard-inputs.ts'

headContract({ cause: regionMismatch, inject, forms: 3, correct: [standardInputs(), standardInputs({ service: 'dynamodb' })] })

test('the message is stated, with both regions in the explanation', () => {
  const file = caseOf({ observations: [stated('region-wrong', { signed: 'us-east-1', wanted: 'eu-central-1' })] })
  const [found] = reported(regionMismatch, file)
  assert.ok(found?.stated !== undefined)
  assertWhole(regionMismatch, found.params, file)
  const said = regionMismatch.explain({ params: found.params, file, verifier: undefined, signer: undefined })
  assert.deepEqual([said.labels[0]?.signed, said.labels[0]?.calculated], ['us-east-1', 'eu-central-1'])
})

test('an empty region and one with underscores are called so', () => {
  const what = (signed: string) =>
    regionMismatch.explain({ params: { signed }, file: caseOf({}), verifier: undefined, signer: undefined }).what
  assert.match(what(''), /an empty region/)
  assert.match(what('us_east_1'), /underscores/)
  assert.match(what('us-east-1a'), /availability zone/)
})

test('the host of another region is a reason, not stated; none once AWS compared signatures', () => {
  const correct = standardInputs({ host: 'b.s3.eu-west-1.amazonaws.com' })
  const request = arrivedRequest({ signer: correct, verifier: correct })
  const found = reported(regionMismatch, caseOf({ verifier: { ...correct, request } }))
  assert.equal(found[0]?.weight, 0.6)
  assert.equal(found[0]?.stated, undefined)
  assert.deepEqual(
    reported(regionMismatch, caseOf({ verifier: { ...correct, request }, refusal: refusal('SignatureDoesNotMatch', MISMATCH) })),
    [],
  )
  assert.deepEqual(reported(regionMismatch, caseOf({ verifier: standardInputs({ host: 'b.s3.amazonaws.com' }) })), [])
  assert.deepEqual(reported(regionMismatch, caseOf({ verifier: standardInputs({ host: 'minio.example.com' }) })), [])
})

test('the region of the bucket in a response is a reason', () => {
  const correct = standardInputs({ host: 'b.s3.amazonaws.com' })
  const observations = [requestSeen('wire', correct.request!), response(400, { 'x-amz-bucket-region': 'eu-west-2' })]
  assert.equal(reported(regionMismatch, caseOf({ verifier: correct, observations }))[0]?.weight, 0.6)
})
