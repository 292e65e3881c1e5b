import { type Inject, pick } from './injection.ts'
import { withSecret } from './key-injection.ts'

/** The secret ends too early. */
export const inject: Inject = (correct, choice) =>
  withSecret(correct, pick([(secret) => secret.slice(0, -1), (secret) => secret.slice(0, secret.indexOf('/'))], choice)!)
