/**
 * Which of the repairs that causes warn of may be warned of here: what is said of them has to be true of this refusal, and of all
 * the faults together.
 */

import type { CaseFile } from '../case/index.js'
import type { Cause, WrongFix } from '../causes/index.js'
import type { Proof } from './finding.js'

/** One cause of a finding, and what it warns of. */
export interface Warned {
  readonly cause: Cause
  readonly wrongFixes: readonly WrongFix[]
}

/** The wrong fixes of a finding, each title once, in the order of the causes. */
export function fittingWrongFixes(file: CaseFile, proof: Proof, warned: readonly Warned[]): readonly WrongFix[] {
  const all = warned
    .flatMap(({ wrongFixes }) => wrongFixes)
    .filter(({ title }, i, before) => before.findIndex((other) => other.title === title) === i)
  const sure = refusedBySignature(file, proof) ? all : all.filter(({ onlyIfRefusedBySignature }) => onlyIfRefusedBySignature !== true)
  const early = file.refusal?.check !== undefined && file.refusal.check.group !== 'signature'
  return alsoTrueTogether(sure, warned).map((one) =>
    early || one.whyAtSignature === undefined ? one : { ...one, why: one.whyAtSignature },
  )
}

/**
 * Whether a check of the signature's own has refused, so that whatever comes after it was never reached. A bare "access denied" that
 * nothing explains can be permissions just as well.
 */
function refusedBySignature({ refusal }: CaseFile, proof: Proof): boolean {
  if (proof.level !== 'none' || refusal?.check !== undefined) return true
  return refusal !== undefined && !/denied|forbidden|unauthori[sz]ed|^\d+$/i.test(refusal.code)
}

/**
 * Of a fault of the key and a fault of the text together, each cause says that the other side is right. Only what both warn of is
 * then true.
 */
function alsoTrueTogether(all: readonly WrongFix[], warned: readonly Warned[]): readonly WrongFix[] {
  const ofKey = warned.map(({ cause }) => cause.part === 'signing-key')
  if (!ofKey.includes(true) || !ofKey.includes(false)) return all
  return all.filter(({ title }) => warned.every(({ wrongFixes }) => wrongFixes.some((one) => one.title === title)))
}
