/**
 * Two or three faults at once, in different places: every combination of the edits is hashed, beginnings once, and asked
 * about by hash where the signer's string to sign is known, else by signature. Cheapest first, within a budget.
 */
import { type Choice, hmacMatches, messageWalk } from '../sha256/index.js'
import type { Hypotheses, Signing, StretchTexts, Way } from './hypotheses.js'
import { type Oracle, type WantedMac, weightOf } from './oracle.js'
import type { Pace, Searching } from './pace.js'
import type { Trial } from './suspicions.js'

/** Sets of edits that, by what each gives alone, should give what was signed; to be confirmed by the oracle. */
export type Candidates = readonly (readonly Trial[])[]

/** What a pass over the hypotheses came to. */
export interface Pass {
  readonly candidates: Candidates
  readonly ended: 'all' | 'limit' | 'stopped'
}

/** By hash: the texts with one to three edits, fewest first, whose hash is the one that the signer's string to sign holds. */
export function* textsOfTheHash(all: Hypotheses, hash: string, oracle: Oracle, most: number, pace: Pace): Searching<Pass> {
  let ended: Pass['ended'] = all.whole ? 'all' : 'limit'
  const weight = weightOf(lengthOf(all.texts))
  for (let edits = 1; edits <= MOST_EDITS; edits++) {
    const { levels, whole } = withinBudget(all.texts, edits, (most - oracle.spent()) / weight)
    if (!whole) ended = 'limit'
    const pass = yield* byTheHash(levels, edits, hash, oracle, pace)
    if (pass.ended === 'stopped' || pass.candidates.length > 0) return pass
  }
  return { candidates: [], ended }
}

/** By signature: every combination of exactly so many edits, in the text, in the key and in the head of the string to sign. */
export function* signedTogether(
  all: Hypotheses,
  edits: number,
  signature: WantedMac,
  oracle: Oracle,
  most: number,
  pace: Pace,
): Searching<Pass> {
  let ended: Pass['ended'] = all.whole ? 'all' : 'limit'
  const weight = weightOf(lengthOf(all.texts))
  for (let inText = edits; inText >= 0; inText--) {
    const under = all.signings.filter(({ way }) => way.trials.length === edits - inText)
    if (under.length === 0) continue
    const left = Math.max(0, most - oracle.spent())
    // Neither side may crowd out the other: each keeps at least about the root of what is left.
    const { levels, whole } = withinBudget(all.texts, inText, Math.min(left / weight, Math.max(Math.sqrt(left), left / under.length)))
    const some = under.slice(0, Math.floor(left / Math.max(1, combinationsOf(levels, inText))))
    if (!whole || some.length < under.length) ended = 'limit'
    const pass = yield* byTheSignature(levels, inText, some, signature, oracle, pace)
    if (pass.ended === 'stopped' || pass.candidates.length > 0) return pass
  }
  return { candidates: [], ended }
}

/** One pass by hash: every text with exactly so many edits. */
function* byTheHash(levels: readonly StretchTexts[], edits: number, hash: string, oracle: Oracle, pace: Pace): Searching<Pass> {
  const wanted = Int32Array.from({ length: 8 }, (_, i) => Number.parseInt(hash.slice(8 * i, 8 * i + 8), 16))
  const found: (readonly Trial[])[] = []
  const walk = messageWalk(choicesOf(levels), { from: edits, to: edits, firstWord: wanted[0]! }, (digest, chosen) => {
    if (digest.every((word, i) => word === wanted[i])) for (const one of waySets(waysOf(levels, chosen))) found.push(one)
  })
  const weight = weightOf(lengthOf(levels))
  for (let more = true; more; ) {
    const before = walk.count
    more = walk.run(HASHED_PER_STEP)
    oracle.count(walk.count - before, weight)
    if (yield* pace.pause()) return { candidates: found, ended: 'stopped' }
  }
  return { candidates: found, ended: 'all' }
}

/** One pass by signature: every text with exactly so many edits, signed in each of these ways. */
function* byTheSignature(
  levels: readonly StretchTexts[],
  edits: number,
  under: readonly Signing[],
  signature: WantedMac,
  oracle: Oracle,
  pace: Pace,
): Searching<Pass> {
  const found: (readonly Trial[])[] = []
  let digests = new Int32Array(8 * BATCH)
  const texts: (readonly Way[])[] = []
  const weight = weightOf(lengthOf(levels))
  function* compare(): Searching<boolean> {
    for (const [i, { beginning, way }] of under.entries()) {
      for (const index of hmacMatches(beginning, digests.subarray(0, 8 * texts.length), signature.hex, signature.sealed))
        for (const one of waySets([...texts[index]!, way])) found.push(one)
      // The text of each was hashed once.
      oracle.count(texts.length, i === 0 ? weight : 1)
      if (yield* pace.after(A_BEGINNING + texts.length * A_SIGNATURE)) return true
    }
    texts.length = 0
    return false
  }
  const walk = messageWalk(choicesOf(levels), { from: edits, to: edits }, (digest, chosen) => {
    const at = 8 * texts.length
    if (at === digests.length) {
      const larger = new Int32Array(2 * digests.length)
      larger.set(digests)
      digests = larger
    }
    for (let i = 0; i < 8; i++) digests[at + i] = digest[i]!
    texts.push(waysOf(levels, chosen))
  })
  for (let more = true; more; ) {
    more = walk.run(HASHED_PER_STEP)
    if (yield* pace.pause()) return { candidates: found, ended: 'stopped' }
    if ((texts.length >= BATCH || !more) && (yield* compare())) return { candidates: found, ended: 'stopped' }
  }
  return { candidates: found, ended: 'all' }
}

function choicesOf(levels: readonly StretchTexts[]): readonly (readonly Choice[])[] {
  return levels.map(({ choices }) => choices)
}

function waysOf(levels: readonly StretchTexts[], chosen: Int32Array): readonly Way[] {
  return levels.map(({ ways }, i) => ways[chosen[i]!]!)
}

/** How long the text is that no edit has touched. */
function lengthOf(texts: readonly StretchTexts[]): number {
  return texts.reduce((sum, { choices: [unedited] }) => sum + (unedited?.length ?? 0), 0)
}

/** The sets of trials that lead to a text; where one comes about in several ways, a set for each. */
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
  let kept = texts.reduce((most, { choices }) => Math.max(most, choices.length), 0)
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

const MOST_EDITS = 3
/** How many texts are collected before the ways of signing are gone through. */
const BATCH = 2048
/** A step of hashing: some milliseconds. */
const HASHED_PER_STEP = 2 * 1024 * 1024
/** What comparing a signature costs, and beginning with another key, in bytes of text made. */
const A_SIGNATURE = 48
const A_BEGINNING = 512
