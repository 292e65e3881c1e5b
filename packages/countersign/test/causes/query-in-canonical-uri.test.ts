import assert from 'node:assert/strict'
import { test } from 'node:test'
import { queryInCanonicalUri } from '../../src/causes/query-in-canonical-uri.ts'
import { caseOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/query-in-canonical-uri.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: queryInCanonicalUri,
  inject,
  correct: [standardInputs({ target: '/a?list-type=2&prefix=x' }), standardInputs({ service: 'execute-api', target: '/dev/x?id=1' })],
  forms: 3,
  idle: { inputs: standardInputs({ target: '/a' }), params: { form: 'raw', query: 'empty' } },
})

test('a "?" in line 2 of the log is a reason also where nothing of the verifier is known', () => {
  const { signer } = inject(standardInputs({ target: '/a?b=1' }), 0)!
  const [found] = reported(queryInCanonicalUri, caseOf({ signerLog: signer }))
  assert.ok(found !== undefined && found.weight >= 0.6)
  assert.match(found.grounds.join(), /holds "\?"/)
})

test('a session token in the query is not repeated', () => {
  const verifier = standardInputs({ target: '/?X-Amz-Security-Token=IQoJb3JpZ2luX2VjEXAMPLE&q=a' })
  const said = queryInCanonicalUri.explain({
    params: { form: 'raw', query: 'kept' },
    file: caseOf({ verifier }),
    verifier,
    signer: undefined,
  })
  assert.doesNotMatch(JSON.stringify(said), /IQoJ/)
})
