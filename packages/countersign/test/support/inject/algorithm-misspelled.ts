import { type Inject, pick } from './injection.ts'
import { signedWith } from './key-injection.ts'

/** The first line of the string to sign is misspelled; the header is right. */
export const inject: Inject = (correct, choice) =>
  signedWith(correct, { algorithm: pick(['AWS4-HMAC-SHA-256', 'aws4-hmac-sha256', 'HmacSHA256'], choice)! })
