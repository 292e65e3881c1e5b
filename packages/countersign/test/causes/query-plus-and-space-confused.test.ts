import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queryPlusAndSpaceConfused } from '../../src/causes/query-plus-and-space-confused.ts'
import { fittingFixes } from '../../src/diagnosis/fitting-fixes.ts'
import { canonicalRequestPart } from '../../src/sigv4/canonical-request.ts'
import type { SigningInputs } from '../../src/sigv4/signing-inputs.ts'
import { caseOf, client } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/query-plus-and-space-confused.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: queryPlusAndSpaceConfused,
  inject,
  correct: [standardInputs({ target: '/?prefix=a+b&q=c%2Bd' })],
  forms: 4,
  idle: { inputs: standardInputs({ target: '/?a=1' }), params: { as: 'plus-for-space' } },
})

test('a raw "+" in the query on the wire is a reason, an escaped one is not', () => {
  const [found] = reported(queryPlusAndSpaceConfused, caseOf({ verifier: standardInputs({ target: '/?c+d' }) }))
  assert.match(found?.grounds.join() ?? '', /unescaped "\+"/)
  assert.deepEqual(reported(queryPlusAndSpaceConfused, caseOf({ verifier: standardInputs({ target: '/?c%2Bd%20e' }) })), [])
})

test('of a presigned URL the parameters of the user can be spelled otherwise alone: the session token keeps its own "%2B"', () => {
  const verifier = standardInputs({ target: '/k?x=a%2Bb&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Security-Token=t%2Bk' })
  const signed = queryPlusAndSpaceConfused.undo(verifier, { as: 'plus-read-as-space', of: 'own' })
  assert.match(canonicalRequestPart(signed, 'canonical-query-string'), /Token=t%2Bk&x=a%20b$/)
  const all = queryPlusAndSpaceConfused.undo(verifier, { as: 'plus-read-as-space', of: 'all' })
  assert.match(canonicalRequestPart(all, 'canonical-query-string'), /Token=t%20k&x=a%20b$/)
  const tried = (inputs: SigningInputs): string =>
    JSON.stringify([...queryPlusAndSpaceConfused.suspect(caseOf({ verifier: inputs }))].map(({ params }) => params))
  assert.match(tried(verifier), /"own"/)
  assert.doesNotMatch(tried(standardInputs({ target: '/?a=1' })), /"own"/)
})

test('the fix is for the client that was seen', () => {
  const verifier = standardInputs({ target: '/?a=b+c' })
  const file = caseOf({ verifier, observations: [client('requests', '2.31')] })
  const said = JSON.stringify(
    fittingFixes(file, [queryPlusAndSpaceConfused.explain({ params: { as: 'plus-for-space' }, file, verifier, signer: undefined }).fixes]),
  )
  assert.match(said, /quote_via/)
  assert.doesNotMatch(said, /http_build_query/)
})
