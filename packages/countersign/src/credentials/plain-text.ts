/**
 * Texts that hold no credential, known at a glance: most values of most headers. It is a shorter way to an answer that the forms and the
 * names give, too, and a test compares the two.
 */
import { VENDOR_PREFIXES } from './credential-forms.js'

/** `true`: there is nothing to hide in it. `false` says nothing. */
export function isPlainlyClean(text: string): boolean {
  // No name announces a value where no sign stands that could be between the two.
  if (text.length > LONGEST || !WORDS.test(text) || BEGINNINGS.test(text)) return false
  // Secrets of AWS have letters of both cases and digits.
  return !LONG_RUN.test(text) || !/[A-Z]/.test(text) || !/[a-z]/.test(text)
}

const LONGEST = 1024
/** An ETag stands in quotes. */
const WORDS = /^"?[A-Za-z0-9._~/-]*"?$/
/** Of tokens, or what stands within them; of scopes in which a secret may stand, of addresses that are keys. */
const BEGINNINGS = new RegExp(String.raw`eyJ|YXdz|IQoJ|\d{8}/|hooks\.slack|[78]Q~|\.[A-Za-z0-9_-]{6}\.|key-[0-9a-f]|${VENDOR_PREFIXES}`)
const LONG_RUN = /[A-Za-z0-9/]{40}/
