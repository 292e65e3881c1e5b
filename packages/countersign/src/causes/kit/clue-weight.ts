/** How much several hints weigh together. */
import type { ObservationOf } from '../../case/index.js'

/** A hint, and how much of its weight counts for what is asked. */
export interface SharedHint {
  readonly hint: ObservationOf<'hint'>
  readonly share: number
}

/**
 * The strongest hint counts in full, others that agree with it add a little each. The same rule counts once, however
 * often it holds, and no number of hints weighs as much as a text that was seen.
 */
export function weightTogether(hints: readonly SharedHint[]): number {
  const byRule = new Map<string, number>()
  for (const { hint, share } of hints) {
    const rule = hint.values['rule'] ?? hint.why.replace(/^Line \d{1,9}: /, '')
    byRule.set(rule, Math.max(byRule.get(rule) ?? 0, hint.weight * share))
  }
  const [strongest = 0, ...others] = [...byRule.values()].sort((a, b) => b - a)
  const together = others.reduce((weight, other) => weight + AGREEMENT * (1 - weight) * other, strongest)
  return Math.max(strongest, Math.min(MOST_TOGETHER, together))
}

const AGREEMENT = 0.25
const MOST_TOGETHER = 0.85
