import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathUnicodeNormalized } from '../../src/causes/path-unicode-normalized.ts'
import { canonicalRequestPart } from '../../src/sigv4/canonical-request.ts'
import { caseOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/path-unicode-normalized.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: pathUnicodeNormalized,
  inject,
  correct: [standardInputs({ target: '/%C3%BC/o%CC%88' }), standardInputs({ service: 'execute-api', target: '/%C3%BC/o%CC%88' })],
  forms: 2,
  idle: { inputs: standardInputs({ target: '/plain%20name' }), params: { signed: 'NFD' } },
})

test('a decomposed name on the wire is a reason, a composed one is not', () => {
  assert.equal(reported(pathUnicodeNormalized, caseOf({ verifier: standardInputs({ target: '/u%CC%88' }) })).length, 1)
  assert.deepEqual(reported(pathUnicodeNormalized, caseOf({ verifier: standardInputs({ target: '/%C3%BC' }) })), [])
})

test('bytes that are not UTF-8 stay as they are', () => {
  const inputs = standardInputs({ target: '/%FCu%CC%88/u%CC%88' })
  assert.equal(canonicalRequestPart(pathUnicodeNormalized.undo(inputs, { signed: 'NFC' }), 'canonical-uri'), '/%FCu%CC%88/%C3%BC')
})
