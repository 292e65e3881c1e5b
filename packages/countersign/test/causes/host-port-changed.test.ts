import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostPortChanged } from '../../src/causes/host-port-changed.ts'
import { hostRewritten } from '../../src/causes/host-rewritten.ts'
import { caseOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/host-port-changed.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: hostPortChanged,
  inject,
  correct: [standardInputs(), standardInputs({ host: 'localhost:9000' })],
  forms: 3,
  idle: { inputs: standardInputs(), params: { host: 'elsewhere.example' } },
})

test('the port differs and nothing else: no other cause about headers', () => {
  const one = inject(standardInputs({ host: 'localhost:80' }), 1)!
  const file = caseOf({ verifier: one.verifier, signerLog: one.signer })
  assert.ok(reported(hostPortChanged, file)[0]!.weight >= 0.9)
  assert.deepEqual(reported(hostRewritten, file), [])
})
