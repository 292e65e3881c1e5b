/** Rules about code that signs: a meaning, and the ways in which languages and libraries write it. */

import { type About, type Clue, clueAt, type Values } from '../../case/index.js'
import { cluesOf, type Rule } from '../rule.js'
import type { Code, Language } from './language.js'
import { anyOf } from './pattern.js'

/** One way to write what a rule is about. */
export interface Idiom extends Partial<Pick<Rule, 'message' | 'needs' | 'unless'>> {
  readonly match: RegExp
  /** Only in these languages; absent: in all. Where no language is recognised, these idioms are silent. */
  readonly in?: readonly Language[]
}

export interface CodeRule extends Rule {
  readonly idioms: readonly Idiom[]
}

/** A rule as it is written: an idiom of which nothing else is known is its pattern. */
interface WrittenRule extends Omit<CodeRule, 'match' | 'idioms'> {
  readonly idioms: readonly (RegExp | Idiom)[]
}

/** Rules by their idioms: `match` is where one of them may stand. */
export function codeRules(rules: readonly WrittenRule[]): readonly CodeRule[] {
  return rules.map((rule) => {
    const idioms = rule.idioms.map((one) => (one instanceof RegExp ? { match: one } : one))
    return { ...rule, idioms, match: anyOf(idioms.map(({ match }) => match)) }
  })
}

/** What the rules find in code: each holds once, at the first idiom that fits. */
export function ruleMarks(rules: readonly CodeRule[], { text, language }: Code, source: string): readonly Clue[] {
  return rules.flatMap(({ idioms, needs, unless, ...rule }) => {
    // The cheap conditions first: most of them are a word.
    if (needs?.test(text) === false || unless?.test(text) === true) return []
    const fitting = idioms.filter((one) => one.in === undefined || (language !== undefined && one.in.includes(language)))
    for (const idiom of fitting) {
      const found = cluesOf([{ ...rule, ...idiom }], text, source)
      if (found.length > 0) return found
    }
    return []
  })
}

/** What code says at two places that do not fit each other, or in a chain of calls: a known mistake. */
export interface Fault {
  readonly at: number
  readonly rule: string
  readonly about: About
  readonly message: string
  readonly values?: Values
  /** Absent: strong. */
  readonly strength?: 'fair'
}

export function faultMarks(faults: readonly Fault[], text: string, source: string): readonly Clue[] {
  return faults.map(({ at, ...said }) => clueAt(text, source, at, { strength: 'strong', ...said }))
}
