/**
 * Signatures that a program is shown to print, in another form than any service compares.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Calculate the signature"
 */
import { signatureForm } from '../../case/index.js'
import type { Fault } from './code-rule.js'

/** The base64 of hexadecimal digits, which no version signs with: the digest was made text before it was encoded. */
export function printedFaults(text: string): readonly Fault[] {
  if (!/hmac|signature/i.test(text)) return []
  const printed = text.matchAll(/(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==/g)
  for (const { 0: value, index: at } of printed) {
    if (signatureForm(value)?.form !== 'base64-of-hex') continue
    const message =
      'A value printed is the base64 of 64 hexadecimal digits. Version 2 encodes the 32 bytes of the HMAC in base64, and version 4 writes the digits as they are.'
    return [{ at, rule: 'signature-printed', about: 'signature-encoding-changed', message }]
  }
  return []
}
