import { type Inject, pick } from './injection.ts'
import { withDerivation } from './key-injection.ts'

/** The keys went on as text. */
export const inject: Inject = (correct, choice) => withDerivation(correct, { passedOn: pick(['base64'] as const, choice)! })
