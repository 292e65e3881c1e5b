import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serverCanonicalizesWrongly } from '../../src/causes/server-canonicalizes-wrongly.ts'
import { caseOf } from '../support/case.ts'
import { causeContract } from '../support/cause-contract.ts'
import { inject } from '../support/inject/server-canonicalizes-wrongly.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: serverCanonicalizesWrongly,
  inject,
  correct: [standardInputs({ host: 'localhost:9000', target: '/a//b%2Fc', headers: [['Content-Type', 'text/plain; charset=utf-8']] })],
  forms: 3,
  idle: { inputs: standardInputs(), params: { parts: [] } },
})

test('refused though the request and the secret are known: to be proven unedited', () => {
  const refusal = { code: '', message: 'Authentication Failed', dialect: 's3', check: undefined } as const
  const verifier = standardInputs({ host: 'localhost:9000' })
  const file = { ...caseOf({ verifier, refusal }), inputsFrom: 'wire' } as const
  assert.equal([...serverCanonicalizesWrongly.suspect(file)][0]?.unedited, true)
  const aws = { ...caseOf({ verifier: standardInputs(), refusal }), inputsFrom: 'wire' } as const
  assert.deepEqual([...serverCanonicalizesWrongly.suspect(aws)], [])
})
