/**
 * Two or three faults at once, in different places: every combination of the edits is hashed, beginnings once, and asked
 * about by hash where the signer's string to sign is known, else by signature. Cheapest first, within a budget.
 */
import { hmacMatches } from '../sha256/hmac-lanes.js'
import { hashMessages } from '../sha256/message-tree.js'
import { canonicalRequest, canonicalRequestHash } from '../sigv4/canonical-request.js'
import type { SigningInputs } from '../sigv4/signing-inputs.js'
import { type Signing, type StretchTexts, signings, stretchTexts, type TouchedBy, type Way } from './hypotheses.js'
import type { Oracle } from './oracle.js'
import type { Trial } from './suspicions.js'

/** Sets of edits that, by what each gives alone, should give what was signed; to be confirmed by the oracle. */
export type Candidates = readonly (readonly Trial[])[]

export interface TogetherResult {
  readonly candidates: Candidates
  /** Whether every combination of up to three edits was tried. */
  readonly complete: boolean
}

/** Yields after every stretch of work; the value sent back tells whether to stop. */
export function* together(
  inputs: SigningInputs,
  touched: TouchedBy,
  oracle: Oracle,
  most: number,
): Generator<void, TogetherResult, boolean | undefined> {
  const { hash, signature } = oracle.wanted
  // To put two edits of one place together takes as long as to try a dozen combinations of different places.
  const pairs = Math.min(MOST_PAIRS, Math.max(LEAST_PAIRS, Math.floor(most / 20)))
  // The signer's own hash tells by itself whether the text is right: the key has no part in it.
  const textIsRight = hash !== undefined && canonicalRequestHash(canonicalRequest(inputs)) === hash
  const byHash = hash !== undefined && !textIsRight
  if (!byHash && signature === undefined) return { candidates: [], complete: true }
  const texts = touched.stretches.map((trials, i) => stretchTexts(inputs, i, textIsRight ? [] : trials, pairs))
  const ways = byHash ? [] : signings(inputs, touched.signing, pairs)
  let left = most
  let complete = [...touched.stretches, touched.signing].every((trials) => trials.length ** 2 <= 2 * pairs)
  for (let faults = 2; faults <= MOST_FAULTS; faults++) {
    for (let inText = faults; inText >= 0; inText--) {
      if (byHash && inText < faults) break
      const under = ways.filter(({ way }) => way.trials.length === faults - inText)
      if (!byHash && under.length === 0) continue
      const perText = byHash ? 1 : under.length
      const { levels, whole } = withinBudget(texts, inText, Math.floor(left / perText))
      complete &&= whole
      const before = oracle.trials()
      const steps = byHash ? byTheHash(levels, inText, hash, oracle) : byTheSignature(levels, inText, under, signature!, oracle)
      const candidates = yield* steps
      left -= oracle.trials() - before
      if (candidates === 'stopped') return { candidates: [], complete: false }
      if (candidates.length > 0) return { candidates, complete }
    }
  }
  return { candidates: [], complete }
}

type Steps = Generator<void, Candidates | 'stopped', boolean | undefined>

/** One pass by hash: every text with exactly so many edits. */
function* byTheHash(levels: readonly StretchTexts[], edits: number, hash: string, oracle: Oracle): Steps {
  const wanted = Int32Array.from({ length: 8 }, (_, i) => Number.parseInt(hash.slice(8 * i, 8 * i + 8), 16))
  const found: (readonly Trial[])[] = []
  for (const step of inSteps(levels, edits)) {
    const choices = step.map((level) => level.choices)
    const tried = hashMessages(choices, { from: edits, to: edits, firstWord: wanted[0]! }, (digest, chosen) => {
      if (digest.every((word, i) => word === wanted[i])) found.push(...trialSets(step, chosen))
    })
    oracle.count(tried)
    if ((yield) === true) return 'stopped'
  }
  return found
}

/** One pass by signature: every text with exactly so many edits, signed in each of these ways. */
function* byTheSignature(
  levels: readonly StretchTexts[],
  edits: number,
  under: readonly Signing[],
  signature: string,
  oracle: Oracle,
): Steps {
  const found: (readonly Trial[])[] = []
  let digests = new Int32Array(8 * BATCH)
  const texts: (readonly Way[])[] = []
  function* compare(): Generator<void, boolean, boolean | undefined> {
    let sinceYield = 0
    for (const { beginning, way } of under) {
      for (const index of hmacMatches(beginning, digests.subarray(0, 8 * texts.length), signature))
        found.push(...waySets([...texts[index]!, way]))
      oracle.count(texts.length)
      sinceYield += texts.length
      if (sinceYield < PER_STEP) continue
      sinceYield = 0
      if ((yield) === true) return true
    }
    texts.length = 0
    return false
  }
  for (const step of inSteps(levels, edits)) {
    hashMessages(
      step.map(({ choices }) => choices),
      { from: edits, to: edits },
      (digest, chosen) => {
        const at = 8 * texts.length
        if (at === digests.length) {
          const larger = new Int32Array(2 * digests.length)
          larger.set(digests)
          digests = larger
        }
        for (let i = 0; i < 8; i++) digests[at + i] = digest[i]!
        texts.push(step.map(({ ways }, i) => ways[chosen[i]!]!))
      },
    )
    if (texts.length >= BATCH && (yield* compare())) return 'stopped'
    if ((yield) === true) return 'stopped'
  }
  return (yield* compare()) ? 'stopped' : found
}

/** The levels with one canonical URI at a time. */
function* inSteps(levels: readonly StretchTexts[], edits: number): Iterable<readonly StretchTexts[]> {
  const { choices, ways } = levels[URI]!
  for (const [i, choice] of choices.entries()) {
    if (choice.cost > edits) return
    yield levels.map((level, at) => (at === URI ? { choices: [choice], ways: [ways[i]!] } : level))
  }
}

/** The sets of trials that lead to what was chosen; where one text comes about in several ways, a set for each. */
function trialSets(levels: readonly StretchTexts[], chosen: Int32Array): Candidates {
  return waySets(levels.map(({ ways }, i) => ways[chosen[i]!]!))
}

function waySets(ways: readonly Way[]): Candidates {
  const first = ways.flatMap(({ trials }) => trials)
  const others = ways.flatMap((way, i) => way.others.map((trials) => ways.flatMap((one, at) => (at === i ? trials : one.trials))))
  return [first, ...others]
}

/** The texts cut down, the least likely ones first, until so many edits in them make no more than `most` combinations. */
function withinBudget(
  texts: readonly StretchTexts[],
  edits: number,
  most: number,
): { readonly levels: readonly StretchTexts[]; readonly whole: boolean } {
  let levels = texts
  let kept = Math.max(...texts.map(({ choices }) => choices.length))
  const whole = combinationsOf(levels, edits) <= most
  while (kept > 2 && combinationsOf(levels, edits) > most) {
    kept = Math.floor(kept * 0.8)
    levels = texts.map(({ choices, ways }) => ({ choices: choices.slice(0, kept), ways }))
  }
  return { levels, whole }
}

/** How many messages have exactly so many edits. */
function combinationsOf(levels: readonly StretchTexts[], edits: number): number {
  let counts = [1, ...Array<number>(edits).fill(0)]
  for (const { choices } of levels) {
    const own = [0, 1, 2].map((cost) => choices.filter((choice) => choice.cost === cost).length)
    counts = counts.map((_, sum) => own.reduce((total, of, cost) => total + (cost <= sum ? of * counts[sum - cost]! : 0), 0))
  }
  return counts[edits]!
}

const URI = 1
const MOST_FAULTS = 3
/** How many texts are collected before the ways of signing are gone through, and how many hypotheses make a step. */
const BATCH = 2048
const PER_STEP = 50_000
const LEAST_PAIRS = 100
const MOST_PAIRS = 20_000
