import type { Inject } from './injection.ts'
import { withSecret } from './key-injection.ts'

/** The secret was percent-encoded. */
export const inject: Inject = (correct) => withSecret(correct, (secret) => encodeURIComponent(secret))
