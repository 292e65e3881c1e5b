import assert from 'node:assert/strict'
import { test } from 'node:test'
import { algorithmSigv4aRequired } from '../../src/causes/algorithm-sigv4a-required.ts'
import { sign } from '../../src/sigv4/sign.ts'
import { caseOf, clueOf, requestSeen } from '../support/case.ts'
import { reported } from '../support/cause-contract.ts'
import { assertWhole, MISMATCH, refusal } from '../support/head-contract.ts'
import { arrivedRequest } from '../support/inject/injection.ts'
import { CREDENTIALS, NOW } from '../support/signed.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const HOST = 'mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com'
const correct = standardInputs({ host: HOST })
const request = requestSeen('wire', arrivedRequest({ signer: correct, verifier: correct }))

test('a Version 4 request to a Multi-Region Access Point states it where the algorithm was refused, and is a reason otherwise', () => {
  const file = caseOf({
    observations: [request],
    refusal: refusal('InvalidRequest', 'The authorization mechanism you have provided is not supported.', 's3'),
  })
  const [found] = reported(algorithmSigv4aRequired, file)
  assert.equal(found?.stated?.kind, 'request')
  assertWhole(algorithmSigv4aRequired, found?.params, file)
  const compared = refusal('SignatureDoesNotMatch', MISMATCH)
  for (const refused of [undefined, compared])
    assert.equal(reported(algorithmSigv4aRequired, caseOf({ observations: [request], refusal: refused }))[0]?.stated, undefined)
})

test('another host, and a request of Version 4A, are no reason', () => {
  const plain = standardInputs()
  const other = requestSeen('wire', arrivedRequest({ signer: plain, verifier: plain }))
  assert.deepEqual([...algorithmSigv4aRequired.suspect(caseOf({ observations: [other] }))], [])
  const right = requestSeen('wire', sign(correct.request!, CREDENTIALS, { now: NOW, service: 's3', regionSet: ['*'] }))
  assert.deepEqual([...algorithmSigv4aRequired.suspect(caseOf({ observations: [right] }))], [])
  assert.equal(reported(algorithmSigv4aRequired, caseOf({ observations: [clueOf('algorithm-sigv4a-required')] })).length, 1)
})
