/** Pieces of evidence without what may not be shown, as `redact` prints them and `report` quotes them. */
import { assembleCase, credentialsSeen, type EvidenceSource, privateNames, secretsInEvidence } from '../case/index.js'
import { readEvidence } from '../intake/index.js'
import { type HiddenCount, type RedactedEvidence, redactedEvidence } from '../report/index.js'

/**
 * The pieces, and behind them other texts that are shown beside them.
 *
 * @param secrets What the user gave.
 * @param strict Whether hosts, buckets and other names are hidden, too.
 */
export function redactedPieces(
  pieces: readonly EvidenceSource[],
  secrets: readonly string[],
  strict: boolean,
  beside: readonly string[] = [],
): RedactedEvidence {
  const file = assembleCase(readEvidence(pieces))
  return redactedEvidence([...pieces, ...beside.map((text) => ({ name: '', text }))], {
    secrets,
    unspoken: secretsInEvidence(file),
    credentials: credentialsSeen(file),
    ...(strict && { names: privateNames(file) }),
  })
}

/** "2 signatures, 1 account". */
export function hiddenText(hidden: readonly HiddenCount[]): string {
  return hidden.map(({ what, count }) => `${count} ${what}${count === 1 ? '' : 's'}`).join(', ')
}
