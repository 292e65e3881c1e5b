/**
 * The search: which suspicions, one or two or three together, give what was signed. Cheapest and likeliest first, within a
 * budget, and in steps, between which it can be told to stop.
 */
import type { CaseFile } from '../evidence/case-file.js'
import type { SigningInputs } from '../sigv4/signing-inputs.js'
import { touchedBy } from './hypotheses.js'
import { mended } from './mended.js'
import type { Answer, Oracle } from './oracle.js'
import type { Trial } from './suspicions.js'
import { together } from './together.js'

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

/** How far a search is. */
export interface SearchProgress {
  readonly trials: number
  readonly most: number
}

/** A search in steps: it yields its progress, and stops with what it has if `true` is sent back. */
export type Searching<Result> = Generator<SearchProgress, Result, boolean | undefined>

/** All single suspicions that fit; where none does, the smallest sets that do. */
export function* search(file: CaseFile, trials: readonly Trial[], oracle: Oracle, most: number): Searching<SearchResult> {
  const { inputs } = file
  if (inputs === undefined || oracle.levels.length === 0) return NOTHING
  const useful = trials.filter((trial) => trial.undone !== undefined)
  // What fits unedited fits after any edit that does not touch it: then only a stronger match says anything.
  const base = oracle.ask(inputs)
  if (base !== undefined && (base.level === 'signature' || !oracle.levels.includes('signature'))) return NOTHING
  const sharper: Oracle = { ...oracle, ask: (asked) => strongerThan(base, oracle.ask(asked)) }
  const singles = useful.flatMap((trial): Hit[] => {
    const answer = sharper.ask(trial.undone!)
    return answer === undefined ? [] : [{ trials: [trial], undone: trial.undone!, answer }]
  })
  const turns = inTurn(useful)
  if (singles.length > 0) return { hits: withTheKey(singles, turns, sharper), ended: 'all' }
  const parts = mended(file, inputs, useful)
  if (parts !== undefined) {
    const hit = confirmed(inputs, parts, sharper)
    if (hit !== undefined) return { hits: withTheKey([minimal(inputs, hit, sharper)], turns, sharper), ended: 'all' }
  }
  return yield* combined(inputs, turns, sharper, most)
}

/** Combinations of two and three: of edits in different places all at once, and of the others one by one. */
function* combined(inputs: SigningInputs, trials: readonly Trial[], oracle: Oracle, most: number): Searching<SearchResult> {
  const touched = touchedBy(inputs, trials)
  const steps = together(inputs, touched, oracle, most - oracle.trials())
  let stop: boolean | undefined
  let step = steps.next()
  while (step.done !== true) {
    stop = yield { trials: oracle.trials(), most }
    step = steps.next(stop)
  }
  const { candidates, complete } = step.value
  const hits = candidates.flatMap((set) => confirmed(inputs, set, oracle) ?? []).map((hit) => minimal(inputs, hit, oracle))
  if (hits.length > 0) return { hits: withTheKey(hits, trials, oracle), ended: 'all' }
  if (stop === true) return { hits: [], ended: 'stopped' }
  // Edits of the form of the string to sign, and those that touch several places: with every other edit, in turn.
  for (const [i, one] of touched.other.entries()) {
    for (const other of trials.slice(0, MOST_BESIDE)) {
      if (oracle.trials() >= most) return { hits: [], ended: 'limit' }
      if (touched.other.indexOf(other) >= 0 && touched.other.indexOf(other) <= i) continue
      if (one.cause.id === other.cause.id && one.cause.part !== 'canonical-headers') continue
      const hit = confirmed(inputs, [one, other], oracle)
      if (hit !== undefined) return { hits: [minimal(inputs, hit, oracle)], ended: 'all' }
    }
    if ((yield { trials: oracle.trials(), most }) === true) return { hits: [], ended: 'stopped' }
  }
  return { hits: [], ended: complete ? 'all' : 'limit' }
}

/**
 * A text that has the signer's hash says nothing of the key: where the signature can be tested too and is still wrong, the
 * edits of the key are tried on top.
 */
function withTheKey(hits: readonly Hit[], trials: readonly Trial[], oracle: Oracle): readonly Hit[] {
  const [first] = hits
  if (first === undefined || !oracle.levels.includes('signature') || hits.some(({ answer }) => answer.level === 'signature')) return hits
  for (const trial of trials) {
    if (first.trials.includes(trial)) continue
    const undone = trial.cause.undo(first.undone, trial.suspicion.params)
    const answer = undone === first.undone ? undefined : oracle.ask(undone)
    if (answer?.level === 'signature') return [{ trials: [...first.trials, trial], undone, answer }]
  }
  return hits
}

/** Edits one after the other, in whichever order they fit, if the oracle says yes to what they give. */
function confirmed(inputs: SigningInputs, trials: readonly Trial[], oracle: Oracle): Hit | undefined {
  for (const order of orders(trials)) {
    const undone = order.reduce((from, { cause, suspicion }) => cause.undo(from, suspicion.params), inputs)
    const answer = oracle.ask(undone)
    if (answer !== undefined) return { trials: order, undone, answer }
  }
  return undefined
}

function orders<T>(all: readonly T[]): readonly (readonly T[])[] {
  if (all.length <= 1 || all.length > MOST_TOGETHER) return [all]
  return all.flatMap((first) => orders(all.filter((one) => one !== first)).map((rest) => [first, ...rest]))
}

/** Drops every suspicion that is not needed: the set that stays stops fitting when any one is left out. */
function minimal(inputs: SigningInputs, hit: Hit, oracle: Oracle): Hit {
  for (const trial of hit.trials) {
    const rest = hit.trials.filter((other) => other !== trial)
    const smaller = rest.length === 0 ? undefined : confirmed(inputs, rest, oracle)
    if (smaller !== undefined) return minimal(inputs, smaller, oracle)
  }
  return hit
}

function strongerThan(base: Answer | undefined, answer: Answer | undefined): Answer | undefined {
  return base === undefined || (answer?.level === 'signature' && base.level !== 'signature') ? answer : undefined
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
const MOST_TOGETHER = 3
const MOST_BESIDE = 700
