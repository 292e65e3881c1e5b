import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headersNotSorted } from '../../src/causes/headers-not-sorted.ts'
import { caseOf, HERE } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/headers-not-sorted.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: headersNotSorted,
  inject,
  correct: [standardInputs({ headers: [['Content-Type', 'text/plain']] })],
  forms: 3,
  idle: { inputs: standardInputs(), params: { order: [], of: 'both' } },
})

test('two bare blocks of the same lines in another order', () => {
  const seen = (side: 'signer' | 'verifier', text: string) =>
    ({ kind: 'canonical-request', side, text, location: HERE, fidelity: 'exact' }) as const
  const [a, b] = ['x-amz-date:20240914T064714Z', 'x-amz-content-sha256:f101df66']
  const file = {
    ...caseOf({}),
    signer: { side: 'signer', canonicalRequest: seen('signer', `${a}\n${b}`) } as const,
    verifier: { side: 'verifier', canonicalRequest: seen('verifier', `${b}\n${a}`) } as const,
  }
  const [found] = reported(headersNotSorted, file)
  assert.ok(found !== undefined && found.weight >= 0.9)
  const said = headersNotSorted.explain({ params: found.params, file, verifier: undefined, signer: undefined })
  assert.equal(said.labels[0]?.calculated.startsWith('x-amz-content-sha256'), true)
})
