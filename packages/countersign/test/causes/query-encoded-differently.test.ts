import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queryEncodedDifferently } from '../../src/causes/query-encoded-differently.ts'
import { canonicalRequestPart } from '../../src/sigv4/canonical-request.ts'
import { caseOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { signedOtherwise } from '../support/inject/injection.ts'
import { inject } from '../support/inject/query-encoded-differently.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: queryEncodedDifferently,
  inject,
  correct: [standardInputs({ target: '/?prefix=a/b&q=x%20y:z' }), standardInputs({ target: '/?a=b+c&d=%2f' })],
  forms: 6,
  idle: { inputs: standardInputs({ target: '/?a=1' }), params: { spelling: 'twice' } },
})

test('an escaped "&" that was decoded before splitting becomes a separator', () => {
  const verifier = standardInputs({ service: 'es', target: '/_search?q=a%20%26%20b' })
  const [found] = reported(queryEncodedDifferently, caseOf({ verifier }))
  assert.deepEqual(found?.params, { spelling: 'decoded-before-split' })
  assert.equal(canonicalRequestPart(queryEncodedDifferently.undo(verifier, found.params), 'canonical-query-string'), '%20b=&q=a%20')
})

test('what differs in order or in "=" only is left to the narrower causes', () => {
  const verifier = standardInputs({ target: '/?b=1&a' })
  for (const query of ['b=1&a=', 'a&b=1']) {
    const { signer } = signedOtherwise(verifier, { 'canonical-query-string': query })
    assert.deepEqual(reported(queryEncodedDifferently, caseOf({ verifier, signerLog: signer })), [], query)
  }
})

test('a session token in the query is not repeated', () => {
  const verifier = standardInputs({ target: '/?X-Amz-Security-Token=IQoJb3JpZ2luX2VjEXAMPLE&q=a%20b' })
  const said = queryEncodedDifferently.explain({ params: { spelling: 'twice' }, file: caseOf({ verifier }), verifier, signer: undefined })
  assert.doesNotMatch(JSON.stringify(said), /IQoJ/)
})
