import { type Inject, pick } from './injection.ts'
import { withDerivation } from './key-injection.ts'

/** Keys go on as hexadecimal text. */
export const inject: Inject = (lawful, choice) => withDerivation(lawful, { passedOn: pick(['hex', 'HEX'] as const, choice)! })
