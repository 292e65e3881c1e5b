/** A rule about a sentence: what it says of what works and what fails, and what that lets one suspect. */

import { type Clue, clueAt } from '../../case/index.js'
import { type Rule, saidBy } from '../rule.js'
import type { Sentence } from './sentences.js'

/** `match` and `unless` look at one sentence, `needs` at the whole prose. */
export interface SentenceRule extends Rule {
  /** True: the sentence counts without a word of what works or fails around it. */
  readonly alone?: true
}

/** The clues of all rules, each at its first sentence, in the order of the text. `text` is what offsets count in. */
export function sentenceClues(
  rules: readonly SentenceRule[],
  sentences: readonly Sentence[],
  text: string,
  source: string,
): readonly Clue[] {
  const paragraphs = new Set(sentences.map(({ paragraph }) => paragraph))
  const outcomes = new Set([...paragraphs].filter((paragraph) => OUTCOME.test(paragraph)))
  const telling = sentences.map((one) => ({ ...one, outcome: outcomes.has(one.paragraph), denied: DENIED.test(one.text) }))
  return rules
    .filter(({ needs }) => needs?.test(text) !== false)
    .flatMap((rule) => {
      for (const { text: said, at, outcome, denied } of telling) {
        if (denied || (!outcome && rule.alone !== true)) continue
        const match = rule.match.exec(said)
        if (match === null || rule.unless?.test(said) === true) continue
        const place = at + match.index + match[0].length - match[0].trimStart().length
        return [clueAt(text, source, place, saidBy(rule, match))]
      }
      return []
    })
    .sort((a, b) => a.location.start - b.location.start)
}

/** Something is said to work, to fail, or to make the difference. */
const OUTCOME =
  /\b(?:only|fail\w{0,20}|work\w{0,20}|error\w{0,20}|403|40[01]|refus\w{0,20}|reject\w{0,20}|mismatch\w{0,20}|break\w{0,20}|broke\w{0,20}|den(?:y|ied|ies)|unless|except|fine|ok|okay|wrong|invalid|incorrect|cannot|can't|can not|unable|SignatureDoesNotMatch|InvalidSignatureException|succe\w{1,8}|problem\w{0,20}|issue\w{0,20}|trouble|bad|forbidden|does(?:n't| not) match|solved|fix(?:ed|es)?|helps?|pass(?:es|ed)?|goes through|happens?|occurs?|breaks?)\b/i
/** The sentence says that this makes no difference. */
const DENIED =
  /\b(?:regardless|no matter|irrelevant|unrelated|ruled out|rule out|(?:makes?|made|making|see|saw) no difference|no (?:change|luck|effect)|(?:does|did|do)(?:n't| not) (?:matter|change (?:anything|it)|make (?:a|any) difference)|also (?:fails?|refused|403)|(?:fails?|refused) (?:too|as well|either way)|same (?:error|result|problem) (?:with|without|when|for|after|in both|either)|even (?:for|with|without|when|if|after|though) )/i
