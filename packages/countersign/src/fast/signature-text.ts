/** What `sign` and `presign` write alike: the date, and the signature's digits. */
import { requestDateText, type StringToSignTemplate, writeTemplateSignature } from '../sigv4/index.js'

/** Sets the second of a signer's clock. */
export function setDate(template: StringToSignTemplate, now: number): void {
  const second = Math.floor(now / SECOND) * SECOND
  if (template.time !== second) template.setDate(requestDateText(now), second)
}

/** The signature of a string to sign whose date and hash are written. */
export function signatureText(template: StringToSignTemplate): string {
  writeTemplateSignature(template, VIEW, 0)
  return DECODER.decode(DIGITS)
}

/** Whether a header that is sent unsigned holds what is no byte string. */
export function isWide(value: string): boolean {
  return WIDE.test(value)
}

const SECOND = 1000
// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of the byte range is meant
const WIDE = /[^\u0000-\u00ff]/
const DIGITS = new Uint8Array(64)
const VIEW = new DataView(DIGITS.buffer)
const DECODER = new TextDecoder()
