import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queryChangedInTransit } from '../../src/causes/query-changed-in-transit.ts'
import { canonicalRequestPart } from '../../src/sigv4/canonical-request.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { signedOtherwise } from '../support/inject/injection.ts'
import { inject } from '../support/inject/query-changed-in-transit.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: queryChangedInTransit,
  inject,
  correct: [standardInputs({ target: '/a?list-type=2&prefix=xy' })],
  forms: 2,
  idle: { inputs: standardInputs({ target: '/?a=1' }), params: { change: 'repeated' } },
})

test('a parameter that another request of the evidence has otherwise; one more or less is left to narrower causes', () => {
  const verifier = standardInputs({ target: '/?a=1&b=2' })
  const made = (target: string): unknown =>
    reported(
      queryChangedInTransit,
      caseOf({ verifier, observations: [requestSeen('signer', { method: 'GET', target, headers: [], body: undefined })] }),
    )[0]?.params
  assert.equal(made('/?a=1'), undefined)
  assert.equal(made('/?a=1&b=2&c=3'), undefined)
  assert.deepEqual(made('/?a=1&c=3'), { change: 'observed', text: 'a=1&c=3' })
  assert.deepEqual(made('/?a=1&b=3'), { change: 'rewritten', piece: 'b=2', signed: 'b=3' })
})

test('a difference in order or escapes alone is left to narrower causes', () => {
  const verifier = standardInputs({ target: '/?a=1&b=x%20y' })
  for (const query of ['b=x%20y&a=1', 'a=1&b=x+y']) {
    const { signer } = signedOtherwise(verifier, { 'canonical-query-string': query })
    assert.deepEqual(reported(queryChangedInTransit, caseOf({ verifier, signerLog: signer })), [], query)
  }
})

test('a value with "=" in it that the signer took to end there', () => {
  const verifier = standardInputs({ target: '/?filter=a=b=c&x=1' })
  const candidate = [...queryChangedInTransit.suspect(caseOf({ verifier }))].find(({ params }) => JSON.stringify(params).includes('cut'))
  assert.deepEqual(candidate?.params, { change: 'cut', piece: 'filter=a%3Db%3Dc', signed: 'filter=a' })
  const signer = queryChangedInTransit.undo(verifier, candidate!.params)
  assert.equal(canonicalRequestPart(signer, 'canonical-query-string'), 'filter=a&x=1')
  const said = queryChangedInTransit.explain({ params: candidate!.params, file: caseOf({ verifier }), verifier, signer })
  assert.match(said.what, /up to its first "=" only: signed filter=a&x=1/)
})
