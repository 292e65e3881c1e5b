import assert from 'node:assert/strict'
import { test } from 'node:test'
import { methodHeadAndGetSwapped } from '../../src/causes/method-head-and-get-swapped.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/method-head-and-get-swapped.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: methodHeadAndGetSwapped,
  inject,
  correct: [standardInputs({ target: '/a' })],
  forms: 2,
  idle: { inputs: standardInputs({ method: 'PUT' }), params: { signed: 'GET' } },
})

test('a presigned URL used with HEAD is a reason to doubt, and can be presigned for HEAD', () => {
  const verifier = { ...standardInputs({ method: 'HEAD' }), authentication: 'query' as const }
  const file = caseOf({ verifier })
  const [found] = reported(methodHeadAndGetSwapped, file)
  assert.deepEqual(found?.params, { signed: 'GET' })
  const said = methodHeadAndGetSwapped.explain({ params: found!.params, file, verifier, signer: undefined })
  assert.match(said.fixes[0]!.command!, /head_object/)
})

test('a HEAD seen beside the GET that arrived is a reason; a GET alone is none', () => {
  const verifier = standardInputs({ target: '/a' })
  const head = requestSeen('signer', { method: 'HEAD', target: '/a', headers: [], body: undefined })
  const file = caseOf({ verifier, observations: [head] })
  const [found] = reported(methodHeadAndGetSwapped, file)
  assert.deepEqual(found?.params, { signed: 'HEAD' })
  const said = methodHeadAndGetSwapped.explain({ params: found!.params, file, verifier, signer: undefined })
  assert.match(said.fixes[0]!.command!, /proxy_cache_convert_head off/)
  assert.deepEqual(reported(methodHeadAndGetSwapped, caseOf({ verifier })), [])
})
