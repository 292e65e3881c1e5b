import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headerChangedInTransit } from '../../src/causes/header-changed-in-transit.ts'
import { hostPortChanged } from '../../src/causes/host-port-changed.ts'
import { hostRewritten } from '../../src/causes/host-rewritten.ts'
import { caseOf, clueOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/host-rewritten.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: hostRewritten,
  inject,
  correct: [standardInputs({ target: '/a' }), standardInputs({ host: 'localhost', target: '/bucket/key' })],
  forms: 3,
  idle: { inputs: standardInputs({ host: 'a.example:80' }), params: { host: 'a.example' } },
})

test('both sides show another host: this cause and no other about headers', () => {
  const one = inject(standardInputs(), 0)!
  const file = caseOf({ verifier: one.verifier, signerLog: one.signer })
  assert.ok(reported(hostRewritten, file)[0]!.weight >= 0.9)
  assert.deepEqual(reported(headerChangedInTransit, file), [])
  assert.deepEqual(reported(hostPortChanged, file), [])
})

test('a host in configuration is a candidate', () => {
  const file = caseOf({ verifier: standardInputs(), observations: [clueOf('host.rewritten', { host: 'www.example.com' })] })
  assert.deepEqual(reported(hostRewritten, file)[0]!.params, { host: 'www.example.com' })
})
