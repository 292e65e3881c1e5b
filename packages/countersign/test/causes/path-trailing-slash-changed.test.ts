import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathTrailingSlashChanged } from '../../src/causes/path-trailing-slash-changed.ts'
import { canonicalRequestPart } from '../../src/sigv4/canonical-request.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { causeLaws, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/path-trailing-slash-changed.ts'
import { lawfulInputs } from '../support/standard-inputs.ts'

causeLaws({
  cause: pathTrailingSlashChanged,
  inject,
  lawful: [
    lawfulInputs({ target: '/items?x=1' }),
    lawfulInputs({ service: 'execute-api', target: '/a%20b/' }),
    lawfulInputs({ target: '/' }),
  ],
  forms: 3,
  idle: { inputs: lawfulInputs({ target: '/' }), params: { signed: 'without-slash' } },
})

test('the other form seen elsewhere is a reason', () => {
  const verifier = lawfulInputs({ target: '/items/' })
  const file = caseOf({
    verifier,
    observations: [requestSeen('signer', { method: 'GET', target: '/items', headers: [], body: undefined })],
  })
  assert.deepEqual(reported(pathTrailingSlashChanged, file)[0]?.params, { signed: 'without-slash' })
  assert.deepEqual(reported(pathTrailingSlashChanged, caseOf({ verifier })), [])
})

test('only the last slash is taken off', () => {
  const undone = pathTrailingSlashChanged.undo(lawfulInputs({ target: '/a//' }), { signed: 'without-slash' })
  assert.equal(canonicalRequestPart(undone, 'canonical-uri'), '/a/')
})
