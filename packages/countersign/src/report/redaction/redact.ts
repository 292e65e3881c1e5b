/**
 * The last gate: what no report may show is replaced, whatever sentence it stands in.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
 */

import { PLACEHOLDERS, withoutCredentials } from '../../credentials/index.js'
import { base64Of, bytesOf, hexOf, readableText, uriEncode, utf8ByteString } from '../../sigv4/index.js'

/**
 * How much a report hides. keys: access key IDs are whole. safe: fit to be posted in public. strict: names of your own things
 * too. Secrets, session tokens and signatures stand in none.
 */
export const REDACT_LEVELS = ['keys', 'safe', 'strict'] as const
export type RedactLevel = (typeof REDACT_LEVELS)[number]

/**
 * A text without session tokens, signatures, credentials by name or form, and the given secrets; access key IDs keep their first
 * and last four characters. Idempotent.
 *
 * @param secrets Values to take out wherever they stand, also percent-encoded. Those of less than six characters stay:
 * they are no secrets, and taking them out would tear ordinary words.
 */
export function redacted(text: string, secrets: readonly string[] = [], level: RedactLevel = 'safe'): string {
  return new Gate(secrets, []).clean(text, level)
}

/** Values that may not be shown, in all spellings, made ready once for the many texts of a report. */
export class Gate {
  readonly #secrets: Forms
  readonly #seen: Forms

  /**
   * @param secrets What the user gave.
   * @param unspoken Session tokens and signatures of the evidence.
   * @param credentials What else the evidence holds under the name of a credential.
   */
  constructor(secrets: readonly string[], unspoken: readonly string[], credentials: readonly string[] = []) {
    this.#secrets = allForms(secrets.map((secret) => [secret, SECRET]))
    this.#seen = allForms([
      ...unspoken.map((value) => [value, value.length > LONGEST_SIGNATURE ? SESSION_TOKEN : SIGNATURE] as const),
      ...credentials.map((value) => [value, PLACEHOLDERS.credential] as const),
    ])
  }

  /** A text made fit to be shown. */
  clean(text: string, level: RedactLevel): string {
    // What readers saw may be the half of a value whose form shows all of it.
    const clean = replaced(withoutCredentials(replaced(text, this.#secrets)), this.#seen)
    if (level === 'keys') return clean
    return clean.replace(AWS_ACCESS_KEY_ID, maskedParts).replace(CREDENTIAL, (_, before: string, id: string) => before + maskedId(id))
  }

  /** A text without the known values only: the gate behind formats, which escape and fold. */
  given(text: string): string {
    return replaced(replaced(text, this.#secrets), this.#seen)
  }
}

type Forms = readonly (readonly [form: string, placeholder: string])[]

/** All spellings, the longest first, so that a value that holds another is taken out whole. */
function allForms(values: Forms): Forms {
  const forms = new Map<string, string>()
  for (const [value, placeholder] of values) for (const form of formsOf(value)) if (!forms.has(form)) forms.set(form, placeholder)
  return [...forms].sort((a, b) => b[0].length - a[0].length || (a[0] < b[0] ? -1 : 1))
}

function replaced(text: string, forms: Forms): string {
  let clean = text
  for (const [form, placeholder] of forms) if (clean.includes(form)) clean = clean.replaceAll(form, placeholder)
  return clean
}

/** A value that is itself a token, a key or a signature: every long unbroken run is replaced. */
export function maskedValue(text: string, placeholder: string): string {
  return text.replace(/[A-Za-z0-9+/=_%~.-]{20,}/g, placeholder)
}

/** The spellings in which a value can stand somewhere: as it is, escaped, percent-encoded, and its bytes in base64 and hex. */
function formsOf(given: string): Set<string> {
  const forms = new Set<string>()
  // In a query an unescaped "+" is read as a blank.
  const written = [given, given.trim(), given.replace(/[\r\n]+/g, ''), readableText(given)]
  for (const secret of new Set([...written, ...written.map((one) => one.replaceAll('+', ' '))])) {
    if (secret.length < SHORTEST_SECRET) continue
    const bytes = bytesOf(/[\u0100-\uffff]/.test(secret) ? utf8ByteString(secret) : secret)
    const hex = hexOf(bytes)
    const once = uriEncode(secret)
    const spellings = [
      secret,
      JSON.stringify(secret).slice(1, -1),
      // Slashes stay in some encoders, lower-case escapes come from others.
      once,
      uriEncode(secret, '/'),
      uriEncode(once),
      once.replace(/%../g, (digits) => digits.toLowerCase()),
      secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
      secret.toUpperCase(),
      secret.toLowerCase(),
      once.toLowerCase(),
      hex,
      hex.toUpperCase(),
      spaced(hex),
      spaced(hexOf(bytesOf(once))),
      ...base64Forms(bytes),
    ]
    for (const form of spellings) if (form.length >= SHORTEST_SECRET) forms.add(form)
  }
  return forms
}

function spaced(hex: string): string {
  return hex.replace(/..(?=.)/g, '$& ')
}

/** What is left of it in base64 wherever it begins: at each of three places, without the characters that its neighbours share. */
function base64Forms(bytes: Uint8Array): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const text = base64Of(Uint8Array.from([...new Array(shift).fill(0), ...bytes]))
    const whole = Math.floor(((shift + bytes.length) * 8) / 6)
    const from = Math.ceil((shift * 8) / 6)
    return [text.slice(from, whole), text.slice(from, whole - (whole % 4))]
  })
}

function maskedParts(_: string, first: string, middle: string, last: string): string {
  return first + '*'.repeat(middle.length) + last
}

function maskedId(id: string): string {
  if (id.length < 12 || /^\[|\*/.test(id)) return id
  return id.slice(0, 4) + '*'.repeat(id.length - 8) + id.slice(-4)
}

export const SESSION_TOKEN = PLACEHOLDERS.token
export const SIGNATURE = PLACEHOLDERS.signature
const SECRET = PLACEHOLDERS.secret
const SHORTEST_SECRET = 6
// Base64 of a signature of RSA's or ECDSA's length, at most; tokens are longer.
const LONGEST_SIGNATURE = 88

const AWS_ACCESS_KEY_ID = /(?<=^|[^A-Z0-9]|%[0-9A-F]{2})(A(?:KI|SI|BI|CC|ID|RO)A)([A-Z0-9]{8,124})([A-Z0-9]{4})(?![A-Z0-9])/g
const CREDENTIAL = /(credential(?:=|%3d|["']?:\s*["']?))([^\s/%&,"'<>]{1,512})(?=(?:\/|%2f|%252f)\d{8}(?:\/|%2f|%252f))/gi
