import assert from 'node:assert/strict'
import { test } from 'node:test'
import { methodChanged } from '../../src/causes/method-changed.ts'
import { caseOf, clueOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/method-changed.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: methodChanged,
  inject,
  correct: [standardInputs({ target: '/a' }), standardInputs({ method: 'PUT', target: '/a' })],
  forms: 5,
  idle: { inputs: standardInputs(), params: { signed: 'GET' } },
})

test('a presigned URL used with PUT is a reason to doubt', () => {
  const verifier = { ...standardInputs({ method: 'PUT' }), authentication: 'query' as const }
  const [found] = reported(methodChanged, caseOf({ verifier }))
  assert.deepEqual(found?.params, { signed: 'GET' })
  assert.match(
    methodChanged.explain({ params: { signed: 'GET' }, file: caseOf({ verifier }), verifier, signer: undefined }).fixes[0]!.command!,
    /put_object/,
  )
})

test('a hint with the method that was signed comes first', () => {
  const file = caseOf({ verifier: standardInputs(), observations: [clueOf('method.mismatch', { signed: 'HEAD' }, [], 'strong')] })
  const [found] = reported(methodChanged, file)
  assert.deepEqual(found?.params, { signed: 'HEAD' })
  assert.ok(found.weight > 0.6)
})
