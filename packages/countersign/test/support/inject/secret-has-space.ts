import { type Inject, pick } from './injection.ts'
import { withSecret } from './key-injection.ts'

/** A blank or a tab stands before or after the secret. */
export const inject: Inject = (correct, choice) =>
  withSecret(correct, pick([(secret) => `${secret} `, (secret) => ` ${secret}`, (secret) => `${secret}\t`], choice)!)
