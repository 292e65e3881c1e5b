import { type Inject, pick } from './injection.ts'
import { signedWith } from './key-injection.ts'

/** The canonical request, or its hash, is all that was signed. */
export const inject: Inject = (correct, choice) =>
  signedWith(correct, { stringToSignEnd: pick(['canonical-request-alone', 'hash-alone'] as const, choice)! })
