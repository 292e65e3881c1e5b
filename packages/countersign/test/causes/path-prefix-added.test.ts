import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathPrefixAdded } from '../../src/causes/path-prefix-added.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/path-prefix-added.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: pathPrefixAdded,
  inject,
  correct: [standardInputs({ target: '/items/k?x=1' }), standardInputs({ service: 'execute-api', target: '/a%20b/c' })],
  forms: 2,
  idle: { inputs: standardInputs({ target: '/same' }), params: { segments: 0 } },
})

test('a path seen elsewhere with which the received one ends is a reason; the stage comes first for an API', () => {
  const verifier = standardInputs({ service: 'execute-api', target: '/Prod/pets' })
  const file = caseOf({ verifier, observations: [requestSeen('signer', { method: 'GET', target: '/pets', headers: [], body: undefined })] })
  const [found] = reported(pathPrefixAdded, file)
  assert.deepEqual(found?.params, { segments: 1 })
  const said = pathPrefixAdded.explain({ params: found!.params, file, verifier, signer: undefined })
  assert.match(said.what, /signed as \/pets, and \/Prod was put in front/)
  assert.match(said.fixes[1]!.title, /stage/)
})

test('a path alone is no reason', () => {
  assert.deepEqual(reported(pathPrefixAdded, caseOf({ verifier: standardInputs({ target: '/a/b' }) })), [])
})
