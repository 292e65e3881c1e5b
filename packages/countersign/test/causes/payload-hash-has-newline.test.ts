import assert from 'node:assert/strict'
import { test } from 'node:test'
import { payloadHashHasNewline } from '../../src/causes/payload-hash-has-newline.ts'
import { caseOf, hint } from '../support/case.ts'
import { causeLaws, reported } from '../support/cause-laws.ts'
import { inject } from '../support/inject/payload-hash-has-newline.ts'
import { lawfulInputs } from '../support/lawful.ts'

causeLaws({
  cause: payloadHashHasNewline,
  inject,
  lawful: [lawfulInputs({ target: '/a' }), lawfulInputs({ service: 'es', method: 'POST', body: '{}' })],
  forms: 2,
  idle: { inputs: { ...lawfulInputs(), payloadHash: undefined }, params: { end: 'a line feed' } },
})

test('a hint about the structure of the request counts only if it speaks of the end', () => {
  const verifier = lawfulInputs()
  const made = (tool: string) =>
    reported(payloadHashHasNewline, caseOf({ verifier, observations: [hint('header.canonical', 0.6, { tool })] })).length
  assert.deepEqual(['echo', 'sort'].map(made), [1, 0])
})
