/** How much several clues weigh together. */
import type { Clue, Strength } from '../../case/index.js'

/** A clue, and how much of its weight counts for what is asked. */
export interface SharedClue {
  readonly clue: Clue
  readonly share: number
}

/** 0 to 1, on the scale on which suspicions are compared. */
export const WEIGHT_OF: Readonly<Record<Strength, number>> = { weak: 0.32, fair: 0.48, strong: 0.72 }

/**
 * The strongest clue counts in full, others that agree with it add a little each. The same rule counts once, however
 * often it holds, and no number of clues weighs as much as a text that was seen.
 */
export function weightTogether(clues: readonly SharedClue[]): number {
  const byRule = new Map<string, number>()
  for (const { clue, share } of clues) byRule.set(clue.rule, Math.max(byRule.get(clue.rule) ?? 0, WEIGHT_OF[clue.strength] * share))
  const [strongest = 0, ...others] = [...byRule.values()].sort((a, b) => b - a)
  const together = others.reduce((weight, other) => weight + AGREEMENT * (1 - weight) * other, strongest)
  return Math.max(strongest, Math.min(MOST_TOGETHER, together))
}

/** The same where somebody says that it is not so: what was seen keeps its weight, and what is only fair is no more than weak. */
export function weightDenied(clues: readonly SharedClue[]): number {
  const seen = clues.filter(({ clue }) => clue.strength === 'strong')
  return seen.length > 0 ? weightTogether(seen) : Math.min(WEIGHT_OF.weak, weightTogether(clues))
}

const AGREEMENT = 0.25
const MOST_TOGETHER = 0.85
