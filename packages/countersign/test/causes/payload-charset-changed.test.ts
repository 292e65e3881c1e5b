import assert from 'node:assert/strict'
import { test } from 'node:test'
import { payloadCharsetChanged } from '../../src/causes/payload-charset-changed.ts'
import { caseOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/payload-charset-changed.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: payloadCharsetChanged,
  inject,
  correct: [standardInputs({ method: 'PUT', body: 'Grüße' })],
  forms: 4,
  idle: { inputs: standardInputs({ method: 'PUT', body: 'plain' }), params: { as: 'as Latin-1' } },
})

test('a byte order mark on the wire is a reason', () => {
  const [found] = reported(payloadCharsetChanged, caseOf({ verifier: standardInputs({ method: 'PUT', body: '\ufeff{"a":1}' }) }))
  assert.deepEqual(found?.params, { as: 'without a byte order mark' })
  assert.deepEqual(reported(payloadCharsetChanged, caseOf({ verifier: standardInputs({ method: 'PUT', body: '{"a":1}' }) })), [])
})
