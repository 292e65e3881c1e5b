import { type Inject, pick } from './injection.ts'
import { withSecret } from './key-injection.ts'

/** The secret stands in quotation marks. */
export const inject: Inject = (correct, choice) =>
  withSecret(correct, pick([(secret) => `"${secret}"`, (secret) => `'${secret}'`], choice)!)
