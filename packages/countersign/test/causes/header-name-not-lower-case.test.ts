import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headerNameNotLowerCase } from '../../src/causes/header-name-not-lower-case.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/header-name-not-lower-case.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: headerNameNotLowerCase,
  inject,
  correct: [standardInputs({ headers: [['Content-Type', 'text/plain']] })],
  forms: 3,
  idle: { inputs: standardInputs(), params: { names: [], of: 'both' } },
})

test('capital letters in SignedHeaders are a reason', () => {
  const authorization =
    'AWS4-HMAC-SHA256 Credential=A/20150830/us-east-1/s3/aws4_request, SignedHeaders=Content-Type;Host;X-Amz-Date, Signature=0'
  const { request } = standardInputs({
    headers: [
      ['Content-Type', 'text/plain'],
      ['Authorization', authorization],
    ],
  })
  const file = caseOf({ request: request!, observations: [requestSeen('wire', request!)] })
  assert.ok(reported(headerNameNotLowerCase, file)[0]!.weight >= 0.8)
})
