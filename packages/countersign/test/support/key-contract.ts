/** What must hold of causes that disturb the key, the string to sign or the signature's form, and leave the canonical request alone. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Cause } from '../../src/causes/kit/cause.ts'
import { WEIGHT_OF } from '../../src/causes/kit/clue-weight.ts'
import { calculateSignature } from '../../src/sigv4/signature.ts'
import { caseOf, clueOf } from './case.ts'
import { type Inject, providedSignature } from './inject/injection.ts'
import { standardInputs } from './standard-inputs.ts'

/** Registers the contract as tests. `forms`: how many forms the injection has. */
export function keyContract(cause: Cause, inject: Inject, forms: number): void {
  const correct = standardInputs({ target: '/k?a=1' })
  const broken = Array.from({ length: forms }, (_, choice) => inject(correct, choice)!)

  test(`${cause.id}: undoing each form gives the signature provided, and nothing else of it does before`, () => {
    for (const [form, one] of broken.entries()) {
      const provided = providedSignature(one)
      assert.ok(!calculateSignature(one.verifier)!.equals(provided), `form ${form} must change the signature`)
      const found = [...cause.suspect(caseOf({ verifier: one.verifier }))].find(({ params }) =>
        calculateSignature(cause.undo(one.verifier, params))?.equals(provided),
      )
      assert.ok(found !== undefined, `form ${form} is not found`)
    }
  })

  test(`${cause.id}: the explanation says what to do and what not, and holds nothing secret`, () => {
    const file = caseOf({ verifier: correct })
    for (const { params } of cause.suspect(file)) {
      const said = cause.explain({ params, file, verifier: correct, signer: cause.undo(correct, params) })
      assert.ok(said.what !== '' && said.why !== '' && said.fixes.length > 0 && said.wrongFixes.length > 0 && said.check !== '')
      assert.doesNotMatch(JSON.stringify(said), /wJalrXUtnFEMI\/K7MDENG\/bPxRfiCY/)
    }
  })

  test(`${cause.id}: without a hint it is tested only; with one it is reported`, () => {
    assert.ok([...cause.suspect(caseOf({ verifier: correct }))].every(({ weight }) => weight < 0.5))
    assert.ok(
      [...cause.suspect(caseOf({ observations: [clueOf(cause.id)] }))].some(
        ({ weight, grounds }) => weight >= WEIGHT_OF.fair && grounds.length > 0,
      ),
    )
  })

  test(`${cause.id}: where no secret is known, undo of the key changes nothing`, () => {
    if (cause.part !== 'signing-key') return assert.notEqual(cause.part, 'canonical-uri')
    const keyless = { ...correct, key: undefined }
    for (const { params } of cause.suspect(caseOf({ verifier: correct }))) assert.equal(cause.undo(keyless, params), keyless)
  })
}
