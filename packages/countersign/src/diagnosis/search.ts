/** The search: which suspicions, one or two or three together, give what was signed. Cheapest and likeliest first, within a budget. */

import type { CaseFile } from '../evidence/case-file.js'
import { sameUnlessMasked } from '../evidence/masked.js'
import { canonicalRequestPart } from '../sigv4/canonical-request.js'
import { CANONICAL_REQUEST_PARTS, type CanonicalRequestPart, type SigningInputs } from '../sigv4/signing-inputs.js'
import type { Answer, Oracle } from './oracle.js'
import type { Trial } from './suspicions.js'

/** Suspicions that together give what was signed. */
export interface Hit {
  readonly trials: readonly Trial[]
  readonly undone: SigningInputs
  readonly answer: Answer
}

export interface SearchResult {
  readonly hits: readonly Hit[]
  /** The budget ended the search before every pair was tried. */
  readonly exhausted: boolean
}

/** All single suspicions that fit; where none does, the smallest sets that do. */
export function search(file: CaseFile, trials: readonly Trial[], oracle: Oracle, maxTrials: number): SearchResult {
  const { inputs } = file
  if (inputs === undefined || oracle.levels.length === 0) return { hits: [], exhausted: false }
  const useful = trials.filter((trial) => trial.undone !== undefined)
  // What fits unedited fits after any edit that does not touch it: then only a stronger match says anything.
  const base = oracle.ask(inputs)
  if (base !== undefined && (base.level === 'signature' || !oracle.levels.includes('signature'))) return { hits: [], exhausted: false }
  const sharper: Oracle = {
    ...oracle,
    ask(asked) {
      const answer = oracle.ask(asked)
      return answer === undefined || !stronger(answer, base) ? undefined : answer
    },
  }
  const singles = useful.flatMap((trial): Hit[] => {
    const answer = sharper.ask(trial.undone!)
    return answer === undefined ? [] : [{ trials: [trial], undone: trial.undone!, answer }]
  })
  if (singles.length > 0) return { hits: singles, exhausted: false }
  const together = factored(file, inputs, useful, sharper)
  return together === undefined ? combined(inputs, useful, sharper, maxTrials) : { hits: [together], exhausted: false }
}

function stronger(answer: Answer, base: Answer | undefined): boolean {
  return base === undefined || (answer.level === 'signature' && base.level !== 'signature')
}

/** Where the signer's parts are known, each part that differs is mended by itself, and the repairs are put together. */
function factored(file: CaseFile, inputs: SigningInputs, trials: readonly Trial[], oracle: Oracle): Hit | undefined {
  const parts = file.signer.parts
  if (parts === undefined || !file.sameAttempt) return undefined
  const differing = file.disagreements.map(({ part }) => part)
  const chosen: Trial[] = []
  let undone = inputs
  for (const part of differing) {
    if (fits(undone, part, parts[part])) continue
    const mends = trials.find((trial) => {
      const after = trial.cause.undo(undone, trial.suspicion.params)
      return (
        after !== undone && fits(after, part, parts[part]) && CANONICAL_REQUEST_PARTS.every((other) => !broke(undone, after, other, parts))
      )
    })
    if (mends === undefined) return undefined
    chosen.push(mends)
    undone = mends.cause.undo(undone, mends.suspicion.params)
  }
  const answer = chosen.length === 0 || chosen.length > MOST_TOGETHER + 1 ? undefined : oracle.ask(undone)
  return answer === undefined ? undefined : minimal(inputs, { trials: chosen, undone, answer }, oracle)
}

function fits(inputs: SigningInputs, part: CanonicalRequestPart, text: string): boolean {
  return sameUnlessMasked(text, canonicalRequestPart(inputs, part))
}

/** Whether an edit made a part wrong that was right before. */
function broke(
  before: SigningInputs,
  after: SigningInputs,
  part: CanonicalRequestPart,
  parts: Readonly<Record<CanonicalRequestPart, string>>,
): boolean {
  return fits(before, part, parts[part]) && !fits(after, part, parts[part])
}

/** Pairs, then triples of what weighs most, as far as the budget reaches. */
function combined(inputs: SigningInputs, found: readonly Trial[], oracle: Oracle, maxTrials: number): SearchResult {
  const trials = inTurn(found)
  let left = maxTrials - oracle.trials()
  const apply = (from: SigningInputs, trial: Trial): SigningInputs => trial.cause.undo(from, trial.suspicion.params)
  const pairs: { readonly i: number; readonly j: number }[] = []
  // Diagonals: the pair of the two likeliest first, then on to pairs of less likely ones.
  const most = Math.min(trials.length, 700)
  outer: for (let sum = 1; sum < 2 * most; sum++) {
    for (let i = Math.max(0, sum - most + 1); i < sum - i; i++) {
      const j = sum - i
      if (j >= most) continue
      pairs.push({ i, j })
      if (pairs.length >= left) break outer
    }
  }
  for (const { i, j } of pairs) {
    const [a, b] = [trials[i]!, trials[j]!]
    if (a.cause.id === b.cause.id && a.cause.part !== 'canonical-headers') continue
    const undone = apply(apply(inputs, a), b)
    const answer = oracle.ask(undone)
    if (answer !== undefined) return { hits: [minimal(inputs, { trials: [a, b], undone, answer }, oracle)], exhausted: false }
  }
  left = maxTrials - oracle.trials()
  const few = trials.slice(0, Math.min(trials.length, Math.floor(Math.cbrt(6 * Math.max(0, left)))))
  for (let i = 0; i < few.length; i++) {
    for (let j = i + 1; j < few.length; j++) {
      for (let k = j + 1; k < few.length && left-- > 0; k++) {
        const three = [few[i]!, few[j]!, few[k]!]
        if (new Set(three.map(({ cause }) => cause.id)).size < 3) continue
        const undone = three.reduce(apply, inputs)
        const answer = oracle.ask(undone)
        if (answer !== undefined) return { hits: [minimal(inputs, { trials: three, undone, answer }, oracle)], exhausted: false }
      }
    }
  }
  return { hits: [], exhausted: pairs.length >= maxTrials || trials.length > few.length }
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

/** Drops every suspicion that is not needed: the set that stays stops fitting when any one is left out. */
function minimal(inputs: SigningInputs, hit: Hit, oracle: Oracle): Hit {
  for (const trial of hit.trials) {
    const rest = hit.trials.filter((other) => other !== trial)
    const undone = rest.reduce((from, { cause, suspicion }) => cause.undo(from, suspicion.params), inputs)
    const answer = rest.length === 0 ? undefined : oracle.ask(undone)
    if (answer !== undefined) return minimal(inputs, { trials: rest, undone, answer }, oracle)
  }
  return hit
}

const MOST_TOGETHER = 3
