import { type Inject, pick } from './injection.ts'
import { withSecret } from './key-injection.ts'

/** The secret is in base64. */
export const inject: Inject = (lawful, choice) =>
  withSecret(lawful, pick([(secret) => btoa(secret), (secret) => btoa(`${secret}\n`)], choice)!)
