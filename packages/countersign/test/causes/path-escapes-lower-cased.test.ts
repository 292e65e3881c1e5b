import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathEscapesLowerCased } from '../../src/causes/path-escapes-lower-cased.ts'
import { caseOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/path-escapes-lower-cased.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: pathEscapesLowerCased,
  inject,
  correct: [standardInputs({ target: '/%C3%BC/%7Bx%7D%2Fy' })],
  forms: 2,
  idle: { inputs: standardInputs({ target: '/plain/%20' }), params: { signed: 'all' } },
})

test('escapes in lower case on the wire or in the log are a reason', () => {
  assert.equal(reported(pathEscapesLowerCased, caseOf({ verifier: standardInputs({ target: '/a%2fb' }) })).length, 1)
  assert.deepEqual(reported(pathEscapesLowerCased, caseOf({ verifier: standardInputs({ target: '/a%2Fb%20' }) })), [])
  const signer = { ...standardInputs(), verbatim: { 'canonical-uri': '/a%2fb' } }
  assert.equal(reported(pathEscapesLowerCased, caseOf({ signerLog: signer })).length, 1)
})
