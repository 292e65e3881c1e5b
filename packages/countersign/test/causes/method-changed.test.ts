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
  const { fixes } = methodChanged.explain({ params: { signed: 'GET' }, file: caseOf({ verifier }), verifier, signer: undefined })
  assert.ok(fixes.some(({ command = '' }) => command.includes('put_object')))
})

test('a hint with the method that was signed comes first', () => {
  const file = caseOf({ verifier: standardInputs(), observations: [clueOf('method.mismatch', { signed: 'HEAD' }, [], 'strong')] })
  const [found] = reported(methodChanged, file)
  assert.deepEqual(found?.params, { signed: 'HEAD' })
  assert.ok(found.weight > 0.6)
})

test('a program that presigns for the method that was sent leaves no such doubt', () => {
  const presigns = (method: string) =>
    ({
      kind: 'call',
      call: { does: 'presigns', api: 'boto3', callee: 'generate_presigned_url', method, headers: [], allHeaders: false },
      location: { source: 'sign.py', start: 0, end: 1 },
      fidelity: 'exact',
    }) as const
  const verifier = { ...standardInputs({ method: 'PUT' }), authentication: 'query' as const }
  const grounds = (...methods: readonly string[]) =>
    reported(methodChanged, caseOf({ verifier, observations: methods.map(presigns) })).flatMap((one) => one.grounds.join())
  assert.ok(!grounds('PUT').some((one) => one.includes('for GET unless')))
  assert.ok(grounds('PUT', 'GET').some((one) => one.includes('for GET unless')))
})
