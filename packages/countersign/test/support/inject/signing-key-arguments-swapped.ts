import { type Inject, pick } from './injection.ts'
import { withDerivation } from './key-injection.ts'

/** Key and message change places. */
export const inject: Inject = (correct, choice) => withDerivation(correct, { swapped: pick(['last', 'all'] as const, choice)! })
