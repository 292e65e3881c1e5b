import assert from 'node:assert/strict'
import { test } from 'node:test'
import { payloadHashMalformed } from '../../src/causes/payload-hash-malformed.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/payload-hash-malformed.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: payloadHashMalformed,
  inject,
  correct: [standardInputs({ body: 'hello' })],
  forms: 5,
  idle: { inputs: standardInputs(), params: { as: 'other' } },
})

test('base64 in x-amz-content-sha256: the request itself shows it', () => {
  const request = {
    method: 'PUT',
    target: '/',
    headers: [['x-amz-content-sha256', '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=']] as const,
    body: undefined,
  }
  const file = caseOf({ request, observations: [requestSeen('signer', request)] })
  const [found] = reported(payloadHashMalformed, file)
  assert.equal(found?.stated?.kind, 'request')
  const said = payloadHashMalformed.explain({ params: found!.params, file, verifier: undefined, signer: undefined })
  assert.equal(said.labels[0]?.calculated, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})

test('a correct value and a masked one are no reason', () => {
  for (const value of ['e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'UNSIGNED-PAYLOAD', '***', '<hash>']) {
    const request = { method: 'PUT', target: '/', headers: [['x-amz-content-sha256', value]] as const, body: undefined }
    assert.deepEqual(reported(payloadHashMalformed, caseOf({ request, observations: [requestSeen('wire', request)] })), [])
  }
})
