import { type Inject, pick } from './injection.ts'
import { withSecret } from './key-injection.ts'

/** The secret is in another case. */
export const inject: Inject = (lawful, choice) =>
  withSecret(lawful, pick([(secret) => secret.toLowerCase(), (secret) => secret.toUpperCase()], choice)!)
