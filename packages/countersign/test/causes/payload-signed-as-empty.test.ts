import assert from 'node:assert/strict'
import { test } from 'node:test'
import { payloadSignedAsEmpty } from '../../src/causes/payload-signed-as-empty.ts'
import { fittingFixes } from '../../src/diagnosis/fitting-fixes.ts'
import { EMPTY_PAYLOAD_HASH } from '../../src/sigv4/wire-names.ts'
import { caseOf, client, HERE } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/payload-signed-as-empty.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const posted = standardInputs({ method: 'POST', service: 'dynamodb', body: '{"a":"b"}', headers: [['Content-Length', '9']] })

causeContract({ cause: payloadSignedAsEmpty, inject, correct: [posted], forms: 1, idle: { inputs: standardInputs(), params: {} } })

test('both hashes in the message, the signed one of no bytes: stated', () => {
  const values = { signed: EMPTY_PAYLOAD_HASH, received: 'b'.repeat(64) }
  const stated = { kind: 'stated', fact: 'payload-hash-mismatch', values, location: HERE, fidelity: 'exact' } as const
  const file = caseOf({ observations: [stated] })
  const [found] = reported(payloadSignedAsEmpty, file)
  assert.equal(found?.stated, stated)
  const said = payloadSignedAsEmpty.explain({ params: found!.params, file, verifier: undefined, signer: undefined })
  assert.deepEqual([said.labels[0]?.signed, said.labels[0]?.calculated], [values.signed, values.received])
  const other = { ...stated, values: { signed: 'a'.repeat(64), received: EMPTY_PAYLOAD_HASH } }
  assert.deepEqual(reported(payloadSignedAsEmpty, caseOf({ observations: [other] })), [])
})

test("a signer's own text with a content-length and the hash of no bytes is a reason", () => {
  const { signer } = inject(posted, 0)!
  assert.ok(reported(payloadSignedAsEmpty, caseOf({ verifier: posted, signerLog: signer }))[0]!.weight >= 0.9)
  assert.deepEqual(reported(payloadSignedAsEmpty, caseOf({ verifier: posted, signerLog: posted })), [])
})

test('the fix is for the client that was seen', () => {
  const file = caseOf({ verifier: posted, observations: [client('aws-sdk-go-v2', '1.30')] })
  const said = JSON.stringify(
    fittingFixes(file, [payloadSignedAsEmpty.explain({ params: {}, file, verifier: posted, signer: undefined }).fixes]),
  )
  assert.match(said, /SignHTTP/)
  assert.doesNotMatch(said, /AWSRequest/)
})

test('the sender names the hash of no bytes and the service hashes others: a reason', () => {
  const claims = (hash: string) =>
    standardInputs({ method: 'POST', service: 'sagemaker', body: '{"a":"b"}', headers: [['X-Amz-Content-Sha256', hash]] })
  const grounds = (hash: string) => reported(payloadSignedAsEmpty, caseOf({ verifier: claims(hash) })).flatMap((one) => one.grounds)
  assert.deepEqual(grounds(EMPTY_PAYLOAD_HASH), ['x-amz-content-sha256 is the hash of an empty body, and the service hashed another.'])
  assert.deepEqual(grounds('a'.repeat(64)), [])
})
