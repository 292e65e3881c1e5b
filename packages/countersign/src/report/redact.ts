/**
 * The last gate: what no report may show is replaced, whatever sentence it stands in.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
 */
import { readableText } from '../sigv4/byte-string.js'
import { uriEncode } from '../sigv4/uri-encoding.js'

/**
 * A text without session tokens, signatures, secrets in configuration lines, and the given secrets; access key IDs keep
 * their first and last four characters. Idempotent.
 *
 * @param secrets Values to take out wherever they stand, also percent-encoded. Those of less than six characters stay:
 * they are no secrets, and taking them out would tear ordinary words.
 */
export function redacted(text: string, secrets: readonly string[] = []): string {
  let clean = withoutGiven(text, secrets)
  for (const [pattern, placeholder] of PATTERNS) clean = clean.replace(pattern, placeholder)
  return clean.replace(AWS_ACCESS_KEY_ID, maskedParts).replace(CREDENTIAL, (_, before: string, id: string) => before + maskedId(id))
}

/** A text without the given secrets only: the gate behind formats that escape line ends. */
export function withoutGiven(text: string, secrets: readonly string[]): string {
  let clean = text
  for (const form of secretForms(secrets)) clean = clean.replaceAll(form, SECRET)
  return clean
}

/** A value that is itself a token, a key or a signature: every long unbroken run is replaced. */
export function maskedValue(text: string, placeholder: string): string {
  return text.replace(/[A-Za-z0-9+/=_%~.-]{20,}/g, placeholder)
}

/** Longest first, so that a secret that holds another is taken out whole. */
function secretForms(secrets: readonly string[]): string[] {
  const forms = new Set<string>()
  for (const given of secrets) {
    for (const secret of [given, given.trim(), given.replace(/[\r\n]+/g, ''), readableText(given)]) {
      const quoted = JSON.stringify(secret).slice(1, -1)
      const once = uriEncode(secret)
      // Slashes stay in some encoders, lower-case escapes come from others.
      const spellings = [
        secret,
        quoted,
        once,
        uriEncode(secret, '/'),
        uriEncode(once),
        once.replace(/%../g, (digits) => digits.toLowerCase()),
      ]
      for (const form of spellings) if (form.length >= SHORTEST_SECRET) forms.add(form)
    }
  }
  return [...forms].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
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
const SECRET = '[secret]'
const SHORTEST_SECRET = 6

const PATTERNS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // Query form, plain or with the "=" encoded: up to what ends a parameter.
  [/(x-amz-security-token(?:=|%3d|%253d))(?!\[)[^&\s"'<>`\\]+/gi, `$1${SESSION_TOKEN}`],
  // Header, canonical and log form ("name: value", "name":"value", ('name', 'value')): up to white space or a quote.
  [
    /(x-amz-security-token["']?[ \t]?(?:[:=]|(?<=["']),)[ \t]*\[?["']?)(?!\[?(?:session token|secret)\])[^\s"'<>`,\\\u240a\u240d]{6,}/gi,
    `$1${SESSION_TOKEN}`,
  ],
  // What the tokens of AWS STS begin with, wherever one stands.
  [/(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz|AQo[A-Z]?[EDZ]YXdz)[A-Za-z0-9+/=%]{16,}/g, SESSION_TOKEN],
  [/((?:aws_?)?session_?token["']?\s*[=:]\s*["']?)(?![[{(])[A-Za-z0-9+/=%]{16,}/gi, `$1${SESSION_TOKEN}`],
  [/(<(?:SessionToken|SecurityToken)>)[^<[]+/gi, `$1${SESSION_TOKEN}`],
  [/((?:aws_?)?secret_?(?:access_?)?key["']?\s*[=:]\s*["']?)(?![[{(])[A-Za-z0-9+/=%]{16,}/gi, `$1${SECRET}`],
  [/(<SecretAccessKey>)[^<[]+/gi, `$1${SECRET}`],
  [/((?:signature(?:provided)?|chunk-signature)["']?(?:\s*[=:>]\s*|%3d|%253d|\s+)["'`]?)[0-9a-f]{64}(?![0-9a-f])/gi, `$1${SIGNATURE}`],
  // The same in base64, plain or percent-encoded: what broken signers and Signature Version 2 send.
  [
    /(signature(?:provided)?["']?\s*[=:>]\s*["']?)(?![0-9a-f]{64})(?:[A-Za-z0-9+/]|%2[bBfF]){27,86}(?:={1,2}|(?:%3[dD]){1,2})/gi,
    `$1${SIGNATURE}`,
  ],
]
const AWS_ACCESS_KEY_ID = /(?<=^|[^A-Z0-9]|%[0-9A-F]{2})(A(?:KI|SI|BI|CC|ID|RO)A)([A-Z0-9]{8,124})([A-Z0-9]{4})(?![A-Z0-9])/g
const CREDENTIAL = /(credential(?:=|%3d|["']?:\s*["']?))([^\s/%&,"'<>]+)(?=(?:\/|%2f|%252f)\d{8}(?:\/|%2f|%252f))/gi
