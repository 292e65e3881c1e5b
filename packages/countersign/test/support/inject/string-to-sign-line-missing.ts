import { type Inject, pick } from './injection.ts'
import { signedWith } from './key-injection.ts'

/** A line is missing, or a line feed follows the last. */
export const inject: Inject = (correct, choice) =>
  signedWith(correct, { stringToSignEnd: pick(['no-scope', 'no-date', 'no-algorithm', 'no-hash', 'line-feed'] as const, choice)! })
