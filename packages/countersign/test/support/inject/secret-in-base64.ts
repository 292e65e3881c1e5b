import { type Inject, pick } from './injection.ts'
import { withSecret } from './key-injection.ts'

/** The secret is in base64. */
export const inject: Inject = (correct, choice) =>
  withSecret(correct, pick([(secret) => btoa(secret), (secret) => btoa(`${secret}\n`)], choice)!)
