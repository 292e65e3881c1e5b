/**
 * What a request draws by its shape alone: every rightly signed request of that shape draws it as well, so it is tested, and never
 * reported without something else that points to it.
 */
import { assembleCase, type CaseFile, type Observation } from '../case/index.js'
import type { Cause } from '../causes/index.js'
import { authorizationOf, headerValues } from '../sigv4/index.js'
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
  if (!file.observations.some(isRequest)) return undefined
  const shown = file.observations.filter((one) => isRequest(one) || (one.kind === 'clue' && one.ofShape === true))
  const { sessionToken: _, ...known } = file.known
  return { ...assembleCase(shown, { ...known, secrets: [] }), refusal: file.refusal }
}

/** A shape that no rightly signed request has: then the request itself shows the fault. */
const BREAKS_A_RULE = 0.7

/** A signed request that is shown whole: of one that somebody quoted in part, what is shown was chosen. */
function isRequest(one: Observation): boolean {
  if (one.kind !== 'request' || one.fidelity === 'inferred') return false
  const authorization = headerValues(one.request, 'authorization')[0]
  // Logs that hide the whole header show the others.
  if (authorization !== undefined && !authorization.includes('=')) return headerValues(one.request, 'x-amz-date').length > 0
  const signed = authorizationOf(one.request)?.signedHeaders?.split(';') ?? []
  return signed.length > 0 && signed.every((name) => headerValues(one.request, name).length > 0)
}

function heaviest(cause: Cause, shape: CaseFile): number {
  let most = 0
  for (const { weight, stated } of cause.suspect(shape)) if (stated === undefined && weight > most) most = weight
  return most
}
