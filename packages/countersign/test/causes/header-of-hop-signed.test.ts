import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headerOfHopSigned } from '../../src/causes/header-of-hop-signed.ts'
import { caseOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/header-of-hop-signed.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: headerOfHopSigned,
  inject,
  correct: [
    standardInputs({
      headers: [
        ['X-Forwarded-For', '192.0.2.1'],
        ['Connection', 'keep-alive'],
      ],
    }),
  ],
  forms: 2,
  idle: { inputs: standardInputs(), params: { values: [['connection', 'close']] } },
})

test('such a header among the signed ones is a reason; others are not', () => {
  const made = (name: string) => reported(headerOfHopSigned, caseOf({ verifier: standardInputs({ headers: [[name, 'x']] }) })).length
  assert.deepEqual(['Via', 'Traceparent', 'X-Amzn-Trace-Id', 'Expect'].map(made), [1, 1, 1, 1])
  assert.deepEqual(['Accept', 'X-Amz-Meta-Via', 'Content-Type'].map(made), [0, 0, 0])
})

test('where the two sides differ in another header, this one is tested only', () => {
  const headers = [
    ['Via', '1.1 a'],
    ['Accept', 'x'],
  ] as const
  const verifier = standardInputs({ headers })
  const signerLog = standardInputs({ headers: [headers[0], ['Accept', 'y']] })
  assert.deepEqual(reported(headerOfHopSigned, caseOf({ verifier, signerLog })), [])
})
