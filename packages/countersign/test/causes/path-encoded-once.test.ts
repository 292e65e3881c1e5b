import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathEncodedOnce } from '../../src/causes/path-encoded-once.ts'
import { caseOf, client } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/path-encoded-once.ts'
import { standardInputs } from '../support/standard-inputs.ts'

const TABLES = standardInputs({ service: 's3tables', target: '/tables/arn%3aaws%3As3tables/sales' })

causeContract({
  cause: pathEncodedOnce,
  inject,
  correct: [TABLES, standardInputs({ service: 'es', target: '/a%20b/_search?q=1' })],
  forms: 2,
  idle: { inputs: standardInputs({ target: '/a%20b' }), params: { form: 'as-sent', normalized: true } },
})

test('curl makes it more likely', () => {
  const [bare] = reported(pathEncodedOnce, caseOf({ verifier: TABLES }))
  const [curl] = reported(pathEncodedOnce, caseOf({ verifier: TABLES, observations: [client('curl', '8.5.0')] }))
  assert.ok(bare !== undefined && curl !== undefined && curl.weight > bare.weight)
})

test('S3 takes the path as sent: nothing is suspected there', () => {
  assert.deepEqual([...pathEncodedOnce.suspect(caseOf({ verifier: standardInputs({ target: '/a%20b' }) }))], [])
})
