import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headerChangedInTransit } from '../../src/causes/header-changed-in-transit.ts'
import { caseOf, requestSeen } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/header-changed-in-transit.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: headerChangedInTransit,
  inject,
  correct: [
    standardInputs({
      headers: [
        ['Content-Type', 'application/json'],
        ['Accept', '*/*'],
      ],
    }),
  ],
  forms: 2,
  idle: { inputs: standardInputs(), params: { values: [['accept', 'gzip']] } },
})

test('a signed user-agent is a reason by itself, an unsigned one is not', () => {
  const headers = [['User-Agent', 'agent/1.0']] as const
  assert.equal(reported(headerChangedInTransit, caseOf({ verifier: standardInputs({ headers }) })).length, 1)
  assert.deepEqual(reported(headerChangedInTransit, caseOf({ verifier: standardInputs({ headers, unsigned: ['User-Agent'] }) })), [])
})

test('no session token is shown', () => {
  const verifier = standardInputs({ headers: [['X-Amz-Security-Token', 'TOKENINNEWSPELLING']] })
  const params = { values: [['x-amz-security-token', 'ANOTHERTOKEN']] }
  const said = headerChangedInTransit.explain({
    params,
    file: caseOf({ verifier }),
    verifier,
    signer: headerChangedInTransit.undo(verifier, params),
  })
  assert.doesNotMatch(JSON.stringify(said), /TOKENINNEWSPELLING|ANOTHERTOKEN/)
})

test('a value seen elsewhere is a reason, blanks that the canonical form removes are none', () => {
  const sent = (value: string) =>
    reported(
      headerChangedInTransit,
      caseOf({
        verifier: standardInputs({ headers: [['X-Own', 'p q']] }),
        observations: [requestSeen('wire', { method: 'GET', target: '/', headers: [['X-Own', value]], body: undefined })],
      }),
    ).length
  assert.equal(sent('p r'), 1)
  assert.equal(sent('p  q '), 0)
})
