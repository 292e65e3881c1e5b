import { type Inject, pick } from './injection.ts'
import { signedWith } from './key-injection.ts'

/** The signature is written in upper case or in base64. */
export const inject: Inject = (correct, choice) => signedWith(correct, { signatureEncoding: pick(['HEX', 'base64'] as const, choice)! })
