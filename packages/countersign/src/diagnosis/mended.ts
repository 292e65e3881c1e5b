/** Where the signer's canonical request is known, each part that differs is mended by itself, and the repairs are put together. */
import type { CaseFile } from '../case/index.js'
import { CANONICAL_REQUEST_PARTS, type CanonicalRequestPart, canonicalRequestPart, type SigningInputs } from '../sigv4/index.js'
import { sameUnlessMasked } from '../text/index.js'
import type { Pace, Searching } from './pace.js'
import type { Trial } from './suspicions.js'

type Parts = Readonly<Record<CanonicalRequestPart, string>>

/** The edits that make every part what the signer wrote; `undefined` where some part cannot be mended, or nothing differs. */
export function* mended(
  file: CaseFile,
  inputs: SigningInputs,
  trials: readonly Trial[],
  pace: Pace,
): Searching<readonly Trial[] | undefined> {
  const parts = file.signer.parts
  if (parts === undefined || !file.sameAttempt) return undefined
  const chosen: Trial[] = []
  let undone = inputs
  for (const { part } of file.disagreements) {
    if (fits(undone, part, parts)) continue
    const found = yield* repair(undone, part, parts, trials, pace)
    if (found === undefined) return undefined
    for (const one of found.trials) chosen.push(one)
    undone = found.undone
  }
  return chosen.length === 0 || chosen.length > MOST_REPAIRS ? undefined : chosen
}

interface Repair {
  readonly trials: readonly Trial[]
  readonly undone: SigningInputs
}

/** One edit that makes a part right and breaks no other; else two. */
function* repair(
  from: SigningInputs,
  part: CanonicalRequestPart,
  parts: Parts,
  trials: readonly Trial[],
  pace: Pace,
): Searching<Repair | undefined> {
  const changing: Repair[] = []
  for (const trial of trials) {
    if (yield* pace.after(pace.unit)) return undefined
    const undone = trial.cause.undo(from, trial.suspicion.params)
    if (undone === from) continue
    if (isRepair(from, undone, part, parts)) return { trials: [trial], undone }
    if (changing.length < MOST_IN_PAIRS && canonicalRequestPart(undone, part) !== canonicalRequestPart(from, part))
      changing.push({ trials: [trial], undone })
  }
  for (const first of changing) {
    for (const { trials: second } of changing) {
      const [trial] = second
      if (trial === first.trials[0]) continue
      if (yield* pace.after(pace.unit)) return undefined
      const undone = trial!.cause.undo(first.undone, trial!.suspicion.params)
      if (isRepair(from, undone, part, parts)) return { trials: [...first.trials, trial!], undone }
    }
  }
  return undefined
}

function isRepair(before: SigningInputs, after: SigningInputs, part: CanonicalRequestPart, parts: Parts): boolean {
  return fits(after, part, parts) && CANONICAL_REQUEST_PARTS.every((other) => !fits(before, other, parts) || fits(after, other, parts))
}

function fits(inputs: SigningInputs, part: CanonicalRequestPart, parts: Parts): boolean {
  return sameUnlessMasked(parts[part], canonicalRequestPart(inputs, part))
}

const MOST_REPAIRS = 4
const MOST_IN_PAIRS = 60
