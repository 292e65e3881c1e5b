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

test('an error that does not speak of the signature is none of its refusals', () => {
  const suspected = (code: string, message: string) => {
    const refusal = { code, message, dialect: 's3', check: undefined } as const
    const file = { ...caseOf({ verifier: standardInputs({ host: 'minio.example:9000' }), refusal }), inputsFrom: 'wire' } as const
    return [...serverCanonicalizesWrongly.suspect(file)].length > 0
  }
  for (const [code, message] of [
    ['AccessDenied', 'Access Denied'],
    ['SlowDown', 'Please reduce your request rate.'],
    ['InternalError', 'We encountered an internal error. Please try again.'],
    ['NotImplemented', 'A header you provided implies functionality that is not implemented'],
    ['IncompleteBody', 'The request body terminated unexpectedly'],
    ['MalformedTrailerError', 'The request contained trailing data that was not well-formed.'],
    ['AccessDeniedException', 'User: arn:aws:iam::123456789012:user/a is not authorized to perform: execute-api:Invoke'],
  ] as const)
    assert.ok(!suspected(code, message), code)
  assert.ok(suspected('Unauthorized', 'no') && suspected('BadRequest', 'the signature is wrong'))
})
