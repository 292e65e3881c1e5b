/** Finds the same request at several points: by signature, request ID, date with path, and last by the order in which they came. */
import type { Sighting, SightingKeys, View } from './view.js'

/** By what the sightings of a request were matched; the weakest of them. */
export const MATCHES = ['signature', 'request-id', 'date-and-path', 'order'] as const
export type MatchedBy = (typeof MATCHES)[number]

/** One request along its way. */
export interface Track {
  /** In the direction to the service; at most one of each point. */
  readonly sightings: readonly Sighting[]
  /** `undefined` where one point saw it only. */
  readonly matchedBy: MatchedBy | undefined
}

/** The views of a request on its way, and last what the service made of it. */
export function viewsOnTheWay({ sightings }: Track): readonly View[] {
  const calculated = [...sightings].reverse().find((one) => one.calculated !== undefined)?.calculated
  return [...sightings.flatMap(({ views }) => views), ...(calculated === undefined ? [] : [calculated])]
}

interface Draft {
  readonly sightings: Sighting[]
  matchedBy: MatchedBy | undefined
}

/** The requests of all points, each point's in its own order. */
export function tracksOf(points: readonly (readonly Sighting[])[]): readonly Track[] {
  const drafts: Draft[] = []
  for (const sightings of points) {
    const left = new Set(sightings)
    const open = new Set(drafts)
    for (const by of KEYS) {
      const byKey = new Map<string, Draft[]>()
      for (const draft of open) for (const key of keysOf(draft, by.key)) listed(byKey, key, draft)
      for (const sighting of [...left]) {
        const key = by.key(sighting.keys)
        const draft = key === undefined ? undefined : firstOpen(byKey.get(key) ?? [], open, sighting)
        if (draft === undefined) continue
        join(draft, sighting, by.name)
        open.delete(draft)
        left.delete(sighting)
      }
    }
    inOrder([...open], [...left], (draft, sighting) => {
      join(draft, sighting, 'order')
      left.delete(sighting)
    })
    for (const sighting of left) drafts.push({ sightings: [sighting], matchedBy: undefined })
  }
  return drafts
}

const KEYS: readonly { readonly name: MatchedBy; key(keys: SightingKeys): string | undefined }[] = [
  { name: 'signature', key: ({ signature }) => signature },
  { name: 'request-id', key: ({ requestId }) => requestId },
  {
    name: 'date-and-path',
    key: ({ date, path }) => (date === undefined || path === undefined ? undefined : `${date} ${path}`),
  },
]

/** The oldest that is not matched yet. Of many under one key the first few are asked: they come in the same order at every point. */
function firstOpen(drafts: Draft[], open: ReadonlySet<Draft>, sighting: Sighting): Draft | undefined {
  while (drafts.length > 0 && !open.has(drafts[0]!)) drafts.shift()
  return drafts.slice(0, MOST_ASKED).find((one) => open.has(one) && !clash(one, sighting))
}

function keysOf({ sightings }: Draft, key: (keys: SightingKeys) => string | undefined): ReadonlySet<string> {
  return new Set(sightings.flatMap(({ keys }) => key(keys) ?? []))
}

/**
 * What no key ties is paired one by one where both points saw as many, and nothing they show is of two requests: one request
 * too many would shift all behind it.
 */
function inOrder(drafts: readonly Draft[], sightings: readonly Sighting[], join: (draft: Draft, sighting: Sighting) => void): void {
  if (drafts.length !== sightings.length) return
  const pairs = drafts.map((draft, i) => [draft, sightings[i]!] as const)
  if (pairs.some(([draft, sighting]) => clash(draft, sighting) || !alike(draft, sighting, pairs.length === 1))) return
  for (const [draft, sighting] of pairs) join(draft, sighting)
}

/** Two signatures or two dates are two requests. A hop that signs again is known by the request ID of the answer. */
function clash({ sightings }: Draft, { keys }: Sighting): boolean {
  return sightings.some((one) =>
    one.keys.requestId !== keys.requestId || keys.requestId === undefined
      ? differ(one.keys.signature, keys.signature) || differ(one.keys.date, keys.date)
      : false,
  )
}

/** The same path, or the only request: a path can be what changed. */
function alike({ sightings }: Draft, { keys }: Sighting, only: boolean): boolean {
  return only || sightings.some((one) => !differ(one.keys.path, keys.path))
}

function differ(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b
}

function join(draft: Draft, sighting: Sighting, by: MatchedBy): void {
  draft.sightings.push(sighting)
  const before = draft.matchedBy
  draft.matchedBy = before === undefined || MATCHES.indexOf(by) > MATCHES.indexOf(before) ? by : before
}

function listed(map: Map<string, Draft[]>, key: string, draft: Draft): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [draft])
  else list.push(draft)
}

const MOST_ASKED = 20
