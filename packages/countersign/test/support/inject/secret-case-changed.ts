import { type Inject, pick } from './injection.ts'
import { withSecret } from './key-injection.ts'

/** The secret is in another case. */
export const inject: Inject = (correct, choice) =>
  withSecret(correct, pick([(secret) => secret.toLowerCase(), (secret) => secret.toUpperCase()], choice)!)
