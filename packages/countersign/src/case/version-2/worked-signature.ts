/** A signature of Version 2 recomputed: which change of the text, of the way it was written, or of the signature, gives the one provided. */
import type { CauseId } from '../../catalog/index.js'
import { type Digest, type Version2Parts, version2Mac, version2Text } from '../../sigv2/index.js'
import { byteString, bytesOfBase64, hexOf } from '../../sigv4/index.js'
import { type Shown, signatureShown } from '../shown.js'
import { edited, type Version2Edit, version2Edits } from './edits.js'

/** A signature as bytes, and how it was written. Version 2 sends base64 of the bytes. */
export interface SignatureWritten {
  /** 40 or 64 digits. */
  readonly hex: string
  readonly as: 'base64' | 'hex' | 'HEX' | 'base64-of-hex'
}

/** What was wrong with the text as a whole, or with what was made of it. */
export interface Fault {
  readonly cause: CauseId
  readonly what: string
  readonly why: string
  readonly values: Readonly<Record<string, string>>
}

export interface Worked {
  readonly edits: readonly Version2Edit[]
  readonly fault?: Fault
  readonly shown: Shown
}

/** The bytes that a text stands for; `undefined` where it is no signature of either digest in any form. */
export function formOfSignature(text: string): SignatureWritten | undefined {
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)) return { hex: text, as: 'hex' }
  if (/^(?:[0-9A-F]{40}|[0-9A-F]{64})$/.test(text)) return { hex: text.toLowerCase(), as: 'HEX' }
  const bytes = bytesOfBase64(text)
  if (bytes === undefined) return undefined
  if (bytes.length === 20 || bytes.length === 32) return { hex: hexOf(bytes), as: 'base64' }
  const inner = byteString(bytes).trim()
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(inner) ? { hex: inner.toLowerCase(), as: 'base64-of-hex' } : undefined
}

/** What gives the signature under a secret: nothing changed, one change, two, or another way of writing. The first in this order. */
export function workedSignature(given: {
  readonly base: Version2Parts
  readonly form: SignatureWritten
  readonly secret: string
  readonly digest: Digest | undefined
  readonly wire: string | undefined
}): Worked | undefined {
  const { base, form, secret, wire } = given
  const own: Digest = form.hex.length === 40 ? 'sha1' : 'sha256'
  // S3 knows one digest; of a query service the request names it.
  const digest = given.digest ?? (base.form === 's3' ? 'sha1' : own)
  const matches = (text: string): boolean => hexOf(version2Mac(secret, text, own)) === form.hex
  const shownBy = (text: string, how: string): Shown =>
    signatureShown(form.hex, hexOf(version2Mac(secret, text, own)), `${how} the signature calculated is the one you provided`, undefined)!
  const plain = version2Text(base)
  if (matches(plain)) {
    const fault = faultOfForm(form, digest, own)
    const how = fault === undefined ? 'the text that the service has, unchanged, gives it:' : 'in the right form'
    return { edits: [], ...(fault !== undefined && { fault }), shown: shownBy(plain, how) }
  }
  for (const [what, text] of wholeTexts(base))
    if (matches(text))
      return {
        edits: [],
        fault: { cause: 'string-to-sign-malformed', what, why: WHY_TEXT, values: { fault: 'literal-line-breaks' } },
        shown: shownBy(text, 'with this text'),
      }
  const edits = [...version2Edits(base, wire, TYPES)]
  const texts = edits.map((edit) => edited(base, edit))
  for (const [i, edit] of edits.entries()) {
    const text = version2Text(texts[i]!)
    if (matches(text)) return { edits: [edit], shown: shownBy(text, 'with this change') }
  }
  for (const [i, one] of edits.entries())
    for (const other of edits.slice(i + 1, i + 1 + MOST_PARTNERS)) {
      if (one.part === other.part) continue
      const text = version2Text(edited(texts[i]!, other))
      if (matches(text))
        return { edits: [one, other], shown: shownBy(text, 'with these changes together, and with none of them left out,') }
    }
  return undefined
}

function faultOfForm(form: SignatureWritten, wanted: Digest, own: Digest): Fault | undefined {
  if (wanted !== own)
    return {
      cause: 'signature-encoding-changed',
      what: `the signature was made with HMAC-${own === 'sha1' ? 'SHA1' : 'SHA256'}; the request says, or the service wants, HMAC-${wanted === 'sha1' ? 'SHA1' : 'SHA256'}`,
      why: 'SignatureMethod names the digest; S3 knows HMAC-SHA1 only',
      values: { form: 'digest' },
    }
  if (form.as === 'base64') return undefined
  return {
    cause: 'signature-encoding-changed',
    what: WRITTEN[form.as],
    why: WHY_FORM,
    values: { form: form.as === 'HEX' ? 'other' : form.as },
  }
}

function* wholeTexts(base: Version2Parts): Iterable<readonly [what: string, text: string]> {
  const text = version2Text(base)
  yield ['a line feed followed the last line of the string to sign', `${text}\n`]
  yield ['a line feed stood before the first line of the string to sign', `\n${text}`]
  yield [
    'the lines of the string to sign were joined with a backslash and the letter "n" in place of line feeds',
    text.replaceAll('\n', '\\n'),
  ]
  yield ['the lines of the string to sign were joined with a carriage return and a line feed', text.replaceAll('\n', '\r\n')]
  yield ['the lines of the string to sign were joined with nothing between them', text.replaceAll('\n', '')]
}

const WRITTEN = {
  hex: 'the signature was sent as hexadecimal digits in place of base64',
  HEX: 'the signature was sent as hexadecimal digits in place of base64',
  'base64-of-hex': 'the signature is the base64 of its hexadecimal digits, in place of the base64 of its bytes',
} as const
const WHY_FORM = 'Signature Version 2 is sent as the base64 of the bytes of the HMAC: 28 characters with SHA-1, 44 with SHA-256'
const WHY_TEXT = 'the lines of the string to sign are joined by single line feeds, and nothing follows the last'
/** Types that clients and browsers fill in by themselves. */
const TYPES = [
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=utf-8',
  'application/octet-stream',
  'binary/octet-stream',
  'application/json',
  'text/plain',
  'text/plain; charset=utf-8',
  'text/plain;charset=UTF-8',
  'text/html',
  'text/csv',
  'application/pdf',
  'application/zip',
  'image/png',
  'image/jpeg',
  'image/gif',
  'video/mp4',
  'multipart/form-data',
] as const
/** The pairs of a text are bounded: some thousand HMACs of a few hundred bytes. */
const MOST_PARTNERS = 60
