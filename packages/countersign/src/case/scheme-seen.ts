/** In which way the requests of a case say who asks: read off what they carry and off the strings to sign, never off what is said of them. */
import { SCHEMES, type Scheme, type SchemeFamily, type SchemeRow, type SchemesHeld } from '../catalog/index.js'
import { authorizationOf, headerValues, queryParameters, splitTarget, uriDecode, version2Of } from '../sigv4/index.js'
import type { Observation } from './observation.js'

/** Every scheme that some observations show. */
export function schemesSeen(observations: readonly Observation[]): ReadonlySet<Scheme> {
  return new Set(observations.flatMap(schemesOf))
}

/** The one family that all of them belong to; `undefined` where none is seen, or several are. */
export function familySeen(schemes: ReadonlySet<Scheme>): SchemeFamily | undefined {
  const families = new Set([...schemes].map((scheme) => SCHEMES[scheme].family))
  return families.size === 1 ? [...families][0] : undefined
}

/** Whether what holds for some schemes may be said of a request of this family. */
export function holdsFor(held: SchemesHeld, family: SchemeFamily | undefined): boolean {
  if (family === undefined || held === 'any') return true
  return held === family || (held === 'signatures' && (family === 'version-4' || family === 'version-2'))
}

function schemesOf(seen: Observation): readonly Scheme[] {
  if (seen.kind === 'authorization') return byHeader(seen.value)
  if (seen.kind === 'canonical-request') return ['aws4']
  if (seen.kind === 'string-to-sign') return named(({ text }) => text?.test(seen.text) === true)
  if (seen.kind !== 'request') return []
  const { request } = seen
  const headers = headerValues(request, 'authorization').flatMap(byHeader)
  // A query of the query protocol has its signature in a form body as well.
  const older: readonly Scheme[] = version2Of(request) === 'parameters' ? ['aws2'] : []
  const found = [...headers, ...older, ...byQuery(splitTarget(request.target).query)]
  return found.length === 0 && authorizationOf(request)?.algorithm.startsWith('AWS4') === true ? ['aws4'] : found
}

function byHeader(value: string): readonly Scheme[] {
  return named(({ header }) => header?.test(value.trim()) === true)
}

function byQuery(query: string | undefined): readonly Scheme[] {
  if (query === undefined || query.length > LONGEST_QUERY) return []
  const values = new Map(queryParameters(query).map(([name, value = '']) => [uriDecode(name).toLowerCase(), uriDecode(value)]))
  const algorithm = ALGORITHMS.map((name) => values.get(name)).find((value) => value !== undefined)
  const spelled = algorithm === undefined ? [] : byHeader(algorithm)
  if (spelled.length > 0) return spelled
  const names = new Set(values.keys())
  return named((row) => row.query?.every((name) => names.has(name.toLowerCase())) === true)
}

function named(holds: (row: SchemeRow) => boolean): readonly Scheme[] {
  return (Object.keys(SCHEMES) as Scheme[]).filter((scheme) => holds(SCHEMES[scheme]))
}

/** The parameters that name the algorithm. */
const ALGORITHMS = ['x-amz-algorithm', 'x-goog-algorithm', 'x-oss-signature-version'] as const
const LONGEST_QUERY = 65_536
