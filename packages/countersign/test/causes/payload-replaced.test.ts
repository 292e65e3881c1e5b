import assert from 'node:assert/strict'
import { test } from 'node:test'
import { payloadReplaced } from '../../src/causes/payload-replaced.ts'
import { caseOf, HERE } from '../support/case.ts'
import { causeLaws, reported } from '../support/cause-laws.ts'
import { inject } from '../support/inject/payload-replaced.ts'
import { lawfulInputs } from '../support/lawful.ts'

causeLaws({
  cause: payloadReplaced,
  inject,
  lawful: [lawfulInputs({ method: 'POST', service: 'dynamodb', body: '{"a":"b","c":"d"}' })],
  forms: 3,
  idle: { inputs: lawfulInputs(), params: { as: 'empty' } },
})

test('both hashes in the message of the service: stated', () => {
  const values = { signed: 'a'.repeat(64), received: 'b'.repeat(64) }
  const stated = { kind: 'stated', fact: 'payload-hash-mismatch', values, location: HERE, fidelity: 'exact' } as const
  const file = caseOf({ observations: [stated] })
  const [found] = reported(payloadReplaced, file)
  assert.equal(found?.stated, stated)
  const said = payloadReplaced.explain({ params: found!.params, file, verifier: undefined, signer: undefined })
  assert.deepEqual([said.labels[0]?.signed, said.labels[0]?.calculated], [values.signed, values.received])
})
