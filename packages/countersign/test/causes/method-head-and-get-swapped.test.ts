import assert from 'node:assert/strict'
import { test } from 'node:test'
import { methodHeadAndGetSwapped } from '../../src/causes/method-head-and-get-swapped.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { causeLaws, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/method-head-and-get-swapped.ts'
import { lawfulInputs } from '../support/standard-inputs.ts'

causeLaws({
  cause: methodHeadAndGetSwapped,
  inject,
  lawful: [lawfulInputs({ target: '/a' })],
  forms: 2,
  idle: { inputs: lawfulInputs({ method: 'PUT' }), params: { signed: 'GET' } },
})

test('a presigned URL used with HEAD is a reason to doubt, and can be presigned for HEAD', () => {
  const verifier = { ...lawfulInputs({ method: 'HEAD' }), authentication: 'query' as const }
  const file = caseOf({ verifier })
  const [found] = reported(methodHeadAndGetSwapped, file)
  assert.deepEqual(found?.params, { signed: 'GET' })
  const said = methodHeadAndGetSwapped.explain({ params: found!.params, file, verifier, signer: undefined })
  assert.match(said.fixes[0]!.command!, /head_object/)
})

test('a HEAD seen beside the GET that arrived is a reason; a GET alone is none', () => {
  const verifier = lawfulInputs({ target: '/a' })
  const head = requestSeen('signer', { method: 'HEAD', target: '/a', headers: [], body: undefined })
  const file = caseOf({ verifier, observations: [head] })
  const [found] = reported(methodHeadAndGetSwapped, file)
  assert.deepEqual(found?.params, { signed: 'HEAD' })
  const said = methodHeadAndGetSwapped.explain({ params: found!.params, file, verifier, signer: undefined })
  assert.match(said.fixes[0]!.command!, /proxy_cache_convert_head off/)
  assert.deepEqual(reported(methodHeadAndGetSwapped, caseOf({ verifier })), [])
})
