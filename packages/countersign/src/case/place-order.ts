/** The order in which observations are looked at: by place, so that the order in which they came changes nothing. */
import type { Observation } from './observation.js'

export function byPlace(a: Observation, b: Observation): number {
  if (a.location.source !== b.location.source) return a.location.source < b.location.source ? -1 : 1
  return a.location.start - b.location.start || a.location.end - b.location.end || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0)
}
