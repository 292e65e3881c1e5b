import { type Inject, pick } from './injection.ts'
import { signedWith } from './key-injection.ts'

/** The canonical request, or its hash, is all that was signed. */
export const inject: Inject = (lawful, choice) =>
  signedWith(lawful, { stringToSignEnd: pick(['canonical-request-alone', 'hash-alone'] as const, choice)! })
