import { type Inject, pick } from './injection.ts'
import { withDerivation } from './key-injection.ts'

/** Key and message change places. */
export const inject: Inject = (lawful, choice) => withDerivation(lawful, { swapped: pick(['last', 'all'] as const, choice)! })
