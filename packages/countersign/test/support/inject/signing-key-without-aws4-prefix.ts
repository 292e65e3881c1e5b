import { type Inject, pick } from './injection.ts'
import { withDerivation } from './key-injection.ts'

/** The prefix is missing or shortened. */
export const inject: Inject = (correct, choice) => withDerivation(correct, { prefix: pick(['', 'AWS', 'aws4'], choice)! })
