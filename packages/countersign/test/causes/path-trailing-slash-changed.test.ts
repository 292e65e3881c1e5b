import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathTrailingSlashChanged } from '../../src/causes/path-trailing-slash-changed.ts'
import { canonicalRequestPart } from '../../src/sigv4/canonical-request.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/path-trailing-slash-changed.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: pathTrailingSlashChanged,
  inject,
  correct: [
    standardInputs({ target: '/items?x=1' }),
    standardInputs({ service: 'execute-api', target: '/a%20b/' }),
    standardInputs({ target: '/' }),
  ],
  forms: 3,
  idle: { inputs: standardInputs({ target: '/' }), params: { signed: 'without-slash' } },
})

test('the other form seen elsewhere is a reason', () => {
  const verifier = standardInputs({ target: '/items/' })
  const file = caseOf({
    verifier,
    observations: [requestSeen('signer', { method: 'GET', target: '/items', headers: [], body: undefined })],
  })
  assert.deepEqual(reported(pathTrailingSlashChanged, file)[0]?.params, { signed: 'without-slash' })
  assert.deepEqual(reported(pathTrailingSlashChanged, caseOf({ verifier })), [])
})

test('only the last slash is taken off', () => {
  const undone = pathTrailingSlashChanged.undo(standardInputs({ target: '/a//' }), { signed: 'without-slash' })
  assert.equal(canonicalRequestPart(undone, 'canonical-uri'), '/a/')
})
