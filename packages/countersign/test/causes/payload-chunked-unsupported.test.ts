import assert from 'node:assert/strict'
import { test } from 'node:test'
import { payloadChunkedUnsupported } from '../../src/causes/payload-chunked-unsupported.ts'
import { caseOf, client } from '../support/case.ts'
import { causeLaws, reported } from '../support/cause-laws.ts'
import { inject } from '../support/inject/payload-chunked-unsupported.ts'
import { lawfulInputs } from '../support/lawful.ts'

causeLaws({
  cause: payloadChunkedUnsupported,
  inject,
  lawful: [lawfulInputs({ body: 'hello' })],
  forms: 6,
  idle: { inputs: lawfulInputs(), params: { signed: '' } },
})

test('a store that compares hashes and shows none', () => {
  const refusal = { code: 'XAmzContentSHA256Mismatch', message: 'UnknownError', dialect: 's3', check: undefined } as const
  const file = caseOf({ refusal, observations: [client('aws-sdk-go-v2')] })
  const [found] = reported(payloadChunkedUnsupported, file)
  assert.ok(found !== undefined && found.weight >= 0.5)
  const said = payloadChunkedUnsupported.explain({ params: found.params, file, verifier: undefined, signer: undefined })
  assert.match(JSON.stringify(said.fixes), /RequestChecksumCalculationWhenRequired/)
})
