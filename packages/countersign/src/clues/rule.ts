/** Rules that turn a shape in a text into a clue: what code, configuration and prose readers have in common. */

import type { About, Clue, Said, Strength, Values } from '../case/index.js'
import { clueAt } from '../case/index.js'
import type { CauseId } from '../catalog/index.js'

export { anyText, withoutBodies } from '../case/index.js'
export { blank, MOST_SCANNED } from '../text/index.js'

/** What a rule means, and its examples, whichever way it is found. */
export interface RuleHead {
  readonly id: string
  readonly about: About
  readonly strength: Strength
  /** Of a rule about a class: the causes of it that the rule speaks of above all. */
  readonly tags?: readonly CauseId[]
  /** Texts in which the rule holds, in the form in which people post them. */
  readonly fires?: readonly string[]
  /** Their twins: as like them as can be, and right. The rule must not hold. */
  readonly silent?: readonly string[]
}

/** One shape, and what it lets one suspect. A rule holds once for a text: at its first match. */
export interface Rule extends RuleHead {
  readonly match: RegExp
  /** A whole sentence. "{1}" stands for the pattern's first group. */
  readonly message: string
  /** The whole text must hold this too. */
  readonly needs?: RegExp
  /** The whole text must not hold this. */
  readonly unless?: RegExp
  /** The name under which the first group is kept among the values. */
  readonly value?: string
  /** What is known beyond the words that match. */
  readonly says?: Values
}

/** What one place says beyond its rule. */
export type More = Partial<Pick<Said, 'tags' | 'strength' | 'values'>>

/** What a rule says of a place that a reader found. */
export function said({ id, about, strength, tags = [] }: RuleHead, message: string, more: More = {}): Said {
  return { rule: id, about, strength, tags, message, ...more }
}

/**
 * A text that a rule is about and its twin: what makes the difference, and what it should be, as in `mac(key).«hexdigest → digest»()`.
 * Lines that both begin with may stand before.
 */
export type Twins = string | readonly [before: string, text: string]

/** The examples of a rule. */
export function twins(...each: readonly Twins[]): Required<Pick<RuleHead, 'fires' | 'silent'>> {
  const texts = each.map((one) => (typeof one === 'string' ? one : one.join('')))
  const read = (side: string) => texts.map((text) => text.replace(/«([^»]*?) → ([^»]*)»/g, side))
  return { fires: read('$1'), silent: read('$2') }
}

/** The clues of all rules for a text, in the order of the text. */
export function cluesOf(rules: readonly Rule[], text: string, source: string): readonly Clue[] {
  return rules
    .flatMap((rule) => {
      const match = rule.match.exec(text)
      if (match === null || rule.needs?.test(text) === false || rule.unless?.test(text) === true) return []
      return [clueAt(text, source, match.index + leading(match[0]), saidBy(rule, match))]
    })
    .sort((a, b) => a.location.start - b.location.start)
}

/** What a rule says of a match. */
export function saidBy(rule: Rule, match: RegExpExecArray): Said {
  const { id, about, strength, message, tags, value, says } = rule
  const group = match[1] ?? ''
  const values = { ...says, ...(value === undefined || group === '' ? {} : { [value]: group.toLowerCase() }) }
  return { rule: id, about, strength, message: message.replace('{1}', group), values, ...(tags !== undefined && { tags }) }
}

function leading(matched: string): number {
  return matched.length - matched.trimStart().length
}
