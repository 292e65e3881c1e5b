import type { Inject } from './injection.ts'
import { withSecret } from './key-injection.ts'

/** The access key ID was used as the secret too. */
export const inject: Inject = (correct) => withSecret(correct, () => 'AKIAIOSFODNN7EXAMPLE')
