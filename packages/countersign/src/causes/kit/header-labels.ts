/** How the causes about headers show both sides' lines: only those that differ, and never a session token. */

import { canonicalRequestPart, headerLines, type SigningInputs } from '../../sigv4/index.js'
import { labelOf, sidesOf } from './case-views.js'
import type { Match } from './cause.js'
import type { Label } from './explanation.js'
import { differencesOfFault, type HeaderFault, shownBlock, shownLine } from './header-differences.js'

/** Both sides' differing header lines; the whole blocks where lines were moved, added or broken. */
export function headerLabels<Params>(
  match: Match<Params>,
  undo: (inputs: SigningInputs, params: Params) => SigningInputs,
  fault: HeaderFault,
  note: string,
): Label[] {
  const label = (calculated: string, signed: string): Label[] =>
    calculated === signed ? [] : [labelOf(match.file, 'canonical-headers', calculated, signed, note)]
  const sides = sidesOf(match, undo)
  const [ours, theirs] = sides === undefined ? [[], []] : [headerLines(sides.signer), headerLines(sides.verifier)]
  if (
    sides === undefined ||
    canonicalRequestPart(sides.signer, 'canonical-headers') === canonicalRequestPart(sides.verifier, 'canonical-headers')
  )
    return differencesOfFault(match.file, fault).flatMap(({ name, signed, calculated }) =>
      name === '' ? label(shownBlock(calculated), shownBlock(signed)) : label(shownLine(name, calculated), shownLine(name, signed)),
    )
  if (ours.length === theirs.length && ours.every(([name], i) => name === theirs[i]![0]))
    return theirs.flatMap(([name, value], i) => label(shownLine(name, value), shownLine(name, ours[i]![1])))
  return label(
    shownBlock(canonicalRequestPart(sides.verifier, 'canonical-headers')),
    shownBlock(canonicalRequestPart(sides.signer, 'canonical-headers')),
  )
}

/** The first label's two texts as a clause for `what`; `otherwise` where nothing is known of them. */
export function said(labels: readonly Label[], otherwise: string): string {
  const [first] = labels
  if (first === undefined || first.signed.includes('\n')) return otherwise
  return `"${first.signed}" was signed; the service calculates with "${first.calculated}"`
}
