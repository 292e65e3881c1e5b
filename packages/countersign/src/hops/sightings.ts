/** What a vantage point saw: its requests one by one, as the exchanges of its evidence have them. */
import { type Exchange, exchangesOf, type Observation, type ObservationOf } from '../case/index.js'
import { bytesOf, payloadHashOf, requestDateOf } from '../sigv4/index.js'
import type { Location } from '../text/index.js'
import { calculatedView, lineView, type Sighting, type SightingKeys, signatureDigest, viewsOf } from './view.js'

/** The requests of one point, in the order in which they stand. */
export function sightingsOf(observations: readonly Observation[], point: number): readonly Sighting[] {
  const { exchanges, shared } = exchangesOf(observations)
  const whole = exchanges.flatMap((exchange): Sighting[] => {
    const [views, calculated] = [viewsOf(exchange, point), calculatedView(exchange, point)]
    return views.length === 0 && calculated === undefined ? [] : [{ point, views, calculated, keys: keysOf(exchange, views) }]
  })
  const said = [...shared, ...exchanges.flatMap((exchange) => exchange.observations)]
  const lines = said
    .filter((one): one is ObservationOf<'request-line'> => one.kind === 'request-line')
    .map((one): Sighting => {
      const view = lineView(one, point)
      const { method, target } = view.request
      return { point, views: [view], calculated: undefined, keys: { ...UNKNOWN, method, path: pathOf(target) } }
    })
  return [...whole, ...lines].sort(byPlace)
}

/** What the request says of itself, and what its exchange knows besides. */
function keysOf({ keys }: Exchange, views: Sighting['views']): SightingKeys {
  const requests = views.map(({ request }) => request)
  const known = <Value>(of: (request: (typeof requests)[number]) => Value | undefined): Value | undefined =>
    requests.map(of).find((value) => value !== undefined)
  return {
    // An answer quotes the signature that it is of.
    signature: known(signatureDigest) ?? (keys.signature === undefined ? undefined : payloadHashOf(bytesOf(keys.signature))),
    requestId: keys.requestId,
    date: keys.date ?? known((request) => requestDateOf(request, 'header')),
    method: keys.method,
    path: keys.path === undefined ? undefined : pathOf(keys.path),
  }
}

/** A path without its query and without what hops change in it. */
function pathOf(target: string): string {
  return target
    .replace(/^[a-z]{2,6}:\/\/[^/]*/i, '')
    .split('?', 1)[0]!
    .replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\/{2,}/g, '/')
}

function byPlace(a: Sighting, b: Sighting): number {
  const [one, other] = [a, b].map(({ views, calculated }) => (views[0] ?? calculated)!.location) as [Location, Location]
  if (one.source !== other.source) return one.source < other.source ? -1 : 1
  return one.start - other.start
}

const UNKNOWN: SightingKeys = { signature: undefined, requestId: undefined, date: undefined, method: undefined, path: undefined }
