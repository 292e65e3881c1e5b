/**
 * Two or three faults at once, in different places: every combination of the edits is hashed, beginnings once, and asked
 * about by hash where the signer's string to sign is known, else by signature. Cheapest first, within a budget.
 */
import { hmacMatches } from '../sha256/hmac-lanes.js'
import { type Choice, hashMessages } from '../sha256/message-tree.js'
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
  const pairs = Math.max(MOST_PAIRS_AT_LEAST, Math.floor(most / 20))
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
      const found: (readonly Trial[])[] = []
      for (const uri of levels[URI]!.choices) {
        if (uri.cost > inText) break
        const step = levels.map((level, i) => (i === URI ? only(level, uri) : level))
        const tried = byHash ? byTheHash(step, inText, hash, found) : byTheSignature(step, inText, under, signature!, found)
        left -= tried * perText
        oracle.count(tried * perText)
        if ((yield) === true) return { candidates: found, complete: false }
      }
      if (found.length > 0) return { candidates: found, complete }
    }
  }
  return { candidates: [], complete }
}

function byTheHash(levels: readonly StretchTexts[], cost: number, hash: string, found: (readonly Trial[])[]): number {
  const wanted = Int32Array.from({ length: 8 }, (_, i) => Number.parseInt(hash.slice(8 * i, 8 * i + 8), 16))
  return hashMessages(
    levels.map(({ choices }) => choices),
    { from: cost, to: cost, firstWord: wanted[0]! },
    (digest, chosen) => {
      if (digest.every((word, i) => word === wanted[i])) found.push(...trialSets(levels, chosen, []))
    },
  )
}

function byTheSignature(
  levels: readonly StretchTexts[],
  cost: number,
  under: readonly Signing[],
  signature: string,
  found: (readonly Trial[])[],
): number {
  const digests = new Int32Array(8 * BATCH)
  const chosen = new Int32Array(levels.length * BATCH)
  let count = 0
  const compare = (): void => {
    for (const { key, head, way } of under)
      for (const index of hmacMatches(key, head, digests.subarray(0, 8 * count), signature))
        found.push(...trialSets(levels, chosen.subarray(levels.length * index, levels.length * (index + 1)), [way]))
    count = 0
  }
  const tried = hashMessages(
    levels.map(({ choices }) => choices),
    { from: cost, to: cost },
    (digest, own) => {
      for (let i = 0; i < 8; i++) digests[8 * count + i] = digest[i]!
      for (let i = 0; i < own.length; i++) chosen[own.length * count + i] = own[i]!
      if (++count === BATCH) compare()
    },
  )
  compare()
  return tried
}

/** The sets of trials that lead to what was chosen; where one text comes about in several ways, a set for each. */
function trialSets(levels: readonly StretchTexts[], chosen: Int32Array, signing: readonly Way[]): (readonly Trial[])[] {
  const ways = [...levels.map(({ ways: all }, i) => all[chosen[i]!]!), ...signing]
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

function only(level: StretchTexts, choice: Choice): StretchTexts {
  const at = level.choices.indexOf(choice)
  return { choices: [choice], ways: [level.ways[at]!] }
}

const URI = 1
const MOST_FAULTS = 3
const BATCH = 4096
const MOST_PAIRS_AT_LEAST = 100
