import { type Inject, pick } from './injection.ts'
import { signedWith } from './key-injection.ts'

/** Line breaks or the last line of the string to sign are wrong. */
export const inject: Inject = (correct, choice) =>
  signedWith(
    correct,
    pick(
      [
        { lineBreak: '\\n' },
        { stringToSignEnd: 'HASH' },
        { stringToSignEnd: 'canonical-request' },
        { lineBreak: '\r\n' },
        { stringToSignEnd: 'hmac-under-1' },
        { stringToSignEnd: 'hmac-under-nothing' },
      ] as const,
      choice,
    )!,
  )
