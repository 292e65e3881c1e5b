/** The same requests at several points on their way: what changed between which two, whether it is signed, and who did it. */
import {
  assembleCase,
  credentialsSeen,
  type KnownFacts,
  type Observation,
  type PrivateName,
  privateNames,
  secretsInEvidence,
} from '../case/index.js'
import type { CauseId } from '../catalog/index.js'
import type { Cause } from '../causes/index.js'
import type { Finding, Proof, SearchProgress } from '../diagnosis/index.js'
import { authorizationOf } from '../sigv4/index.js'
import { type ConfigLine, type HopConfig, linesFor } from './config-lines.js'
import { type JudgedChange, type JudgedStep, judged, type SignatureHere, signatureOf } from './judged-step.js'
import { type MatchedBy, type Track, tracksOf, viewsOnTheWay } from './match.js'
import { sightingsOf } from './sightings.js'
import { type Step, stepsOf } from './steps.js'
import type { View } from './view.js'

/** One point on the way, in the direction to the service. */
export interface Point {
  readonly name: string
  readonly observations: readonly Observation[]
}

export interface HopsOptions {
  readonly known: KnownFacts
  readonly causes: readonly Cause[]
  readonly configs: readonly HopConfig[]
}

/** A view by its point: `hop` where it is one of the two that a hop itself shows. */
export interface Place {
  readonly point: string
  readonly seen: View['seen']
}

/** What a request went through. */
export interface ComparedRequest {
  readonly id: string
  readonly method: string
  readonly target: string
  /** "record": one line of one point shows all of it. */
  readonly matchedBy: MatchedBy | 'record'
  readonly places: readonly (Place & { readonly signature: SignatureHere })[]
  readonly steps: readonly (Pick<JudgedStep, 'signedAgain' | 'changes'> & { readonly from: Place; readonly to: Place })[]
  /** Indices into the findings. */
  readonly findings: readonly number[]
}

/** What changed what is signed, between two places, in one request or several. */
export interface HopFinding {
  readonly causes: readonly CauseId[]
  readonly summary: string
  readonly proof: Proof
  readonly from: Place
  readonly to: Place
  /** The hop that changed it, where one is named. */
  readonly hop: string | undefined
  readonly requests: readonly string[]
  /** The signed changes of the first of these requests. */
  readonly changes: readonly JudgedChange[]
  readonly finding: Finding | undefined
  readonly lines: readonly ConfigLine[]
}

export interface HopsCompared {
  /** "nothing-compared": no request was seen at two places. */
  readonly outcome: 'unchanged' | 'signed-changed' | 'nothing-compared'
  readonly points: readonly { readonly name: string; readonly requests: number; readonly unmatched: number }[]
  readonly matchedBy: Readonly<Record<MatchedBy | 'record', number>>
  readonly requests: readonly ComparedRequest[]
  readonly findings: readonly HopFinding[]
  readonly notes: readonly string[]
  readonly unspoken: readonly string[]
  readonly credentials: readonly string[]
  readonly privateNames: readonly PrivateName[]
}

/** Compares the requests of several points, in steps: `next(true)` ends it with what is compared so far. */
export function* compareHopsSteps(
  points: readonly Point[],
  options: HopsOptions,
): Generator<SearchProgress, HopsCompared, boolean | undefined> {
  const sightings = points.map(({ observations }, i) => sightingsOf(observations, i))
  const tracks = tracksOf(sightings)
  const compared = tracks.map((track) => ({ track, steps: stepsOf(track) })).filter(({ steps }) => steps.length > 0)
  const requests: ComparedRequest[] = []
  const findings = new Map<string, HopFinding>()
  const judge = judgeOf(points, options, { left: MOST_SEARCHED })
  let [judgedAlone, stopped] = [0, false]
  for (const { track, steps } of compared) {
    if (stopped) break
    const all = steps.map((step) => judge(step, track.matchedBy))
    const id = `r${requests.length + 1}`
    const own: number[] = []
    for (const step of all)
      for (const found of findingsOf(step, id, points, options.configs)) {
        const key = keyOf(found)
        const known = findings.get(key)
        findings.set(key, known === undefined ? found : { ...known, requests: [...new Set([...known.requests, id])] })
        own.push([...findings.keys()].indexOf(key))
      }
    requests.push(requestOf(id, track, all, points, options.known, own))
    judgedAlone += all.length
    stopped = (yield { trials: judgedAlone, most: compared.length }) === true
  }
  const everything = assembleCase(
    points.flatMap(({ observations }) => observations),
    options.known,
  )
  const matchedBy = { ...NONE_MATCHED }
  for (const one of requests) matchedBy[one.matchedBy]++
  return {
    outcome: requests.length === 0 ? 'nothing-compared' : findings.size > 0 ? 'signed-changed' : 'unchanged',
    points: points.map(({ name }, i) => ({
      name,
      requests: sightings[i]!.length,
      unmatched: tracks.filter((track) => track.sightings.length === 1 && track.sightings[0]!.point === i && stepsOf(track).length === 0)
        .length,
    })),
    matchedBy,
    requests,
    findings: [...findings.values()],
    notes: stopped ? [`The comparison was stopped after ${requests.length} of ${compared.length} requests.`] : [],
    unspoken: secretsInEvidence(everything),
    credentials: credentialsSeen(everything),
    privateNames: privateNames(everything),
  }
}

/** Judges steps. The same changes once more are not searched again: a client sends thousands of requests through one hop. */
function judgeOf(points: readonly Point[], { known, causes, configs }: HopsOptions, budget: { left: number }) {
  const before = new Map<string, JudgedStep>()
  return (step: Step, matchedBy: MatchedBy | undefined): JudgedStep => {
    const key = sameChanges(step, matchedBy, known)
    const alike = key === undefined ? undefined : before.get(key)
    if (alike !== undefined) return { ...alike, from: step.from, to: step.to }
    const clues = configs.filter((config) => mayStand(config, step, points)).flatMap((config) => config.seen)
    const found = judged(step, matchedBy, { known, causes, clues, budget })
    if (key !== undefined && before.size < MOST_REMEMBERED) before.set(key, found)
    return found
  }
}

/** What tells that two steps changed the same, in requests that sign the same, and are right or wrong alike. */
function sameChanges({ from, to, changes, byText }: Step, matchedBy: MatchedBy | undefined, known: KnownFacts): string | undefined {
  if (byText || changes.length === 0) return undefined
  const signs = authorizationOf(from.request)
  const places = [from.point, from.seen, to.point, to.seen]
  return JSON.stringify([places, matchedBy, signs?.by, signs?.signedHeaders, signatureOf(from, known), signatureOf(to, known), changes])
}

function findingsOf(step: JudgedStep, id: string, points: readonly Point[], configs: readonly HopConfig[]): readonly HopFinding[] {
  const standing = configs.filter((config) => mayStand(config, step, points))
  return step.findings.map(({ causes, finding, proof, summary, changes }): HopFinding => {
    const lines = linesFor(causes, changes, standing)
    return {
      causes,
      summary,
      proof,
      from: placeOf(step.from, points),
      to: placeOf(step.to, points),
      hop: hopOf(step, points, standing, lines),
      requests: [id],
      changes,
      finding,
      lines,
    }
  })
}

/** A configuration of a hop that is a point is of what that hop itself changes; of another hop, of what lies between two points. */
function mayStand({ hop }: HopConfig, { from, to }: Step, points: readonly Point[]): boolean {
  const at = points.findIndex(({ name }) => name === hop)
  if (at < 0) return from.point !== to.point
  // A log of what came to a hop: what it made of it stands at the next point.
  return from.point === at && (to.point === at || from.seen !== 'sent')
}

function hopOf(
  { from, to }: Step,
  points: readonly Point[],
  standing: readonly HopConfig[],
  lines: readonly ConfigLine[],
): string | undefined {
  if (to.seen === 'calculated') return undefined
  if (from.point === to.point) return points[from.point]!.name
  const [first] = lines
  if (first !== undefined) return first.hop
  // One hop may have several files.
  const names = new Set(standing.map(({ hop }) => hop))
  return names.size === 1 ? standing[0]!.hop : undefined
}

function keyOf({ causes, from, to, changes, proof }: HopFinding): string {
  return JSON.stringify([causes, from, to, proof.level, changes.map(({ part, name }) => [part, name])])
}

function requestOf(
  id: string,
  track: Track,
  steps: readonly JudgedStep[],
  points: readonly Point[],
  known: KnownFacts,
  findings: readonly number[],
): ComparedRequest {
  const views = viewsOnTheWay(track)
  const shown = views.find(({ shows }) => shows.has('line'))?.request
  return {
    id,
    method: shown?.method ?? '',
    target: shown?.target ?? '',
    matchedBy: track.matchedBy ?? 'record',
    places: views.map((view) => ({ ...placeOf(view, points), signature: signatureOf(view, known) })),
    steps: steps.map(({ from, to, changes, signedAgain }) => ({
      from: placeOf(from, points),
      to: placeOf(to, points),
      changes,
      signedAgain,
    })),
    findings: [...new Set(findings)],
  }
}

function placeOf({ point, seen }: View, points: readonly Point[]): Place {
  return { point: points[point]!.name, seen }
}

const NONE_MATCHED: Record<MatchedBy | 'record', number> = { record: 0, signature: 0, 'request-id': 0, 'date-and-path': 0, order: 0 }
const MOST_REMEMBERED = 1000
const MOST_SEARCHED = 500
