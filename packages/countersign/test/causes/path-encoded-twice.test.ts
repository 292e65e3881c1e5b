import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathEncodedTwice } from '../../src/causes/path-encoded-twice.ts'
import { fittingFixes } from '../../src/diagnosis/fitting-fixes.ts'
import { caseOf, client } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/path-encoded-twice.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: pathEncodedTwice,
  inject,
  correct: [standardInputs({ target: '/photos/a%20b.jpg' }), standardInputs({ target: '/%C3%BC/%2b%2f?x=1' })],
  forms: 2,
  idle: { inputs: standardInputs({ target: '/plain' }), params: { of: 'canonical' } },
})

test('a path with escapes is a reason for S3, a plain path is not', () => {
  assert.equal(reported(pathEncodedTwice, caseOf({ verifier: standardInputs({ target: '/a%20b' }) })).length, 1)
  assert.deepEqual(reported(pathEncodedTwice, caseOf({ verifier: standardInputs({ target: '/ab' }) })), [])
})

test('the fix is for the client that was seen', () => {
  const verifier = standardInputs({ target: '/a%20b' })
  const file = caseOf({ verifier, observations: [client('aws-sdk-go-v2', '1.17')] })
  const said = pathEncodedTwice.explain({ params: { of: 'canonical' }, file, verifier, signer: undefined })
  assert.match(JSON.stringify(fittingFixes(file, [said.fixes])), /DisableURIPathEscaping/)
  assert.doesNotMatch(JSON.stringify(fittingFixes(file, [said.fixes])), /uri_escape_path/)
  assert.equal(said.labels[0]?.calculated, '/a%20b')
  assert.equal(said.labels[0]?.signed, '/a%2520b')
})
