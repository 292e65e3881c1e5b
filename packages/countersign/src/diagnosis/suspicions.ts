/** Asks every cause what it suspects; sorted so that the order of the evidence does not matter. */

import { type CaseFile, holdsFor } from '../case/index.js'
import type { Cause, Suspicion } from '../causes/index.js'
import { CANONICAL_REQUEST_PARTS, type SigningInputs } from '../sigv4/index.js'
import { deviationSuspicions } from './deviation-suspicions.js'
import { Pace, type Searching } from './pace.js'

/** A suspicion, the cause it is of, and the inputs it leads to. */
export interface Trial {
  readonly cause: Cause
  readonly suspicion: Suspicion<unknown>
  /** The inputs as the signer had them, if it happened; `undefined` where it changes nothing or there are no inputs. */
  readonly undone: SigningInputs | undefined
}

/** Every suspicion of every cause, the weightiest first. */
export function trialsOf(file: CaseFile, causes: readonly Cause[]): Trial[] {
  const steps = trialSteps(file, causes, new Pace(0, () => ({ trials: 0, most: 0 })))
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}

/** The same in steps. Told to stop, it still asks each cause for its first suspicion, which is what the evidence says most plainly. */
export function* trialSteps(file: CaseFile, causes: readonly Cause[], pace: Pace): Searching<Trial[]> {
  const trials: Trial[] = []
  const bodyLength = file.inputs?.request?.body?.length ?? 0
  // Scheme first: a mistake of Version 4 is none of a request of Version 2.
  for (const cause of causes.filter(({ schemes }) => holdsFor(schemes, file.family))) {
    const cost = pace.unit + (cause.part === 'payload-hash' ? bodyLength : 0)
    for (const suspicion of suspected(file, cause)) {
      const undone = file.inputs === undefined ? undefined : cause.undo(file.inputs, suspicion.params)
      trials.push({ cause, suspicion, undone: undone === file.inputs ? undefined : undone })
      if (yield* pace.after(cost)) break
    }
    yield* pace.after(cost)
  }
  // Sorting is stable: within a cause and weight, the cause's own order stays.
  return trials.sort((a, b) => b.suspicion.weight - a.suspicion.weight || compareIds(a.cause.id, b.cause.id))
}

function* suspected(file: CaseFile, cause: Cause): Iterable<Suspicion<unknown>> {
  yield* deviationSuspicions(file, cause)
  yield* cause.suspect(file)
}

/** How far down the request a part stands: ties go to the first part disturbed. */
export function placeOfPart(cause: Cause): number {
  const place = (CANONICAL_REQUEST_PARTS as readonly string[]).indexOf(cause.part)
  return place < 0 ? CANONICAL_REQUEST_PARTS.length : place
}

function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
