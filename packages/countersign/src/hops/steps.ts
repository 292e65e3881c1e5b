/** Between which two views of a request a change lies: each part is laid beside the last view before that shows it. */
import { type Change, changesBetween } from './changes.js'
import { type Track, viewsOnTheWay } from './match.js'
import type { Shown, View } from './view.js'

/** Two views of one request, and what changed between them. */
export interface Step {
  /** As far as it is known: what this view does not show is what the last one before it had. */
  readonly from: View
  readonly to: View
  readonly changes: readonly Change[]
  /** The texts of the signer or of the service are all that one of the two shows. */
  readonly byText: boolean
}

/** The steps of a request on its way, also those in which nothing changed. */
export function stepsOf(track: Track): readonly Step[] {
  const whole: View[] = []
  const steps: Step[] = []
  for (const view of viewsOnTheWay(track)) {
    const before = whole.at(-1)
    if (before !== undefined && isText(view, before)) steps.push({ from: before, to: view, changes: [], byText: true })
    else if (before !== undefined) for (const step of byParts(whole, view)) steps.push(step)
    whole.push(before === undefined ? view : filled(view, before))
  }
  return steps
}

function isText(view: View, before: View): boolean {
  return view.shows.size === 0 || before.shows.size === 0
}

/** One step for each earlier view that is the last to show some part. */
function byParts(earlier: readonly View[], to: View): readonly Step[] {
  const parts = new Map<View, Set<Shown>>()
  for (const part of to.shows) {
    const from = lastThatShows(earlier, part)
    if (from === undefined) continue
    const list = parts.get(from)
    if (list === undefined) parts.set(from, new Set([part]))
    else list.add(part)
  }
  return [...parts].map(([from, shown]) => ({
    from,
    to: limited(to, from, shown),
    changes: changesBetween(from, to, shown),
    byText: false,
  }))
}

function lastThatShows(earlier: readonly View[], part: Shown): View | undefined {
  for (let i = earlier.length - 1; i >= 0; i--) if (earlier[i]!.shows.has(part)) return earlier[i]
  return undefined
}

/** The later view with the parts of this step only: the rest is as it was before. */
function limited(to: View, from: View, parts: ReadonlySet<Shown>): View {
  const { request } = from
  const line = parts.has('line') ? to.request : request
  const headers = parts.has('headers') ? to.request.headers : request.headers
  const host = (parts.has('host') ? to : from).request.headers.filter(isHost)
  const body = parts.has('body') ? to : from
  return {
    ...to,
    request: {
      method: line.method,
      target: line.target,
      headers: [...host, ...headers.filter((header) => !isHost(header))],
      body: body.request.body,
    },
    body: body.body,
  }
}

/** What a view does not show, it has from the one before: its own `shows` stays what it was. */
function filled(view: View, before: View): View {
  return view.shows.size === 0 || before.shows.size === 0 ? view : limited(view, before, view.shows)
}

function isHost([name]: readonly [string, string]): boolean {
  return name.length === 4 && name.toLowerCase() === 'host'
}
