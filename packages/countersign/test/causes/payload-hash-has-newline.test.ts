import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CauseId } from '../../src/catalog/index.ts'
import { payloadHashHasNewline } from '../../src/causes/payload-hash-has-newline.ts'
import { caseOf, clueOf } from '../support/case.ts'
import { causeContract, reported } from '../support/cause-contract.ts'
import { inject } from '../support/inject/payload-hash-has-newline.ts'
import { standardInputs } from '../support/standard-inputs.ts'

causeContract({
  cause: payloadHashHasNewline,
  inject,
  correct: [standardInputs({ target: '/a' }), standardInputs({ service: 'es', method: 'POST', body: '{}' })],
  forms: 2,
  idle: { inputs: { ...standardInputs(), payloadHash: undefined }, params: { end: 'a line feed' } },
})

test('a clue about the structure of the request counts only if it names this cause', () => {
  const verifier = standardInputs()
  const made = (tags: readonly CauseId[]) =>
    reported(payloadHashHasNewline, caseOf({ verifier, observations: [clueOf('header.canonical', {}, tags)] })).length
  assert.deepEqual([made(['payload-hash-has-newline']), made([])], [1, 0])
})
