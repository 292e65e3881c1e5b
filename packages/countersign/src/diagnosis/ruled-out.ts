/** What is not the cause, and why: the order of checks says so, a test does, or nothing could be tested. */

import { type CaseFile, holdsFor } from '../case/index.js'
import { SCHEMES } from '../catalog/index.js'
import type { Cause } from '../causes/index.js'
import { eliminated } from './eliminate.js'
import type { Finding, RuledOut } from './finding.js'
import type { Oracle } from './oracle.js'
import type { Trial } from './suspicions.js'

/** Every cause that was not found, with how it was ruled out. */
export function ruledOut(
  file: CaseFile,
  causes: readonly Cause[],
  trials: readonly Trial[],
  findings: readonly Finding[],
  oracle: Oracle,
): RuledOut[] {
  const found = new Set(findings.flatMap((finding) => [...finding.causes, ...finding.alternatives]))
  return causes.flatMap((cause): RuledOut[] => {
    if (found.has(cause.id)) return []
    if (!holdsFor(cause.schemes, file.family)) return [{ cause: cause.id, how: 'evidence', why: ofAnotherScheme(file) }]
    const early = eliminated(file, cause)
    const refuted = cause.refutes?.(file)
    if (refuted !== undefined) return [{ cause: cause.id, how: 'evidence', why: refuted }]
    if (early !== undefined) return [{ cause: cause.id, how: 'check-order', why: early }]
    if (oracle.levels.length === 0)
      return [{ cause: cause.id, how: 'not-testable', why: 'no secret, no string to sign and no second text to test it against' }]
    const tried = trials.some((trial) => trial.cause === cause && trial.undone !== undefined)
    return tried
      ? [{ cause: cause.id, how: 'tested', why: 'undoing it does not give what was signed' }]
      : [{ cause: cause.id, how: 'not-testable', why: untested(file, cause) }]
  })
}

function ofAnotherScheme({ schemes }: CaseFile): string {
  return `the request carries ${[...schemes].map((scheme) => SCHEMES[scheme].name).join(' and ')}, in which it cannot happen`
}

/** Why a cause was not tried though others were: what is lacking, where that can be told. */
function untested({ inputs }: CaseFile, { part }: Cause): string {
  if (part === 'signing-key' && inputs?.key === undefined) return 'the secret access key was not given: --secret-file would test them'
  if (part === 'payload-hash' && inputs?.request?.body === undefined) return 'the body was not captured: curl --trace-ascii would show it'
  return 'the evidence gives no occasion to test it'
}
