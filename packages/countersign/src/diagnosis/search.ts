/**
 * The search: which suspicions, one or two or three together, give what was signed. Cheapest and likeliest first, within a
 * budget, and in steps, between which it can be told to stop.
 */
import type { CaseFile } from '../case/index.js'
import { canonicalRequest, canonicalRequestHash, type SigningInputs } from '../sigv4/index.js'
import { hypotheses, touchedBy } from './hypotheses.js'
import { mended } from './mended.js'
import type { Answer, Oracle } from './oracle.js'
import type { Pace, Searching } from './pace.js'
import type { Trial } from './suspicions.js'
import { type Pass, signedTogether, textsOfTheHash } from './together.js'

/** Suspicions that together give what was signed. */
export interface Hit {
  readonly trials: readonly Trial[]
  readonly undone: SigningInputs
  readonly answer: Answer
}

export interface SearchResult {
  readonly hits: readonly Hit[]
  /** all: every single, pair and triple was tried, or one fits. limit: the budget ended it. stopped: it was told to stop. */
  readonly ended: 'all' | 'limit' | 'stopped'
}

/** All single suspicions that fit; where none does, the smallest sets that do. */
export function* search(file: CaseFile, trials: readonly Trial[], oracle: Oracle, most: number, pace: Pace): Searching<SearchResult> {
  const { inputs } = file
  if (inputs === undefined || oracle.levels.length === 0) return NOTHING
  const useful = trials.filter((trial) => trial.undone !== undefined)
  // What fits unedited fits after any edit that does not touch it: then only a stronger match says anything.
  const base = oracle.ask(inputs)
  if (base !== undefined && base.level === oracle.levels[0]) return NOTHING
  const sharper: Oracle = { ...oracle, ask: (asked) => strongerThan(base, oracle.ask(asked)) }
  const singles: Hit[] = []
  for (const trial of useful) {
    if (yield* pace.after(pace.unit)) break
    const answer = sharper.ask(trial.undone!)
    if (answer !== undefined) singles.push({ trials: [trial], undone: trial.undone!, answer })
  }
  const together = useful.filter(({ suspicion }) => suspicion.alone !== true)
  const turns = inTurn(together)
  const run: Run = { inputs, trials: turns, oracle: sharper, most, pace }
  if (singles.length > 0) return yield* sharpened(run, singles)
  // Texts that agree say that no line differs: what a hash or a log leaves out (a line feed at the end) is one edit, not two.
  if (base !== undefined && !oracle.levels.includes('signature')) return NOTHING
  const hit = confirmed(run, (yield* mended(file, inputs, together, pace)) ?? [])
  if (hit !== undefined) return yield* sharpened(run, [minimal(run, hit)])
  if (pace.stopped) return STOPPED
  return yield* sharper.wanted.hash === undefined ? bySignature(run) : byHash(run, sharper.wanted.hash)
}

/** What stays the same during one search. */
interface Run {
  readonly inputs: SigningInputs
  /** The likeliest first. */
  readonly trials: readonly Trial[]
  readonly oracle: Oracle
  readonly most: number
  readonly pace: Pace
}

/** The signer's string to sign tells the hash of its canonical request: first the text, which needs no key, then the rest on top. */
function* byHash(run: Run, hash: string): Searching<SearchResult> {
  const { inputs, trials, oracle, most, pace } = run
  let pass: Pass = { candidates: [[]], ended: 'all' }
  if (canonicalRequestHash(canonicalRequest(inputs)) !== hash) {
    const all = yield* hypotheses(inputs, yield* touchedBy(inputs, trials, pace), mostPairs(most), pace)
    pass = pace.stopped ? STOPPED_PASS : yield* textsOfTheHash(all, hash, oracle, most, pace)
  }
  let { ended } = pass
  for (const edits of pass.candidates) {
    const result = yield* onTop(run, edits)
    if (result.hits.length > 0) return result
    if (result.ended !== 'all') ended = result.ended
  }
  // A signer may hash its text wrongly, too: then the hash is that of no text, and only the signature is left.
  const none = pass.candidates.length === 0 && ended !== 'stopped' && oracle.wanted.signature !== undefined
  return none ? yield* bySignature(run) : { hits: [], ended }
}

/** With the text right after some edits (or none): what else it takes, one edit or two. */
function* onTop(run: Run, edits: readonly Trial[]): Searching<SearchResult> {
  const hit = confirmed(run, edits)
  if (hit !== undefined) return yield* sharpened(run, [minimal(run, hit)])
  const { hits, ended } = yield* besideTheText(yield* after(run, applied(run.inputs, edits)))
  return { hits: hits.map((more) => minimal(run, { ...more, trials: [...edits, ...more.trials] })), ended }
}

/** One or two edits of anything but the text. */
function* besideTheText(run: Run): Searching<SearchResult> {
  const { inputs, trials, oracle, most, pace } = run
  const touched = yield* touchedBy(inputs, trials, pace)
  const notText = [...touched.signing, ...touched.other]
  for (const trial of notText) {
    if (yield* pace.after(pace.unit)) return STOPPED
    const hit = confirmed(run, [trial])
    if (hit !== undefined) return yield* sharpened(run, [hit])
  }
  const { signature } = oracle.wanted
  if (signature === undefined) return NOTHING
  const all = yield* hypotheses(inputs, { ...touched, stretches: touched.stretches.map(() => []) }, mostPairs(most), pace)
  if (pace.stopped) return STOPPED
  const pass = yield* signedTogether(all, 2, signature, oracle, most, pace)
  const hits = pass.candidates.flatMap((pair) => confirmed(run, pair) ?? [])
  if (hits.length > 0 || pass.ended === 'stopped') return { hits, ended: pass.ended }
  return yield* besideOthers({ ...run, trials: notText }, touched.other)
}

/** Nothing but the signature to go by: pairs, with the edits that stand apart, and then triples. */
function* bySignature(run: Run): Searching<SearchResult> {
  const { inputs, trials, oracle, most, pace } = run
  const { signature } = oracle.wanted
  const touched = yield* touchedBy(inputs, trials, pace)
  const all = signature === undefined ? undefined : yield* hypotheses(inputs, touched, mostPairs(most), pace)
  if (pace.stopped) return STOPPED
  let ended: SearchResult['ended'] = 'all'
  for (const edits of [2, 3]) {
    if (all === undefined) continue
    const pass = yield* signedTogether(all, edits, signature!, oracle, most, pace)
    const hits = pass.candidates.flatMap((set) => confirmed(run, set) ?? []).map((hit) => minimal(run, hit))
    if (hits.length > 0 || pass.ended === 'stopped') return { hits, ended: pass.ended }
    if (edits === 3) return { hits, ended: ended === 'all' ? pass.ended : ended }
    const apart = yield* besideOthers(run, touched.other)
    if (apart.hits.length > 0 || apart.ended === 'stopped') return apart
    ended = apart.ended
  }
  return yield* besideOthers(run, touched.other)
}

/** Edits of the form of the string to sign, and those that touch several places: with every other edit, in turn. */
function* besideOthers(run: Run, others: readonly Trial[]): Searching<SearchResult> {
  const { oracle, most, pace } = run
  const done = new Set<Trial>()
  // Half of the budget at most, so that triples get their share.
  const limit = oracle.spent() + most / 2
  for (const one of others) {
    done.add(one)
    for (const other of run.trials) {
      if (done.has(other) || (one.cause.id === other.cause.id && one.cause.part !== 'canonical-headers')) continue
      if (oracle.spent() >= limit) return { hits: [], ended: 'limit' }
      if (yield* pace.after(2 * pace.unit)) return STOPPED
      const hit = confirmed(run, [one, other])
      if (hit !== undefined) return { hits: [minimal(run, hit)], ended: 'all' }
    }
  }
  return NOTHING
}

/**
 * A text that has the signer's hash says nothing of the key: where the signature can be tested too and is still wrong, one or
 * two edits of the key are tried on top.
 */
function* sharpened(run: Run, hits: readonly Hit[]): Searching<SearchResult> {
  const [first] = hits
  const { oracle } = run
  if (run.pace.stopped) return { hits, ended: 'stopped' }
  if (first === undefined || !oracle.levels.includes('signature') || hits.some(({ answer }) => answer.level === 'signature'))
    return { hits, ended: 'all' }
  const sharper: Oracle = { ...oracle, ask: (asked) => strongerThan(first.answer, oracle.ask(asked)) }
  const result = yield* besideTheText(yield* after({ ...run, oracle: sharper }, first.undone))
  const deeper = result.hits.map((more) => ({ ...more, trials: [...first.trials, ...more.trials] }))
  return { hits: deeper.length > 0 ? deeper : hits, ended: deeper.length > 0 ? 'all' : result.ended }
}

/** The run on inputs that were edited already. */
function* after(run: Run, inputs: SigningInputs): Searching<Run> {
  const trials: Trial[] = []
  for (const trial of run.trials) {
    if (yield* run.pace.after(run.pace.unit)) break
    const undone = applied(inputs, [trial])
    if (undone !== inputs) trials.push({ ...trial, undone })
  }
  return { ...run, inputs, trials }
}

function applied(inputs: SigningInputs, trials: readonly Trial[]): SigningInputs {
  return trials.reduce((from, { cause, suspicion }) => cause.undo(from, suspicion.params), inputs)
}

/** Edits one after the other, in whichever order they fit, if the oracle says yes to what they give. */
function confirmed({ inputs, oracle }: Run, trials: readonly Trial[]): Hit | undefined {
  if (trials.length === 0) return undefined
  for (const order of orders(trials)) {
    const undone = applied(inputs, order)
    const answer = oracle.ask(undone)
    if (answer !== undefined) return { trials: order, undone, answer }
  }
  return undefined
}

function orders<T>(all: readonly T[]): readonly (readonly T[])[] {
  if (all.length <= 1 || all.length > MOST_TOGETHER) return [all]
  return all.flatMap((first) => orders(all.filter((one) => one !== first)).map((rest) => [first, ...rest]))
}

/** Drops every suspicion that is not needed: the set that stays no longer fits as well when any one is left out. */
function minimal(run: Run, hit: Hit): Hit {
  for (const trial of hit.trials) {
    const rest = hit.trials.filter((other) => other !== trial)
    const smaller = confirmed(run, rest)
    if (smaller?.answer.level === hit.answer.level) return minimal(run, smaller)
  }
  return hit
}

function strongerThan(base: Answer | undefined, answer: Answer | undefined): Answer | undefined {
  if (answer === undefined || base === undefined) return answer
  return LEVELS.indexOf(answer.level) < LEVELS.indexOf(base.level) ? answer : undefined
}

/** What weighs most first, and then the causes in turn: the first guess of each before the second of any. */
function inTurn(trials: readonly Trial[]): Trial[] {
  const seen = new Map<string, number>()
  const placed = trials.map((trial) => {
    const turn = seen.get(trial.cause.id) ?? 0
    seen.set(trial.cause.id, turn + 1)
    return { trial, place: turn - 20 * trial.suspicion.weight }
  })
  return placed.sort((a, b) => a.place - b.place).map(({ trial }) => trial)
}

const NOTHING: SearchResult = { hits: [], ended: 'all' }
const STOPPED: SearchResult = { hits: [], ended: 'stopped' }
const STOPPED_PASS: Pass = { candidates: [], ended: 'stopped' }
const MOST_TOGETHER = 3
/** Strongest first. */
const LEVELS: readonly Answer['level'][] = ['signature', 'canonical-request-hash', 'text']
/** To put two edits of one place together takes as long as a few combinations of different places. */
const mostPairs = (most: number): number => Math.min(50_000, Math.max(100, Math.floor(most / 2)))
