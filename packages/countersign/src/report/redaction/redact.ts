/**
 * The last gate: what no report may show is replaced, whatever sentence it stands in.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
 */

import { belowWords, besidePlace, type Hidden, hiddenIn, hiddenInLines, PLACEHOLDERS, withoutCredentials } from '../../credentials/index.js'
import { KnownValues, without, withoutKnown } from './known-values.js'
import type { Found } from './needles.js'
import { nameReadingsOf, readingsOf } from './spellings.js'
import { endOf, startOf, type View } from './view.js'

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
 * @param secrets Values to take out wherever they stand, in whatever spelling. Those of less than six characters stay:
 * they are no secrets, and taking them out would tear ordinary words.
 */
export function redacted(text: string, secrets: readonly string[] = [], level: RedactLevel = 'safe'): string {
  return new Gate(secrets, []).clean(text, level)
}

/**
 * A text without what is a credential by its form or name once escapes are undone, or digits and base64 read: for words of a
 * command line. In evidence a place tells more, and is read with its escapes.
 */
export function withoutEncodedCredentials(text: string): string {
  const found = [...readingsOf(text)].filter(({ starts }) => starts !== undefined).flatMap((view) => placesOf(view, hiddenIn(view.text)))
  return found.length === 0 ? text : without(text, found)
}

/** Lines of evidence without what is a credential, or may be one, in any reading of them. */
export function withoutCredentialsInLines(text: string): string {
  const found = [...nameReadingsOf(text)].flatMap((view) => placesOf(view, hiddenInLines(view.text)))
  return found.length === 0 ? text : without(text, found)
}

/**
 * Lines beside a place without what may be a credential.
 *
 * @param cleaned After all else was taken out of them.
 * @param whole As they were: a word for a credential may announce what is in the lines below it.
 */
export function withoutCredentialsBeside(cleaned: string, whole: string): string {
  const found = [...nameReadingsOf(cleaned)].flatMap((view) => placesOf(view, asCredentials(besidePlace(view.text))))
  const text = found.length === 0 ? cleaned : without(cleaned, found)
  const [lines, written] = [text.split('\n'), whole.split('\n')]
  if (lines.length !== written.length) return text
  const below = placesOf({ text }, asCredentials(belowWords(written, lines)))
  return below.length === 0 ? text : without(text, below)
}

function asCredentials(stretches: Iterable<{ readonly start: number; readonly end: number }>): readonly Hidden[] {
  return [...stretches].map(({ start, end }) => ({ start, end, kind: 'credential' }))
}

/** Where the stretches of a view stood. */
function placesOf(view: View, hidden: readonly Hidden[]): readonly Found[] {
  return hidden.map(({ start, end, kind }) => ({ start: startOf(view, start), end: endOf(view, end - 1), placeholder: PLACEHOLDERS[kind] }))
}

/** Values that may not be shown, in all spellings, made ready once for the many texts of a report. */
export class Gate {
  readonly #secrets: KnownValues
  readonly #seen: KnownValues

  /**
   * @param secrets What the user gave.
   * @param unspoken Session tokens and signatures of the evidence.
   * @param credentials What else the evidence holds under the name of a credential.
   */
  constructor(secrets: readonly string[], unspoken: readonly string[], credentials: readonly string[] = []) {
    this.#secrets = madeReady(secrets)
    this.#seen = new KnownValues([
      ...unspoken.map((value) => [value, value.length > LONGEST_SIGNATURE ? SESSION_TOKEN : SIGNATURE] as const),
      ...credentials.map((value) => [value, PLACEHOLDERS.credential] as const),
    ])
  }

  /** A text made fit to be shown. */
  clean(text: string, level: RedactLevel): string {
    // What readers saw may be the half of a value whose form shows all of it.
    const clean = withoutKnown(withoutCredentials(withoutKnown(text, [this.#secrets])), [this.#seen])
    if (level === 'keys') return clean
    return clean.replace(AWS_ACCESS_KEY_ID, maskedParts).replace(CREDENTIAL, (_, before: string, id: string) => before + maskedId(id))
  }

  /** A text without the known values only: the gate behind formats, which escape and fold. */
  given(text: string): string {
    return withoutKnown(text, [this.#secrets, this.#seen])
  }
}

/** A server has many keys and a line about each request: the same list is made ready once. */
function madeReady(secrets: readonly string[]): KnownValues {
  const known = MADE_READY.get(secrets)
  if (known !== undefined) return known
  const made = new KnownValues(
    secrets.map((secret) => [secret, SECRET]),
    true,
  )
  MADE_READY.set(secrets, made)
  return made
}

/** A value that is itself a token, a key or a signature: every long unbroken run is replaced. */
export function maskedValue(text: string, placeholder: string): string {
  return text.replace(/[A-Za-z0-9+/=_%~.-]{20,}/g, placeholder)
}

export function maskedParts(_: string, first: string, middle: string, last: string): string {
  return first + '*'.repeat(middle.length) + last
}

function maskedId(id: string): string {
  if (id.length < 12 || /^\[|\*/.test(id)) return id
  return id.slice(0, 4) + '*'.repeat(id.length - 8) + id.slice(-4)
}

export const SESSION_TOKEN = PLACEHOLDERS.token
export const SIGNATURE = PLACEHOLDERS.signature
const SECRET = PLACEHOLDERS.secret
const MADE_READY = new WeakMap<readonly string[], KnownValues>()
// Base64 of a signature of RSA's or ECDSA's length, at most; tokens are longer.
export const LONGEST_SIGNATURE = 88

export const AWS_ACCESS_KEY_ID = /(?<=^|[^A-Z0-9]|%[0-9A-F]{2})(A(?:KI|SI|BI|CC|ID|RO)A)([A-Z0-9]{8,124})([A-Z0-9]{4})(?![A-Z0-9])/g
const CREDENTIAL = /(credential(?:=|%3d|["']?:\s*["']?))([^\s/%&,"'<>]{1,512})(?=(?:\/|%2f|%252f)\d{8}(?:\/|%2f|%252f))/gi
