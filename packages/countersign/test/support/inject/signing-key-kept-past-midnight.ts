import { type Inject, pick } from './injection.ts'
import { withDerivation } from './key-injection.ts'

/** The key is of the day before, or some days old. */
export const inject: Inject = (correct, choice) =>
  withDerivation(correct, { scope: { date: pick(['20150829', '20150827', '20150823'], choice)! } })
