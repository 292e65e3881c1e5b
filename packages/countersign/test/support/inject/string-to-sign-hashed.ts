import { type Inject, pick } from './injection.ts'
import { signedWith } from './key-injection.ts'

/** Something was hashed once too often. */
export const inject: Inject = (correct, choice) =>
  signedWith(correct, { stringToSignEnd: pick(['hashed', 'hash-of-hash'] as const, choice)! })
