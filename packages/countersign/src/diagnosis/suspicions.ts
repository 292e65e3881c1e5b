/** Asks every cause what it suspects; sorted so that the order of the evidence does not matter. */

import type { CaseFile } from '../case/index.js'
import type { Cause, Suspicion } from '../causes/index.js'
import { CANONICAL_REQUEST_PARTS, type SigningInputs } from '../sigv4/index.js'

/** A suspicion, the cause it is of, and the inputs it leads to. */
export interface Trial {
  readonly cause: Cause
  readonly suspicion: Suspicion<unknown>
  /** The inputs as the signer had them, if it happened; `undefined` where it changes nothing or there are no inputs. */
  readonly undone: SigningInputs | undefined
}

/** Every suspicion of every cause, the weightiest first. */
export function trialsOf(file: CaseFile, causes: readonly Cause[]): Trial[] {
  const trials: Trial[] = []
  for (const cause of causes) {
    for (const suspicion of cause.suspect(file)) {
      const undone = file.inputs === undefined ? undefined : cause.undo(file.inputs, suspicion.params)
      trials.push({ cause, suspicion, undone: undone === file.inputs ? undefined : undone })
    }
  }
  // Sorting is stable: within a cause and weight, the cause's own order stays.
  return trials.sort((a, b) => b.suspicion.weight - a.suspicion.weight || compareIds(a.cause.id, b.cause.id))
}

/** How far down the request a part stands: ties go to the first part disturbed. */
export function placeOfPart(cause: Cause): number {
  const place = (CANONICAL_REQUEST_PARTS as readonly string[]).indexOf(cause.part)
  return place < 0 ? CANONICAL_REQUEST_PARTS.length : place
}

function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
