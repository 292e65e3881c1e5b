import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queryNotSorted } from '../../src/causes/query-not-sorted.ts'
import { canonicalRequestPart } from '../../src/sigv4/canonical-request.ts'
import { caseOf, client } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { signedOtherwise } from '../support/inject/injection.ts'
import { inject } from '../support/inject/query-not-sorted.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const SEARCH = standardInputs({ service: 'es', method: 'POST', target: '/index/_search?sort=_score&size=25' })

causeContract({
  cause: queryNotSorted,
  inject,
  correct: [SEARCH, standardInputs({ target: '/?id=1&id-type=2&B=1&a=2&%7Ez=1&%C3%BC=3' }), standardInputs({ target: '/?%5B=1&a=2&B=3' })],
  forms: 5,
  idle: { inputs: standardInputs({ target: '/?a=1&b=2' }), params: { order: 'as-sent' } },
})

test('curl with an unsorted query is a strong reason; a curl that sorts is a weaker one', () => {
  const [old] = reported(queryNotSorted, caseOf({ verifier: SEARCH, observations: [client('curl', '7.88.1')] }))
  const [fresh] = reported(queryNotSorted, caseOf({ verifier: SEARCH, observations: [client('curl', '8.16.0')] }))
  assert.ok(old !== undefined && fresh !== undefined && old.weight >= 0.6 && fresh.weight < old.weight)
  assert.deepEqual(old.params, { order: 'as-sent' })
})

test('curl signs the query exactly as it is sent, unsorted and unencoded', () => {
  const inputs = standardInputs({ target: '/?prefix=a/b&list-type=2&x' })
  const undone = queryNotSorted.undo(inputs, { order: 'as-sent-raw' })
  assert.equal(canonicalRequestPart(undone, 'canonical-query-string'), 'prefix=a/b&list-type=2&x')
})

test('a request known without date or key is judged all the same', () => {
  const file = caseOf({ request: SEARCH.request!, observations: [client('curl', '')] })
  const [found] = reported(queryNotSorted, file)
  assert.ok(found !== undefined && found.weight >= 0.6)
  const said = queryNotSorted.explain({ params: found.params, file, verifier: undefined, signer: undefined })
  assert.equal(said.labels[0]?.calculated, 'size=25&sort=_score')
  assert.equal(said.labels[0]?.signed, 'sort=_score&size=25')
})

test('a presigned URL in any order is no reason', () => {
  assert.deepEqual(reported(queryNotSorted, caseOf({ verifier: { ...SEARCH, authentication: 'query' } })), [])
})

test('an unsorted canonical query in the log of the signer is a reason without any verifier', () => {
  const { signer } = signedOtherwise(SEARCH, { 'canonical-query-string': 'b=1&a=2' })
  assert.ok(reported(queryNotSorted, caseOf({ signerLog: signer }))[0]!.weight >= 0.8)
})
