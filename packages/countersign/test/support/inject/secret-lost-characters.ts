import { type Inject, pick } from './injection.ts'
import { withSecret } from './key-injection.ts'

/** The secret lost its slashes, or has its last character twice. */
export const inject: Inject = (correct, choice) =>
  withSecret(correct, pick([(secret) => secret.replaceAll('/', ''), (secret) => secret + secret.slice(-1)], choice)!)
