import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostPortChanged } from '../../src/causes/host-port-changed.ts'
import { hostRewritten } from '../../src/causes/host-rewritten.ts'
import { caseOf } from '../support/case.ts'
import { causeLaws, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/host-port-changed.ts'
import { lawfulInputs } from '../support/standard-inputs.ts'

causeLaws({
  cause: hostPortChanged,
  inject,
  lawful: [lawfulInputs(), lawfulInputs({ host: 'localhost:9000' })],
  forms: 3,
  idle: { inputs: lawfulInputs(), params: { host: 'elsewhere.example' } },
})

test('the port differs and nothing else: no other cause about headers', () => {
  const one = inject(lawfulInputs({ host: 'localhost:80' }), 1)!
  const file = caseOf({ verifier: one.verifier, signerLog: one.signer })
  assert.ok(reported(hostPortChanged, file)[0]!.weight >= 0.9)
  assert.deepEqual(reported(hostRewritten, file), [])
})
