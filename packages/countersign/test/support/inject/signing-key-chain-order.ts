import { type Inject, pick } from './injection.ts'
import { withDerivation } from './key-injection.ts'

/** Steps are exchanged or left out. */
export const inject: Inject = (correct, choice) =>
  withDerivation(correct, {
    chain: pick(
      [
        ['date', 'service', 'region', 'terminator'],
        ['date', 'region', 'service'],
        ['region', 'date', 'service', 'terminator'],
        [],
      ] as const,
      choice,
    )!,
  })
