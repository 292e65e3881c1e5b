/**
 * What must not compile: a proof that no file of src/diagnosis minted. `npm run types` fails where one of these lines has no error,
 * since an expected error that does not come is an error.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CaseFile } from '../../src/case/index.ts'
import type { Finding, Proof } from '../../src/diagnosis/finding.ts'
import type { Answer } from '../../src/diagnosis/oracle.ts'
import { notProven, proofOf, uneditedProof } from '../../src/diagnosis/prove.ts'
import type { SignatureMatches } from '../../src/sigv4/index.ts'

export function forgeries(file: CaseFile, finding: Finding): unknown[] {
  // @ts-expect-error an object literal is no proof
  const literal: Proof = { level: 'signature', statement: 'x' }
  // @ts-expect-error nor is one without a level that claims anything
  const none: Proof = { level: 'none', statement: 'x' }
  // @ts-expect-error a proof that was made is not one of another level
  const raised: Proof = { ...notProven('x'), level: 'signature' }
  // @ts-expect-error a finding cannot be given a literal
  const claimed: Finding = { ...finding, proof: { level: 'text', statement: 'x' } }
  // @ts-expect-error the oracle's answer cannot be written down
  const answer: Answer = { level: 'text' }
  // @ts-expect-error nor handed over as one
  const fromAnswer = proofOf(file, { level: 'canonical-request-hash' }, 1)
  // @ts-expect-error "unedited" needs the answer, too
  const unedited = uneditedProof(file)
  // @ts-expect-error that signatures match is said by the comparison only
  const matches: SignatureMatches = { level: 'signature' }
  return [literal, none, raised, claimed, answer, fromAnswer, unedited, matches]
}

test('what prove.ts makes is a proof', () => {
  const proof: Proof = notProven('nothing was matched')
  assert.deepEqual(proof, { level: 'none', statement: 'nothing was matched' })
})
