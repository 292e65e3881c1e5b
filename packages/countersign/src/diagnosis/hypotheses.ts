/**
 * The hypotheses of a search, taken apart: which texts a stretch of the canonical request may have been signed with, and
 * which keys and heads of the string to sign. Every combination of one of each is a hypothesis.
 */
import { Choice, HmacBeginning } from '../sha256/index.js'
import {
  CANONICAL_REQUEST_PARTS,
  type CanonicalRequestPart,
  canonicalRequestPart,
  dangerKeyBytes,
  hexOf,
  SecretAccessKey,
  type SigningInputs,
  stringToSignHead,
} from '../sigv4/index.js'
import { weightOf } from './oracle.js'
import type { Pace, Searching } from './pace.js'
import type { Trial } from './suspicions.js'

/** The stretches of a canonical request. The last three parts are one, since most edits of headers touch two of them. */
const STRETCHES: readonly (readonly CanonicalRequestPart[])[] = [
  ['method'],
  ['canonical-uri'],
  ['canonical-query-string'],
  ['canonical-headers', 'signed-headers', 'payload-hash'],
]

/** The trials by what they touch. Those that touch several things, or the form of the string to sign, are `other`. */
export interface TouchedBy {
  /** For each stretch. */
  readonly stretches: readonly (readonly Trial[])[]
  /** The key, its derivation, or the head of the string to sign. */
  readonly signing: readonly Trial[]
  readonly other: readonly Trial[]
}

/** Sorts trials by what they touch; their order stays. Told to stop, it leaves the rest out. */
export function* touchedBy(inputs: SigningInputs, trials: readonly Trial[], pace: Pace): Searching<TouchedBy> {
  const stretches: Trial[][] = STRETCHES.map(() => [])
  const signing: Trial[] = []
  const other: Trial[] = []
  const before = Object.fromEntries(CANONICAL_REQUEST_PARTS.map((part) => [part, canonicalRequestPart(inputs, part)]))
  for (const trial of trials) {
    if (yield* pace.after(pace.unit)) break
    const undone = trial.undone!
    const touched = STRETCHES.flatMap((parts, i) => (parts.some((part) => canonicalRequestPart(undone, part) !== before[part]) ? [i] : []))
    const signs = SIGNING_FIELDS.some((field) => undone[field] !== inputs[field])
    if (!isPlain(undone) || touched.length + (signs ? 1 : 0) !== 1) other.push(trial)
    else if (signs) signing.push(trial)
    else stretches[touched[0]!]!.push(trial)
  }
  return { stretches, signing, other }
}

/** Edits that give one text or one key: the trials of the likeliest way there, and of the others. */
export interface Way {
  readonly trials: readonly Trial[]
  readonly others: readonly (readonly Trial[])[]
}

/** The texts that a stretch may have had. */
export interface StretchTexts {
  /** By cost, which is the number of edits. */
  readonly choices: readonly Choice[]
  /** For each choice, how it comes about. */
  readonly ways: readonly Way[]
}

/** The texts of a stretch after none, one or two of the edits that touch it; and whether these are all. */
function* stretchTexts(
  inputs: SigningInputs,
  stretch: number,
  trials: readonly Trial[],
  most: number,
  pace: Pace,
): Searching<{ readonly texts: StretchTexts; readonly whole: boolean }> {
  const text = (from: SigningInputs): string => stretchText(from, STRETCHES[stretch]!)
  const { outcomes, whole } = yield* combinations(inputs, trials, most, text, pace, pace.unit)
  const choices = outcomes.map(({ key, way }) => new Choice(key, way.trials.length))
  return { texts: { choices, ways: outcomes.map(({ way }) => way) }, whole }
}

function stretchText(inputs: SigningInputs, parts: readonly CanonicalRequestPart[]): string {
  return parts.map((part) => canonicalRequestPart(inputs, part) + (part === 'payload-hash' ? '' : '\n')).join('')
}

/** One way of signing: a key and the head of the string to sign, and how they come about. */
export interface Signing {
  readonly beginning: HmacBeginning
  readonly way: Way
}

/** Everything that a search puts together: the texts of each stretch, and the ways of signing. */
export interface Hypotheses {
  readonly texts: readonly StretchTexts[]
  readonly signings: readonly Signing[]
  /** Whether every pair of edits of one place is among them. */
  readonly whole: boolean
}

/** Up to two edits in each place. `most` bounds the pairs of each. Told to stop, it has fewer. */
export function* hypotheses(inputs: SigningInputs, { stretches, signing }: TouchedBy, most: number, pace: Pace): Searching<Hypotheses> {
  const made: { readonly texts: StretchTexts; readonly whole: boolean }[] = []
  for (const [i, trials] of stretches.entries()) made.push(yield* stretchTexts(inputs, i, trials, most, pace))
  return {
    texts: made.map(({ texts }) => texts),
    signings: yield* signings(inputs, signing, most, pace),
    whole: made.every(({ whole }) => whole) && [...stretches, signing].every((trials) => trials.length ** 2 <= 2 * most),
  }
}

/** The ways of signing after none, one or two of the edits that touch the key or the head; none where there is no key. */
function* signings(inputs: SigningInputs, trials: readonly Trial[], most: number, pace: Pace): Searching<readonly Signing[]> {
  const keys = new Map<string, Uint8Array | undefined>()
  const keyOf = (from: SigningInputs): Uint8Array | undefined => {
    const secret = from.key instanceof SecretAccessKey ? from.key.dangerValue() : ''
    const name = JSON.stringify([secret, from.derivation, from.scope])
    if (!keys.has(name)) keys.set(name, dangerKeyBytes(from))
    return keys.get(name)
  }
  const beginnings = new Map<string, HmacBeginning>()
  const nameOf = (from: SigningInputs): string | undefined => {
    const [key, head] = [keyOf(from), stringToSignHead(from)]
    if (key === undefined || head === undefined) return undefined
    const name = head + hexOf(key)
    if (!beginnings.has(name)) beginnings.set(name, new HmacBeginning(key, head))
    return name
  }
  const { outcomes } = yield* combinations(inputs, trials, most, nameOf, pace, A_SIGNING)
  return outcomes.map(({ key: name, way }) => ({ beginning: beginnings.get(name)!, way }))
}

/** What edits lead to. */
interface Outcome {
  readonly key: string
  readonly way: Way
}

/**
 * What none, one and two edits together lead to, each outcome once, told apart by `keyOf`. Cheapest first. Of long texts there are
 * fewer: a pair counts for its length, and all that is kept has a limit.
 */
function* combinations(
  inputs: SigningInputs,
  trials: readonly Trial[],
  most: number,
  keyOf: (inputs: SigningInputs) => string | undefined,
  pace: Pace,
  cost: number,
): Searching<{ readonly outcomes: readonly Outcome[]; readonly whole: boolean }> {
  let kept = 0
  const ways = new Map<string, { trials: readonly Trial[]; others: (readonly Trial[])[] }>()
  const add = (from: SigningInputs, edits: readonly Trial[]): void => {
    const key = keyOf(from)
    if (key === undefined) return
    const known = ways.get(key)
    if (known === undefined) {
      ways.set(key, { trials: edits, others: [] })
      kept += key.length
    } else if (known.trials.length === edits.length && known.others.length < MOST_OTHERS) known.others.push(edits)
  }
  add(inputs, [])
  for (const trial of trials) {
    if (kept > MOST_TEXT || (yield* pace.after(cost))) break
    add(trial.undone!, [trial])
  }
  const each = weightOf(kept / Math.max(1, ways.size))
  let left = kept > MOST_TEXT || pace.stopped ? 0 : most
  // Diagonals: the pair of the two likeliest first, then on to pairs of less likely ones.
  for (let sum = 1; sum < 2 * trials.length && left > 0; sum++) {
    for (let i = Math.max(0, sum - trials.length + 1); i < sum - i && left > 0; i++) {
      const [a, b] = [trials[i]!, trials[sum - i]!]
      if (b === undefined || (a.cause.id === b.cause.id && a.cause.part !== 'canonical-headers')) continue
      left -= each
      if (kept > MOST_TEXT || (yield* pace.after(cost))) left = 0
      const both = b.cause.undo(a.undone!, b.suspicion.params)
      if (both !== a.undone && isPlain(both)) add(both, [a, b])
    }
  }
  return { outcomes: [...ways].map(([key, way]) => ({ key, way })), whole: kept <= MOST_TEXT && (each === 1 || left > 0) }
}

/** Whether the signature is an HMAC, in hex, of a text that ends in the hash of an ordinary canonical request. */
function isPlain(inputs: SigningInputs): boolean {
  const { derivation, lineBreak, signatureEncoding } = inputs
  return derivation.swapped === 'none' && stringToSignHead(inputs) !== undefined && lineBreak === '\n' && signatureEncoding === 'hex'
}

const SIGNING_FIELDS = ['algorithm', 'requestDate', 'scope', 'key', 'derivation', 'stringToSignEnd'] as const
const MOST_OTHERS = 8
/** The most text that is kept for one place, in bytes: several times what ordinary requests come to. */
const MOST_TEXT = 48 * 1024 * 1024
/** What deriving a key costs, in bytes of text. */
const A_SIGNING = 1024
