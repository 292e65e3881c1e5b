/** What the checks of single views found, as suspicions of the causes that it shows. */
import type { CaseFile, Deviation } from '../case/index.js'
import type { Cause, Suspicion } from '../causes/index.js'
import { canonicalRequestHash } from '../sigv4/index.js'

/** The suspicions of a cause by what a request, or a text of one side, alone shows to be wrong. */
export function* deviationSuspicions(file: CaseFile, cause: Cause): Iterable<Suspicion<unknown>> {
  if (cause.shownBy === undefined) return
  for (const deviation of file.deviations) {
    const params = deviation.cause === cause.id ? cause.shownBy(deviation) : undefined
    if (params === undefined) continue
    const { shown, told } = deviation
    const proves = shown !== undefined && fits(file, cause, deviation) ? shown : undefined
    const stated = proves === undefined ? explaining(file, cause, deviation) : undefined
    yield {
      params,
      weight: proves === undefined && stated === undefined ? weightOf(file, deviation) : STATED,
      grounds: [deviation.sentence],
      ...(proves !== undefined && { shown: proves }),
      ...(stated !== undefined && { stated }),
      ...(told !== undefined && { told }),
    }
  }
}

/** Whether what was shown explains the refusal: none is known, or it was at a check that refuses this. */
function fits(file: CaseFile, cause: Cause, { checks }: Deviation): boolean {
  const group = file.refusal?.check?.group
  return group === undefined || (checks.some((at) => at === group) && cause.refusedAt.some((at) => at === group))
}

/**
 * The request, where it breaks a rule, was seen as it was, and was refused at the very check that refuses this: then the deviation
 * explains the refusal, so long as nothing else that is wrong with it does.
 */
function explaining(file: CaseFile, cause: Cause, deviation: Deviation): Suspicion<unknown>['stated'] {
  const { seen, severity, checks, cause: own } = deviation
  if (severity !== 'breaks' || seen.fidelity !== 'exact' || file.edited) return undefined
  if (seen.kind === 'canonical-request') return signedSo(file, cause, deviation) ? seen : undefined
  if (seen.kind === 'string-to-sign' || seen.side === 'signer') return undefined
  if (seen.kind === 'signature' && (deviation.ofPaste === true || !namedByService(file, seen.value))) return undefined
  const group = file.refusal?.check?.group
  // Of a scope, or of an Authorization header's parts, the message says which is wrong; their causes read it.
  if (group === undefined || !SAY_NO_MORE.has(group) || !checks.some((at) => at === group) || !cause.refusedAt.some((at) => at === group))
    return undefined
  const others = file.deviations.filter((other) => other.cause !== own && other.severity === 'breaks')
  return others.some((other) => other.checks.some((at) => at === group)) ? undefined : seen
}

/**
 * What a signer wrote in a canonical request makes its signature wrong, whatever the key, and where no text of the service is known
 * that says what it differs from. No other refusal is known, and the text is the one that the signer hashed, as far as that shows.
 */
function signedSo(
  { refusal, signer, verifier, deviations }: CaseFile,
  cause: Cause,
  { seen, checks, cause: own, ofPaste }: Deviation,
): boolean {
  if (ofPaste === true || seen.side !== 'signer' || verifier.canonicalRequest !== undefined) return false
  if (refusal !== undefined && refusal.check?.group !== 'signature') return false
  if (!checks.includes('signature') || !cause.refusedAt.includes('signature')) return false
  const hash = signer.read?.canonicalRequestHash
  if (hash !== undefined && seen.kind === 'canonical-request' && canonicalRequestHash(seen.text) !== hash) return false
  return !deviations.some((other) => other.cause !== own && other.severity === 'breaks' && other.checks.includes('signature'))
}

/** Whether the service's own answer names this signature as the one that it received. */
function namedByService({ observations }: CaseFile, value: string): boolean {
  return observations.some(
    (one) => one.kind === 'error' && one.elements.some(([name, given]) => name === 'SignatureProvided' && given.trim() === value),
  )
}

function weightOf(file: CaseFile, { severity, seen, checks, weight = FRAGILE }: Deviation): number {
  const group = file.refusal?.check?.group
  // A service that refused at another check says nothing of this one.
  if (group !== undefined && !checks.some((at) => at === group)) return AT_ANOTHER_CHECK
  if (severity === 'fragile') return settled(file) ? TESTED_ONLY : weight
  return seen.fidelity === 'exact' ? 0.9 : seen.fidelity === 'normalized' ? 0.8 : 0.75
}

/** Both texts are known, so that what changed on the way shows; or the key, so that what may have changed is tried. */
function settled({ signer, verifier, inputs }: CaseFile): boolean {
  return inputs?.key !== undefined || (signer.parts !== undefined && verifier.parts !== undefined)
}

const SAY_NO_MORE: ReadonlySet<string> = new Set(['signature', 'host-signed', 'headers-signed', 'date', 'token', 'access-key'])
const STATED = 0.95
const FRAGILE = 0.5
const AT_ANOTHER_CHECK = 0.15
const TESTED_ONLY = 0.1
