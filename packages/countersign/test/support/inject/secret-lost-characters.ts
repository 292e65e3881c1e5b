import { type Inject, pick } from './injection.ts'
import { withSecret } from './key-injection.ts'

/** The secret lost its slashes, or its last character. */
export const inject: Inject = (lawful, choice) =>
  withSecret(lawful, pick([(secret) => secret.replaceAll('/', ''), (secret) => secret.slice(0, -1)], choice)!)
