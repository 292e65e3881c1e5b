import { type Inject, pick } from './injection.ts'
import { withDerivation } from './key-injection.ts'

/** Keys go on as hexadecimal text. */
export const inject: Inject = (correct, choice) => withDerivation(correct, { passedOn: pick(['hex', 'HEX'] as const, choice)! })
