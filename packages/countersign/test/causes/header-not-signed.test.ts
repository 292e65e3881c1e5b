import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headerNotSigned } from '../../src/causes/header-not-signed.ts'
import { caseOf, HERE } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/header-not-signed.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: headerNotSigned,
  inject,
  correct: [
    standardInputs({
      headers: [
        ['X-Amz-Acl', 'private'],
        ['Content-Type', 'text/plain'],
      ],
    }),
  ],
  forms: 2,
  idle: { inputs: standardInputs(), params: { names: ['x-amz-acl'] } },
})

test('the message of the service states it', () => {
  const stated = { kind: 'stated', fact: 'headers-not-signed', values: { names: 'x-amz-acl' }, location: HERE, fidelity: 'exact' } as const
  const [found] = reported(headerNotSigned, caseOf({ observations: [stated] }))
  assert.equal(found?.stated, stated)
  assert.deepEqual(found?.params, { names: ['x-amz-acl'] })
  const said = headerNotSigned.explain({
    params: found!.params,
    file: caseOf({ observations: [stated] }),
    verifier: undefined,
    signer: undefined,
  })
  assert.match(said.what, /x-amz-acl/)
})
