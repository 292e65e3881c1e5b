import assert from 'node:assert/strict'
import { test } from 'node:test'
import { payloadReplaced } from '../../src/causes/payload-replaced.ts'
import { caseOf, HERE } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/payload-replaced.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: payloadReplaced,
  inject,
  correct: [standardInputs({ method: 'POST', service: 'iam', body: 'b=1%20+2&a=%c3%bc' })],
  forms: 4,
  idle: { inputs: standardInputs(), params: { as: 'pairs sorted' } },
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

test('that nothing was hashed is left to the cause about it; that nothing arrived is said here', () => {
  const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  const stated = { kind: 'stated', fact: 'payload-hash-mismatch', location: HERE, fidelity: 'exact' } as const
  const signed = caseOf({ observations: [{ ...stated, values: { signed: empty, received: 'b'.repeat(64) } }] })
  assert.deepEqual(reported(payloadReplaced, signed), [])
  const lost = caseOf({ observations: [{ ...stated, values: { signed: 'a'.repeat(64), received: empty } }] })
  const [found] = reported(payloadReplaced, lost)
  assert.match(payloadReplaced.explain({ params: found!.params, file: lost, verifier: undefined, signer: undefined }).what, /none arrived/)
})
