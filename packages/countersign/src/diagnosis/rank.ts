/** Best first: by what was shown, then by what weighs most, then by the first part of the request that is disturbed. */
import { type Finding, PROOF_LEVELS } from './finding.js'

/** A finding before ranking, with what only ranking needs. */
export interface Ranked {
  readonly finding: Finding
  /** Where the part stands in the canonical request. */
  readonly place: number
  /** Whether the refusal's own check is one at which this cause is refused. */
  readonly atTheCheck: boolean
}

/** Sorts findings; the result does not depend on the order they came in. */
export function ranked(all: readonly Ranked[]): Finding[] {
  return [...all].sort(better).map(({ finding }) => finding)
}

function better(a: Ranked, b: Ranked): number {
  return (
    levelOf(a) - levelOf(b) ||
    b.finding.weight - a.finding.weight ||
    a.finding.causes.length - b.finding.causes.length ||
    a.place - b.place ||
    (a.finding.causes.join() < b.finding.causes.join() ? -1 : 1)
  )
}

/** What the service states at the check where it refused is the cause of this refusal, whatever else is wrong too. */
function levelOf({ finding, atTheCheck }: Ranked): number {
  const level = PROOF_LEVELS.indexOf(finding.proof.level)
  return finding.proof.level === 'stated' && atTheCheck ? -1 : level
}
