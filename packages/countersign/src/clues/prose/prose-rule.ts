/** A rule about what people write, and the clues of many of them: one sentence gives at most one. */

import { type Clue, clueAt, type Strength } from '../../case/index.js'
import { type Rule, saidBy } from '../rule.js'
import { pattern } from './pattern.js'
import type { Sentence } from './sentences.js'
import { CONTRAST, NO_DIFFERENCE, OUTCOME } from './words.js'

/** `needs` looks at the whole text, `unless` at the sentence, or at the whole text where the words stand outside of sentences. */
export interface ProseRule extends Omit<Rule, 'strength'> {
  /** Absent: fair. */
  readonly strength?: Strength
  /** Where `match` looks. Absent: in sentences around which something is said to work or to fail. */
  readonly where?: 'any sentence' | 'anywhere'
  /** It only names a thing: weak, unless the sentence sets what works beside what fails. */
  readonly names?: true
  /** What the same thing looks like in code, settings and URLs. Looked for anywhere. */
  readonly shown?: RegExp
}

interface Place {
  readonly match: RegExpExecArray
  readonly at: number
  /** Absent: it stands outside of sentences. */
  readonly sentence?: Told
  readonly strength: Strength
}

/** The clues of all rules, each at its strongest place. Of the rules that hold in one sentence the first speaks. */
export function proseClues(rules: readonly ProseRule[], sentences: readonly Sentence[], text: string, source: string): readonly Clue[] {
  const told = sentences.map((one) => ({ ...one, outcome: TELLS_OUTCOME.test(one.paragraph), denied: DENIED.test(one.text) }))
  const taken = new Set<number>()
  const clues: Clue[] = []
  for (const rule of rules) {
    if (rule.needs?.test(text) === false) continue
    const places = [...placesTold(rule, told), ...placesShown(rule, told, text)].filter((one) => !taken.has(one.sentence?.at ?? -1))
    const best = places.reduce<Place | undefined>(
      (best, one) => (best && ORDER[best.strength] >= ORDER[one.strength] ? best : one),
      undefined,
    )
    if (best === undefined) continue
    if (best.sentence !== undefined) taken.add(best.sentence.at)
    clues.push(clueAt(text, source, best.at, saidBy({ ...rule, strength: best.strength }, best.match)))
  }
  return clues.sort((a, b) => a.location.start - b.location.start)
}

interface Told extends Sentence {
  readonly outcome: boolean
  readonly denied: boolean
}

function* placesTold(rule: ProseRule, told: readonly Told[]): Iterable<Place> {
  if (rule.where === 'anywhere') return
  for (const sentence of told) {
    if (sentence.denied || !(sentence.outcome || rule.where === 'any sentence')) continue
    const place = placeIn(rule, rule.match, sentence)
    if (place !== undefined) yield place
  }
}

/** The first place outside of sentences, and the sentences that hold it. */
function* placesShown(rule: ProseRule, told: readonly Told[], text: string): Iterable<Place> {
  const shown = rule.where === 'anywhere' ? rule.match : rule.shown
  if (shown === undefined) return
  const match = shown.exec(text)
  if (match === null) return
  const at = match.index + match[0].length - match[0].trimStart().length
  const sentence = told.find((one) => one.at <= at && at < one.at + one.text.length)
  if (sentence?.denied === true) return
  if (sentence === undefined) {
    if (rule.unless?.test(text) !== true) yield { match, at, strength: rule.strength ?? 'fair' }
  } else if (rule.unless?.test(sentence.text) !== true) yield { match, at, sentence, strength: strengthIn(rule, sentence) }
}

function placeIn(rule: ProseRule, sought: RegExp, sentence: Told): Place | undefined {
  const match = sought.exec(sentence.text)
  if (match === null || rule.unless?.test(sentence.text) === true) return undefined
  const at = sentence.at + match.index + match[0].length - match[0].trimStart().length
  const strength = strengthIn(rule, sentence)
  // "there is no proxy": without a contrast, what is not there is no reason.
  if (!SETS_BESIDE.test(sentence.text) && ABSENT.test(sentence.text.slice(0, match.index))) return undefined
  return { match, at, sentence, strength }
}

function strengthIn({ strength = 'fair', names }: ProseRule, { text, outcome }: Told): Strength {
  return !outcome || (names === true && !SETS_BESIDE.test(text)) ? 'weak' : strength
}

const TELLS_OUTCOME = pattern`${OUTCOME}`
const SETS_BESIDE = pattern`${CONTRAST}`
const DENIED = pattern`${NO_DIFFERENCE}`
const ABSENT = /\b(?:no|not|isn't|aren't|never|neither|nor|without) (?:an? |the |any |behind |using ){0,2}$/i
const ORDER: Readonly<Record<Strength, number>> = { weak: 0, fair: 1, strong: 2 }
