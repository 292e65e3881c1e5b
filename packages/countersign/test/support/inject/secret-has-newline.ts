import { type Inject, pick } from './injection.ts'
import { withSecret } from './key-injection.ts'

/** The secret ends in a line feed, a carriage return, or both. */
export const inject: Inject = (correct, choice) =>
  withSecret(correct, pick([(secret) => `${secret}\n`, (secret) => `${secret}\r\n`, (secret) => `${secret}\r`], choice)!)
