import { type Inject, pick } from './injection.ts'
import { withSecret } from './key-injection.ts'

/** The secret stands in quotation marks. */
export const inject: Inject = (lawful, choice) => withSecret(lawful, pick([(secret) => `"${secret}"`, (secret) => `'${secret}'`], choice)!)
