/** What must hold of every cause that disturbs the head of the string to sign, or nothing that is signed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CaseFile } from '../../src/case/case-file.ts'
import type { Values } from '../../src/case/clue.ts'
import type { Observation, StatedFact } from '../../src/case/observation.ts'
import type { Cause } from '../../src/causes/kit/cause.ts'
import { checkOfError } from '../../src/sigv4/checks.ts'
import type { SigningInputs } from '../../src/sigv4/signing-inputs.ts'
import { parseStringToSign, stringToSign } from '../../src/sigv4/string-to-sign.ts'
import { caseOf, clueOf, HERE } from './case.ts'
import { fitting, reported } from './cause-contract.ts'
import type { Broken, Inject } from './inject/injection.ts'

/** What a cause is tried on. Without `inject` it changes nothing that is signed. */
export interface HeadTrial {
  readonly cause: Cause
  readonly inject?: Inject
  readonly correct: readonly SigningInputs[]
  readonly forms?: number
  /** Whether the signer's own string to sign shows the mistake. */
  readonly logged?: boolean
}

/** A service's message, as a reader reads it. */
export function stated(fact: StatedFact, values: Values = {}): Observation {
  return { kind: 'stated', fact, values, location: HERE, fidelity: 'exact' }
}

/** A response, as a reader of `curl -i` gives it. */
export function response(status: number, headers: Readonly<Record<string, string>> = {}): Observation {
  return { kind: 'response', status, headers: Object.entries(headers), location: { ...HERE, start: 1 }, fidelity: 'exact' }
}

/** The refusal of a code and message. */
export function refusal(code: string, message = '', dialect: 's3' | 'standard' = 'standard'): NonNullable<CaseFile['refusal']> {
  return { code, message, dialect, check: checkOfError(code, message, dialect) }
}

export const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'

/** The case of a broken situation of which the signer's string to sign is known. */
export function loggedCase({ signer, verifier }: Broken): CaseFile {
  const read = parseStringToSign(stringToSign(signer))
  return { ...caseOf({ verifier }), signer: { side: 'signer', ...(read !== undefined && { read }) } }
}

/** Registers the contract as tests. */
export function headContract({ cause, inject, correct, forms = 0, logged = true }: HeadTrial): void {
  const broken = correct.flatMap((inputs) =>
    Array.from({ length: forms }, (_, i) => inject?.(inputs, i)).filter((one) => one !== undefined),
  )

  test(`${cause.id}: each injected mistake is found by search alone`, () => {
    for (const one of broken) {
      assert.notEqual(stringToSign(one.signer), stringToSign(one.verifier))
      assert.ok(fitting(cause, caseOf({ verifier: one.verifier }), one) !== undefined, stringToSign(one.signer))
    }
    assert.equal(broken.length >= forms, true)
  })

  test(`${cause.id}: a mistake that the signer's string to sign shows is suspected with reason, and explained with both values`, () => {
    for (const one of logged ? broken : []) {
      const file = loggedCase(one)
      const found = fitting(cause, file, one)
      assert.ok(found !== undefined && found.weight >= 0.4 && found.grounds.length > 0, JSON.stringify(found))
      const said = cause.explain({ params: found.params, file, verifier: one.verifier, signer: one.signer })
      assert.ok(said.labels.length > 0 && said.labels.every((label) => label.calculated !== label.signed), JSON.stringify(said.labels))
    }
  })

  test(`${cause.id}: nothing is suspected of an empty case; a correct request is no reason; a hint is one`, () => {
    assert.deepEqual([...cause.suspect(caseOf({}))], [])
    for (const verifier of correct) {
      assert.deepEqual(reported(cause, caseOf({ verifier })), [])
      assert.ok([...cause.suspect(caseOf({ verifier }))].length <= 60)
    }
    for (const name of [cause.id, cause.class]) {
      const found = reported(cause, caseOf({ observations: [clueOf(name)] }))
      assert.equal(found.length, 1)
      assert.equal(found[0]?.stated, undefined)
      assertWhole(cause, found[0]?.params, caseOf({ observations: [clueOf(name)] }))
    }
  })

  test(`${cause.id}: undo gives the same object where it changes nothing`, () => {
    for (const inputs of correct) assert.equal(cause.undo(inputs, inject === undefined ? {} : { how: 'sent-again' }), inputs)
  })
}

/** An explanation has fixes, wrong fixes and a check, and nothing secret. */
export function assertWhole(cause: Cause, params: unknown, file: CaseFile): void {
  const said = cause.explain({ params, file, verifier: undefined, signer: undefined })
  assert.ok(said.fixes.length > 0 && said.wrongFixes.length > 0 && said.check !== '' && said.why !== '' && said.what !== '')
  assert.ok(!/undefined|NaN|\bexpected\b|\bactual\b|probably|wJalrXUtnFEMI/.test(JSON.stringify(said)), JSON.stringify(said))
}
