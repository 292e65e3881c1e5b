/**
 * Repairs that are tried after nearly every mismatch and mend none; a cause lists those that tempt in its case.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
import type { WrongFix } from './explanation.js'

/** Permissions are looked at after the signature. */
export const CHANGE_IAM_POLICIES: WrongFix = {
  title: 'change IAM or bucket policies',
  why: 'AWS checks the signature before permissions; this request never got that far',
  onlyIfRefusedBySignature: true,
}

/** The mismatch is a function of the bytes. */
export const SEND_AGAIN: WrongFix = {
  title: 'send the same request again',
  why: 'the same bytes give the same mismatch every time; only a new signature over the corrected request can pass',
}

/** A new secret signs the same wrong text. */
export const ROTATE_KEYS: WrongFix = {
  title: 'rotate the access key or type the secret again',
  why: 'the key is fine, the signed text is not; a new key signs the same wrong text',
}

/** The request is refused before any handler sees it. */
export const DEBUG_THE_APPLICATION: WrongFix = {
  title: 'look for the fault in the payload or in application code behind the endpoint',
  why: 'the request is refused before anything behind the signature check has seen it',
  onlyIfRefusedBySignature: true,
}
