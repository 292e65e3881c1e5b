/**
 * The last gate: what no report may show is replaced, whatever sentence it stands in.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
 */
import { base64Of, bytesOf, hexOf, readableText, utf8ByteString } from '../sigv4/byte-string.js'
import { uriEncode } from '../sigv4/uri-encoding.js'

/**
 * How much a report hides. keys: access key IDs are whole. safe: fit to be posted in public. strict: names of your own things
 * too. Secrets, session tokens and signatures stand in none.
 */
export const REDACT_LEVELS = ['keys', 'safe', 'strict'] as const
export type RedactLevel = (typeof REDACT_LEVELS)[number]

/**
 * A text without session tokens, signatures, secrets in configuration lines, and the given secrets; access key IDs keep
 * their first and last four characters. Idempotent.
 *
 * @param secrets Values to take out wherever they stand, also percent-encoded. Those of less than six characters stay:
 * they are no secrets, and taking them out would tear ordinary words.
 */
export function redacted(text: string, secrets: readonly string[] = [], level: RedactLevel = 'safe'): string {
  return new Gate(secrets, []).clean(text, level)
}

/** Values that may not be shown, in all spellings, made ready once for the many texts of a report. */
export class Gate {
  readonly #forms: readonly (readonly [form: string, placeholder: string])[]

  /**
   * @param secrets What the user gave.
   * @param unspoken Session tokens and signatures of the evidence.
   */
  constructor(secrets: readonly string[], unspoken: readonly string[]) {
    const forms = new Map<string, string>()
    for (const secret of secrets) for (const form of formsOf(secret)) forms.set(form, SECRET)
    for (const value of unspoken) {
      const placeholder = value.length > LONGEST_SIGNATURE ? SESSION_TOKEN : SIGNATURE
      for (const form of formsOf(value)) if (!forms.has(form)) forms.set(form, placeholder)
    }
    // Longest first, so that a value that holds another is taken out whole.
    this.#forms = [...forms].sort((a, b) => b[0].length - a[0].length || (a[0] < b[0] ? -1 : 1))
  }

  /** A text made fit to be shown. */
  clean(text: string, level: RedactLevel): string {
    let clean = this.given(text)
    for (const [pattern, placeholder] of PATTERNS) clean = clean.replace(pattern, placeholder)
    if (level === 'keys') return clean
    return clean.replace(AWS_ACCESS_KEY_ID, maskedParts).replace(CREDENTIAL, (_, before: string, id: string) => before + maskedId(id))
  }

  /** A text without the known values only: the gate behind formats, which escape and fold. */
  given(text: string): string {
    let clean = text
    for (const [form, placeholder] of this.#forms) if (clean.includes(form)) clean = clean.replaceAll(form, placeholder)
    return clean
  }
}

/** A value that is itself a token, a key or a signature: every long unbroken run is replaced. */
export function maskedValue(text: string, placeholder: string): string {
  return text.replace(/[A-Za-z0-9+/=_%~.-]{20,}/g, placeholder)
}

/** The spellings in which a value can stand somewhere: as it is, escaped, percent-encoded, and its bytes in base64 and hex. */
function formsOf(given: string): Set<string> {
  const forms = new Set<string>()
  for (const secret of new Set([given, given.trim(), given.replace(/[\r\n]+/g, ''), readableText(given)])) {
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
  if (id.length < 12 || id.includes('*')) return id
  return id.slice(0, 4) + '*'.repeat(id.length - 8) + id.slice(-4)
}

export const SESSION_TOKEN = '[session token]'
export const SIGNATURE = '[signature]'
const CREDENTIALS = '[credentials]'
const SECRET = '[secret]'
const SHORTEST_SECRET = 6
// Base64 of a signature of RSA's or ECDSA's length, at most; tokens are longer.
const LONGEST_SIGNATURE = 88

const PATTERNS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // Query form, plain or with the "=" encoded: up to what ends a parameter.
  [/(x-amz-(?:security|s3session)-token(?:=|%3d|%253d))(?!\[)[^&\s"'<>`\\]+/gi, `$1${SESSION_TOKEN}`],
  // Header, canonical and log form ("name: value", "name":"value", ('name', 'value')): up to white space or a quote.
  [
    /(x-amz-(?:security|s3session)-token["']?[ \t]?(?:[:=]|(?<=["']),)[ \t]*\[?["']?)(?!\[?(?:session token|secret)\])[^\s"'<>`,\\\u240a\u240d]{6,}/gi,
    `$1${SESSION_TOKEN}`,
  ],
  // What the tokens of AWS STS begin with, wherever one stands.
  [/(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz|AQo[A-Z]?[EDZ]YXdz)[A-Za-z0-9+/=%]{16,}/g, SESSION_TOKEN],
  [/((?:aws_?)?session_?token["']?\s*[=:]\s*["']?)(?![[{(])[A-Za-z0-9+/=%]{16,}/gi, `$1${SESSION_TOKEN}`],
  [/(<(?:SessionToken|SecurityToken)>)[^<[]+/gi, `$1${SESSION_TOKEN}`],
  [/((?:aws_?)?secret_?(?:access_?)?key["']?\s*[=:]\s*["']?)(?![[{(])[A-Za-z0-9+/=%]{16,}/gi, `$1${SECRET}`],
  [/(<SecretAccessKey>)[^<[]+/gi, `$1${SECRET}`],
  [
    /((?:signature(?:provided)?|chunk-signature)["']?(?:\s*[=:>]\s*|%3d|%253d|\s+)["'`]?)(?:[0-9a-f]{64}|[0-9a-f]{128,144})(?![0-9a-f])/gi,
    `$1${SIGNATURE}`,
  ],
  // The same in base64, plain or percent-encoded: what broken signers and Signature Version 2 send.
  [
    /(signature(?:provided)?["']?\s*[=:>]\s*["']?)(?![0-9a-f]{64})(?:[A-Za-z0-9+/]|%2[bBfF]){27,86}(?:={1,2}|(?:%3[dD]){1,2})/gi,
    `$1${SIGNATURE}`,
  ],
  // What other ways of signing in put beside a signature: cookies, keys of gateways, bearer tokens.
  [/((?:^|[\n"'(])(?:set-)?cookie["']?[ \t]{0,4}[:,][ \t]{0,4}["']?)(?!\[)[^\r\n"'<>\u240a\u240d]{1,4096}/gi, `$1${CREDENTIALS}`],
  [/((?:x-api-key|x-auth-token|x-vault-token)["']?[ \t]{0,4}[:=,][ \t]{0,4}["']?)(?!\[)[^\s"'<>&\u240a\u240d]{6,}/gi, `$1${CREDENTIALS}`],
  [/((?<![A-Za-z])(?:Bearer|Basic) )[A-Za-z0-9+/=._~-]{12,}/g, `$1${CREDENTIALS}`],
]
const AWS_ACCESS_KEY_ID = /(?<=^|[^A-Z0-9]|%[0-9A-F]{2})(A(?:KI|SI|BI|CC|ID|RO)A)([A-Z0-9]{8,124})([A-Z0-9]{4})(?![A-Z0-9])/g
const CREDENTIAL = /(credential(?:=|%3d|["']?:\s*["']?))([^\s/%&,"'<>]+)(?=(?:\/|%2f|%252f)\d{8}(?:\/|%2f|%252f))/gi
