/**
 * A request that works beside one of the same kind that fails: what differs between them is a reason to suspect it.
 * Words, status codes or the names of the files say which is which. It proves nothing.
 */

import {
  type About,
  type Clue,
  type EvidenceSource,
  type Exchange,
  exchangesOf,
  lineNumber,
  type Observation,
  type Strength,
} from '../../case/index.js'
import type { Location } from '../../text/index.js'
import { differencesOf, type PairSide, pairSideOf, urlSide } from './pair-differences.js'
import { either } from './pattern.js'

/** What was seen, and hints from every pair of a working and a failing request in it. */
export function withPairHints(sources: readonly EvidenceSource[], seen: readonly Observation[]): readonly Observation[] {
  const { exchanges } = exchangesOf(seen)
  const logs = logsAmong(exchanges)
  const laid = sources.filter(({ name }) => !logs.has(name)).slice(0, MOST_SOURCES)
  return [...seen, ...laidSideBySide(laid, seen), ...exchangesBeside(exchanges.filter(({ start }) => logs.has(start.source)))]
}

/** The sources that show more requests than a person lays side by side. */
function logsAmong(exchanges: readonly Exchange[]): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const { start } of exchanges) counts.set(start.source, (counts.get(start.source) ?? 0) + 1)
  return new Set([...counts].flatMap(([name, count]) => (count > 2 ? [name] : [])))
}

/** What only a refused exchange of a log has, and none of its kind that passed. */
function exchangesBeside(exchanges: readonly Exchange[]): readonly Observation[] {
  const passed = exchanges.filter(({ outcome, request }) => outcome === 'accepted' && request !== undefined)
  return exchanges
    .filter(({ outcome, overcome, explained }) => outcome === 'refused' && !overcome && explained)
    .slice(-MOST_SIDES)
    .flatMap((refused) => {
      const side = refused.request === undefined ? undefined : pairSideOf(refused.request)
      const place = refused.observations.find(({ kind }) => kind === 'request')?.location
      if (side === undefined || place === undefined) return []
      const alike = passed
        .flatMap(({ request }) => (request === undefined ? [] : (pairSideOf(request) ?? [])))
        .filter((other) => ofOneKind(side, other))
      const [nearest, ...others] = alike.slice(-MOST_SIDES).map((other) => differencesOf(other, side))
      if (nearest === undefined) return []
      const apart = nearest.filter(({ about }) => others.every((differences) => differences.some((one) => one.about === about)))
      // Of several differences each says little.
      const strength = apart.length === 1 ? 'fair' : 'weak'
      return apart.map(
        ({ about, what, values }): Clue => ({
          kind: 'clue',
          rule: `pair-${about}`,
          about,
          tags: [],
          strength,
          message: `Beside requests of the same kind that were accepted, ${what}.`,
          values: values ?? {},
          location: place,
          fidelity: 'inferred',
        }),
      )
    })
}

/** Requests that may be laid side by side: the same method to the same service with the same key. */
function ofOneKind(a: PairSide, b: PairSide): boolean {
  return (
    a.method === b.method &&
    a.service === b.service &&
    a.region === b.region &&
    a.accessKeyId === b.accessKeyId &&
    a.presigned === b.presigned
  )
}

/** Pairs that a person lays side by side: words, a status or a name of a file says which works. */
function laidSideBySide(sources: readonly EvidenceSource[], seen: readonly Observation[]): readonly Observation[] {
  const judged = sources.flatMap((source) => judgedIn(source, seen))
  const good = judged.filter(({ works }) => works)
  const bad = judged.filter(({ works }) => !works)
  const best = new Map<About, Clue>()
  for (const failing of bad.slice(0, MOST_SIDES))
    for (const working of good.slice(0, MOST_SIDES)) {
      const differences = differencesOf(working.side, failing.side)
      // The fewer differences, the more each of them says.
      const weight = [0.66, 0.5, 0.42, 0.36][Math.min(3, differences.length - 1)] ?? 0
      for (const { about, what, values, share = 1 } of differences) {
        const strength = strengthOf(weight * share)
        const known = best.get(about)
        if (known !== undefined && ORDER.indexOf(known.strength) >= ORDER.indexOf(strength)) continue
        best.set(about, {
          kind: 'clue',
          rule: `pair-${about}`,
          about,
          tags: [],
          strength,
          message: `Line ${failing.line}: beside a request that works (line ${working.line}${working.location.source === failing.location.source ? '' : ` of ${working.location.source}`}), ${what}.`,
          values: values ?? {},
          location: failing.location,
          fidelity: 'inferred',
        })
      }
    }
  return [...best.values()]
}

const ORDER: readonly Strength[] = ['weak', 'fair', 'strong']

function strengthOf(weight: number): Strength {
  return weight >= 0.6 ? 'strong' : weight >= 0.38 ? 'fair' : 'weak'
}

interface Judged {
  readonly works: boolean
  readonly side: PairSide
  readonly location: Location
  readonly line: number
}

/** The requests of one source, each with what the text around it says of it. */
function judgedIn({ name, text }: EvidenceSource, seen: readonly Observation[]): Judged[] {
  // Logs hold thousands of requests; pairs are what a person lays side by side.
  const places = [...placesSeen(name, seen).slice(0, 2 * MOST_PLACES), ...placesWritten(name, text)]
  places.sort((a, b) => a.location.start - b.location.start)
  const apart = places.filter((one, i) => places.findIndex((other) => overlap(one.location, other.location)) === i).slice(0, MOST_PLACES)
  return apart.flatMap(({ side, location }, i) => {
    const before = text.slice(Math.max(apart[i - 1]?.location.end ?? 0, location.start - 300), location.start)
    const after = text.slice(location.end, Math.min(apart[i + 1]?.location.start ?? text.length, location.end + 1500))
    // Where a redirect leads is the same attempt.
    if (/location:[ \t]{0,5}$/i.test(before)) return []
    const works = verdictOf(before, after) ?? verdict(name.replace(/[_.-]/g, ' '))
    return works === undefined ? [] : [{ works, side, location, line: lineNumber(text, location.start) }]
  })
}

type Place = Pick<Judged, 'side' | 'location'>

function placesSeen(name: string, seen: readonly Observation[]): Place[] {
  return seen.flatMap((one) => {
    if (one.location.source !== name) return []
    const side = one.kind === 'request' ? pairSideOf(one.request) : one.kind === 'canonical-request' ? pairSideOf(one.text) : undefined
    return side === undefined ? [] : [{ side, location: one.location }]
  })
}

/** URLs and request lines as people write them into a list. */
function placesWritten(name: string, text: string): Place[] {
  return [...text.slice(0, MOST_TEXT).matchAll(WRITTEN)].slice(0, MOST_PLACES).flatMap((match) => {
    const side = urlSide(match[1] ?? match[3] ?? 'GET', (match[2] ?? match[4]!).replace(/[).,;:'"`]{1,3}$/, ''))
    return side === undefined ? [] : [{ side, location: { source: name, start: match.index, end: match.index + match[0].length } }]
  })
}

function overlap(a: Location, b: Location): boolean {
  return a.start < b.end && b.start < a.end
}

/** True: it works; false: it fails. The line itself first, then the line before, then what came back. */
function verdictOf(before: string, after: string): boolean | undefined {
  const rest = after.slice(0, 120).split('\n', 1)[0]!
  const lines = before.split('\n')
  const same = lines.at(-1)!
  const heading =
    lines
      .slice(0, -1)
      // The answer to the request before says nothing of this one.
      .filter((line) => line.trim() !== '' && !/^[<\s]{0,4}HTTP\/\d/.test(line))
      .at(-1) ?? ''
  const status = /(?:^|\n)[<\s]{0,4}(?:HTTP\/[\d.]{1,3} |status(?: code)?[:=] ?|=> ?|-> ?)(\d{3})\b/i.exec(after)?.[1]
  return (
    verdict(rest) ??
    verdict(same.slice(-120)) ??
    (heading.length <= 120 ? verdict(heading) : undefined) ??
    (status === undefined || status.startsWith('3') ? undefined : status < '400')
  )
}

function verdict(said: string): boolean | undefined {
  const bad = BAD.test(said)
  const good = GOOD.test(said.replace(/\b(?:not|n't|never|no longer|stopped) work\w*/gi, ''))
  return bad === good ? undefined : good
}

const GOOD = /\b(?:works?|working|worked|ok|okay|succe\w{2,8}|pass(?:es|ed)?|good|fine|accepted|correct|valid|20[0146])\b/i
const BAD =
  /\b(?:fails?|failed|failing|failure|broken|bad|refused|rejected|wrong|invalid|incorrect|mismatch\w*|denied|forbidden|40[013]|error|SignatureDoesNotMatch)\b|\b(?:not|never|no longer|stopped) work\w*|n't work/i
const WRITTEN = either(
  /(?<=^|[\s"'`(<])(?:(GET|PUT|POST|HEAD|DELETE) {1,3})?(https?:\/\/[^\s"'`<>]{4,4000})/g,
  /(?<=^|[\s"'`(<])(GET|PUT|POST|HEAD|DELETE) {1,3}(\/[^\s"'`<>]{0,4000})(?=[\s"'`<>]|$)(?! HTTP\/)/,
)
const MOST_TEXT = 131_072
const MOST_SOURCES = 20
const MOST_PLACES = 40
const MOST_SIDES = 8
