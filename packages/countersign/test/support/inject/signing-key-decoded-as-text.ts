import { type Inject, pick } from './injection.ts'
import { withDerivation } from './key-injection.ts'

/** The keys went on as text. */
export const inject: Inject = (lawful, choice) => withDerivation(lawful, { passedOn: pick(['characters', 'decoded'] as const, choice)! })
