/**
 * What a request draws by its shape alone: every rightly signed request of that shape draws it as well, so it is tested, and never
 * reported without something else that points to it.
 */
import { assembleCase, type CaseFile, type Observation } from '../case/index.js'
import type { Cause } from '../causes/index.js'
import type { Trial } from './suspicions.js'

/** Whether a suspicion weighs no more than it would if nothing but the request and the refusal were known. */
export function drawnByShape(file: CaseFile): (trial: Trial) => boolean {
  const known = new Map<string, number>()
  const shape = shapeOf(file)
  return ({ cause, suspicion }) => {
    if (shape === undefined) return false
    const weight = known.get(cause.id) ?? heaviest(cause, shape)
    known.set(cause.id, weight)
    return suspicion.weight <= weight && weight < BREAKS_A_RULE
  }
}

/** The case as it would be if only the request had been seen. */
function shapeOf(file: CaseFile): CaseFile | undefined {
  const requests = file.observations.filter(isRequest)
  if (requests.length === 0) return undefined
  const { sessionToken: _, ...known } = file.known
  return { ...assembleCase(requests, { ...known, secrets: [] }), refusal: file.refusal, now: file.now }
}

/** A shape that no rightly signed request has: then the request itself shows the fault. */
const BREAKS_A_RULE = 0.7

function isRequest(one: Observation): boolean {
  return one.kind === 'request' && one.fidelity !== 'inferred'
}

function heaviest(cause: Cause, shape: CaseFile): number {
  let most = 0
  for (const { weight, stated } of cause.suspect(shape)) if (stated === undefined && weight > most) most = weight
  return most
}
