/** Advice against a repair is given only where it is true. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CaseFile } from '../../src/case/case-file.ts'
import { REPLACE_THE_SECRET } from '../../src/causes/kit/case-views.ts'
import { defineCause } from '../../src/causes/kit/cause.ts'
import type { WrongFix } from '../../src/causes/kit/explanation.ts'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS, SEND_AGAIN } from '../../src/causes/kit/wrong-fixes.ts'
import type { Proof } from '../../src/diagnosis/finding.ts'
import { fittingWrongFixes } from '../../src/diagnosis/wrong-fixes.ts'
import type { SigningPart } from '../../src/sigv4/signing-inputs.ts'
import { caseOf } from '../support/case.ts'
import { forgedProof } from '../support/forged-proof.ts'

const cause = (part: SigningPart) =>
  defineCause({
    id: 'path-rewritten',
    class: 'path.encoding',
    part,
    summary: '',
    schemes: 'any',
    refusedAt: ['signature'],
    suspect: () => [],
    undo: (inputs) => inputs,
    explain: () => assert.fail(),
  })
const NOT_PROVEN = forgedProof('none', 's')
const PROVEN = forgedProof('signature', 's')
const refused = (code: string, check?: 'signature'): CaseFile =>
  caseOf({
    refusal: { code, message: '', dialect: 's3', check: check === undefined ? undefined : { id: check, number: 16, of: 17, group: check } },
  })
const titles = (file: CaseFile, proof: Proof, ...warned: readonly (readonly [SigningPart, readonly WrongFix[]])[]) =>
  fittingWrongFixes(
    file,
    proof,
    warned.map(([part, wrongFixes]) => ({ cause: cause(part), wrongFixes })),
  ).map(({ title }) => title)

test('IAM is advised against only where a check of the signature refused', () => {
  const both = [CHANGE_IAM_POLICIES, SEND_AGAIN]
  const of = (file: CaseFile, proof: Proof) => titles(file, proof, ['canonical-uri', both])
  for (const file of [refused('SignatureDoesNotMatch'), refused('AccessDenied', 'signature')])
    assert.deepEqual(of(file, NOT_PROVEN), [CHANGE_IAM_POLICIES.title, SEND_AGAIN.title])
  for (const file of [refused('AccessDenied'), refused('403'), refused('Forbidden'), caseOf({})])
    assert.deepEqual(of(file, NOT_PROVEN), [SEND_AGAIN.title])
  assert.deepEqual(of(refused('AccessDenied'), PROVEN), [CHANGE_IAM_POLICIES.title, SEND_AGAIN.title])
})

test('each title once; of a fault of the key beside one of the text only what both say', () => {
  const file = refused('SignatureDoesNotMatch', 'signature')
  const text = [CHANGE_IAM_POLICIES, ROTATE_KEYS]
  assert.deepEqual(titles(file, PROVEN, ['canonical-uri', text], ['canonical-headers', [...text, SEND_AGAIN]]), [
    CHANGE_IAM_POLICIES.title,
    ROTATE_KEYS.title,
    SEND_AGAIN.title,
  ])
  const key = [CHANGE_IAM_POLICIES, { title: 'change the request', why: 'what was signed is right' }]
  assert.deepEqual(titles(file, PROVEN, ['canonical-uri', text], ['signing-key', key]), [CHANGE_IAM_POLICIES.title])
})

test('an earlier check is spoken of only where one refused', () => {
  const warned = [{ cause: cause('credential-scope'), wrongFixes: [REPLACE_THE_SECRET] }]
  const why = (file: CaseFile) => fittingWrongFixes(file, PROVEN, warned)[0]!.why
  const scope = caseOf({ refusal: { code: 'X', message: '', dialect: 's3', check: { id: 'scope', number: 10, of: 17, group: 'scope' } } })
  assert.match(why(scope), /^this check comes before/)
  for (const file of [refused('SignatureDoesNotMatch', 'signature'), refused('SignatureDoesNotMatch'), caseOf({})])
    assert.match(why(file), /^the key is fine, the signed text is not/)
})
