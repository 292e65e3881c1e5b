import assert from 'node:assert/strict'
import { test } from 'node:test'
import { payloadChunkedUnsupported } from '../../src/causes/payload-chunked-unsupported.ts'
import { caseOf, client, requestSeen } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/payload-chunked-unsupported.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: payloadChunkedUnsupported,
  inject,
  correct: [standardInputs({ body: 'hello' })],
  forms: 6,
  idle: { inputs: standardInputs(), params: { signed: '' } },
})

test('a store that compares hashes and shows none', () => {
  const refusal = { code: 'XAmzContentSHA256Mismatch', message: 'UnknownError', dialect: 's3', check: undefined } as const
  const file = caseOf({ refusal, observations: [client('aws-sdk-go-v2')] })
  const [found] = reported(payloadChunkedUnsupported, file)
  assert.ok(found !== undefined && found.weight >= 0.5)
  const said = payloadChunkedUnsupported.explain({ params: found.params, file, verifier: undefined, signer: undefined })
  assert.match(JSON.stringify(said.fixes), /RequestChecksumCalculationWhenRequired/)
})

test('a verifier that compared signatures with the word in its canonical request did not stumble over it', () => {
  const word = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'
  const host = 'store.example.com'
  const correct = standardInputs({ host })
  const headers = correct.request!.headers.map(([name, value]) => [name, name === 'X-Amz-Content-Sha256' ? word : value] as const)
  const request = { ...correct.request!, headers }
  const refusal = { code: 'SignatureDoesNotMatch', message: 'no', dialect: 's3', check: undefined } as const
  const observations = [requestSeen('wire', request)]
  const took = caseOf({ verifier: { ...correct, request, payloadHash: word }, refusal, observations })
  assert.equal(reported(payloadChunkedUnsupported, took).length, 0)
  const hashed = caseOf({ verifier: { ...correct, request }, refusal, observations })
  assert.ok(reported(payloadChunkedUnsupported, hashed).length > 0)
})
