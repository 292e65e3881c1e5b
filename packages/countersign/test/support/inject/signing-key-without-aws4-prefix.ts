import { type Inject, pick } from './injection.ts'
import { withDerivation } from './key-injection.ts'

/** The prefix is missing or shortened. */
export const inject: Inject = (lawful, choice) => withDerivation(lawful, { prefix: pick(['', 'AWS', 'aws4'], choice)! })
