/** What must hold of every cause; each test file of a cause runs these with its own mistakes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CaseFile } from '../../src/case/case-file.ts'
import type { Cause, Suspicion } from '../../src/causes/kit/cause.ts'
import { canonicalRequest, canonicalRequestPart } from '../../src/sigv4/canonical-request.ts'
import { CANONICAL_REQUEST_PARTS, type SigningInputs } from '../../src/sigv4/signing-inputs.ts'
import { stringToSign } from '../../src/sigv4/string-to-sign.ts'
import { caseOf } from './case.ts'
import { type Broken, type Inject, providedSignature } from './inject/injection.ts'

/** What a cause is tried on. */
export interface CauseTrial {
  readonly cause: Cause
  readonly inject: Inject
  /** Correct requests that give occasion for the mistake. */
  readonly correct: readonly SigningInputs[]
  /** How many forms the injection has. */
  readonly forms: number
  /** Inputs and parameters whose undo must change nothing. */
  readonly idle: { readonly inputs: SigningInputs; readonly params: unknown }
}

/** Registers the contract as tests. */
export function causeContract({ cause, inject, correct, forms, idle }: CauseTrial): void {
  const broken = correct.flatMap((inputs) =>
    Array.from({ length: forms }, (_, choice) => inject(inputs, choice)).filter((one) => one !== undefined),
  )

  test(`${cause.id}: each injected mistake is found by search alone, and undoing it gives what was signed`, () => {
    const tried = new Set<number>()
    for (const inputs of correct) {
      for (let choice = 0; choice < forms; choice++) {
        const one = inject(inputs, choice)
        if (one === undefined) continue
        tried.add(choice)
        assert.notEqual(signed(one.signer), signed(one.verifier), `form ${choice} must change what is signed`)
        const found = fitting(cause, caseOf({ verifier: one.verifier }), one)
        assert.ok(
          found !== undefined,
          `form ${choice} not found for ${one.verifier.request?.target}\nsigned\n${canonicalRequest(one.signer)}\n\ncalculated\n${canonicalRequest(one.verifier)}`,
        )
      }
    }
    assert.deepEqual(
      [...tried].sort((a, b) => a - b),
      Array.from({ length: forms }, (_, i) => i),
      'every form must have had an occasion',
    )
  })

  test(`${cause.id}: a mistake that the signer's log shows is suspected with reason`, () => {
    for (const one of broken) {
      const found = fitting(cause, caseOf({ verifier: one.verifier, signerLog: one.signer }), one)
      assert.ok(found !== undefined)
      assert.ok(found.weight >= 0.4 && found.grounds.length > 0, `weight ${found.weight}: ${found.grounds}`)
    }
  })

  test(`${cause.id}: undo returns the same object where it changes nothing`, () => {
    assert.equal(cause.undo(idle.inputs, idle.params), idle.inputs)
  })

  test(`${cause.id}: undo is total where only a canonical request is known`, () => {
    for (const one of broken) {
      const verbatim = Object.fromEntries(CANONICAL_REQUEST_PARTS.map((part) => [part, canonicalRequestPart(one.verifier, part)]))
      const bare: SigningInputs = { ...one.verifier, request: undefined, verbatim }
      for (const { params } of cause.suspect(caseOf({ verifier: bare })))
        assert.equal(typeof canonicalRequest(cause.undo(bare, params)), 'string')
    }
  })

  test(`${cause.id}: the explanation holds both values, fixes, a wrong fix and a check, and nothing secret`, () => {
    for (const one of broken) {
      const file = caseOf({ verifier: one.verifier, signerLog: one.signer })
      const found = fitting(cause, file, one)
      assert.ok(found !== undefined)
      const said = cause.explain({ params: found.params, file, verifier: one.verifier, signer: cause.undo(one.verifier, found.params) })
      assert.ok(said.fixes.length > 0 && said.wrongFixes.length > 0 && said.check !== '' && said.why !== '')
      assert.ok(said.labels.length > 0 && said.labels.every((label) => label.calculated !== label.signed), JSON.stringify(said.labels))
      const text = JSON.stringify(said)
      assert.ok(!text.includes(providedSignature(one)) && !text.includes('wJalrXUtnFEMI'))
    }
  })

  test(`${cause.id}: nothing is suspected of an empty case, and at most 60 things of any`, () => {
    assert.deepEqual([...cause.suspect(caseOf({}))], [])
    for (const one of broken) assert.ok([...cause.suspect(caseOf({ verifier: one.verifier }))].length <= 60)
  })
}

/** The suspicion whose undo gives what was signed, with the most weight. */
export function fitting(cause: Cause, file: CaseFile, broken: Broken): Suspicion<unknown> | undefined {
  const wanted = signed(broken.signer)
  return [...cause.suspect(file)]
    .filter(({ params }) => signed(cause.undo(broken.verifier, params)) === wanted)
    .sort((a, b) => b.weight - a.weight)[0]
}

/** The suspicions that would be reported unproven. */
export function reported(cause: Cause, file: CaseFile): Suspicion<unknown>[] {
  return [...cause.suspect(file)].filter(({ weight }) => weight >= 0.2)
}

function signed(inputs: SigningInputs): string {
  return `${stringToSign(inputs)}\n\n${canonicalRequest(inputs)}`
}
