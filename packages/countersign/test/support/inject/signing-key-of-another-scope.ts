import { type Inject, pick } from './injection.ts'
import { withDerivation } from './key-injection.ts'

/** The key is of tomorrow, or of another region or service. */
export const inject: Inject = (correct, choice) =>
  withDerivation(correct, { scope: pick([{ date: '20150831' }, { region: 'eu-central-1' }, { service: 'sts' }], choice)! })
