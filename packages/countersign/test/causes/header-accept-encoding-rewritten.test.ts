import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headerAcceptEncodingRewritten } from '../../src/causes/header-accept-encoding-rewritten.ts'
import { fittingFixes } from '../../src/diagnosis/fitting-fixes.ts'
import { caseOf, client, clueOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/header-accept-encoding-rewritten.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const headers = [['Accept-Encoding', 'identity']] as const

causeContract({
  cause: headerAcceptEncodingRewritten,
  inject,
  correct: [standardInputs({ headers })],
  forms: 2,
  idle: { inputs: standardInputs(), params: { values: [['accept-encoding', 'gzip']] } },
})

test('a signed accept-encoding is a reason by itself, an unsigned one is not', () => {
  assert.equal(reported(headerAcceptEncodingRewritten, caseOf({ verifier: standardInputs({ headers }) })).length, 1)
  const unsigned = standardInputs({ headers, unsigned: ['Accept-Encoding'] })
  assert.deepEqual(reported(headerAcceptEncodingRewritten, caseOf({ verifier: unsigned })), [])
})

test("Google's mark in the value is named, and the fix is for the client that was seen", () => {
  const { verifier } = inject(standardInputs({ headers }), 0)!
  const file = caseOf({ verifier, observations: [client('aws-sdk-go-v2', '1.17')] })
  const params = { values: [['accept-encoding', 'identity']] }
  const said = headerAcceptEncodingRewritten.explain({ params, file, verifier, signer: undefined })
  assert.match(said.why, /Google/)
  assert.match(JSON.stringify(fittingFixes(file, [said.fixes])), /stack\.Finalize/)
  assert.doesNotMatch(JSON.stringify(fittingFixes(file, [said.fixes])), /unsignableHeaders/)
})

test('a hint for any changed header that names this one and its value', () => {
  const verifier = standardInputs({ headers: [['Accept-Encoding', 'gzip']] })
  const observations = [clueOf('header-changed-in-transit', { header: 'Accept-Encoding', value: 'identity' }, [], 'strong')]
  const [found] = reported(headerAcceptEncodingRewritten, caseOf({ verifier, observations }))
  assert.deepEqual(found?.params, { values: [['accept-encoding', 'identity']] })
  assert.ok(found.weight > 0.6)
})
