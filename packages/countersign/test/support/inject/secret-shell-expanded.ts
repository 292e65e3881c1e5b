import { type Inject, pick } from './injection.ts'
import { withSecret } from './key-injection.ts'

/** A backslash stands before signs of the secret. */
export const inject: Inject = (correct, choice) =>
  withSecret(correct, pick([(secret) => secret.replaceAll('/', '\\/'), (secret) => secret.replace(/[^A-Za-z0-9]/g, '\\$&')], choice)!)
