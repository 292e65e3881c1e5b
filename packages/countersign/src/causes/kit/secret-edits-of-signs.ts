/**
 * Edits of a secret access key that touch its characters: encoded, lost, cut off, expanded by a shell, in another case.
 * Data of the causes about secrets, each of which takes one table; a secret of another key is tried through all of them.
 */
import { base64Of, bytesOf, uriDecode, uriEncode } from '../../sigv4/index.js'
import type { SecretEdits } from './secret-edit.js'

export const URL_EDITS: SecretEdits = {
  encoded: { edit: (secret) => uriEncode(secret), says: 'was percent-encoded: "/" became "%2F", "+" became "%2B", "=" became "%3D"' },
  'encoded-lower-case': {
    edit: (secret) => uriEncode(secret).replace(/%[0-9A-F]{2}/g, (digits) => digits.toLowerCase()),
    says: 'was percent-encoded with lower-case digits: "/" became "%2f", "+" became "%2b"',
  },
  'slash-encoded': { edit: (secret) => secret.replaceAll('/', '%2F'), says: 'had "%2F" for every "/"' },
  'plus-encoded': { edit: (secret) => secret.replaceAll('+', '%2B'), says: 'had "%2B" for every "+"' },
  'equals-encoded': { edit: (secret) => secret.replaceAll('=', '%3D'), says: 'had "%3D" for every "="' },
  'encoded-twice': { edit: (secret) => uriEncode(uriEncode(secret)), says: 'was percent-encoded twice: "/" became "%252F"' },
  'plus-as-space': { edit: (secret) => secret.replaceAll('+', ' '), says: 'had a space for every "+", as decoding of a form makes it' },
  'plus-as-encoded-space': { edit: (secret) => secret.replaceAll('+', '%20'), says: 'had "%20" for every "+"' },
  'space-as-plus': { edit: (secret) => secret.replaceAll(' ', '+'), says: 'had "+" where the secret given has a space' },
  base64url: {
    edit: (secret) => secret.replaceAll('+', '-').replaceAll('/', '_'),
    says: 'had "-" for "+" and "_" for "/", as URL-safe base64 has',
  },
  'from-base64url': {
    edit: (secret) => secret.replaceAll('-', '+').replaceAll('_', '/'),
    says: 'had "+" and "/" where the secret given has "-" and "_"',
  },
  'html-hex': {
    edit: (secret) => entities(secret, '&#x2F;', '&#x2B;', '&#x3D;'),
    says: 'had HTML entities for its signs: "&#x2F;" for "/"',
  },
  'html-decimal': {
    edit: (secret) => entities(secret, '&#47;', '&#43;', '&#61;'),
    says: 'had HTML entities for its signs: "&#47;" for "/"',
  },
  'html-slash-only': { edit: (secret) => secret.replaceAll('/', '&#x2F;'), says: 'had the HTML entity "&#x2F;" for every "/"' },
  'html-plus-only': { edit: (secret) => secret.replaceAll('+', '&#43;'), says: 'had the HTML entity "&#43;" for every "+"' },
  'unicode-escapes': {
    edit: (secret) => entities(secret, '\\u002f', '\\u002b', '\\u003d'),
    says: 'had JSON escapes for its signs: "\\u002f" for "/"',
  },
  'unicode-escapes-upper-case': {
    edit: (secret) => entities(secret, '\\u002F', '\\u002B', '\\u003D'),
    says: 'had JSON escapes for its signs: "\\u002F" for "/"',
  },
  decoded: { edit: (secret) => uriDecode(secret), says: 'was percent-decoded, while the secret given is encoded' },
  'decoded-html': {
    edit: (secret) =>
      secret
        .replace(/&#(?:x2f|47);/gi, '/')
        .replace(/&#(?:x2b|43);/gi, '+')
        .replace(/&#(?:x3d|61);/gi, '='),
    says: 'had plain signs, while the secret given has HTML entities',
  },
}

export const LOSS_EDITS: SecretEdits = {
  'without-slash': { edit: (secret) => secret.replaceAll('/', ''), says: 'had lost every "/"' },
  'without-plus': { edit: (secret) => secret.replaceAll('+', ''), says: 'had lost every "+"' },
  'without-signs': { edit: (secret) => secret.replace(/[^A-Za-z0-9]/g, ''), says: 'had lost everything but letters and digits' },
  'without-equals': { edit: (secret) => secret.replaceAll('=', ''), says: 'had lost every "="' },
  'slash-doubled': { edit: (secret) => secret.replaceAll('/', '//'), says: 'had every "/" twice' },
  'slash-as-backslash': { edit: (secret) => secret.replaceAll('/', '\\'), says: 'had a backslash for every "/"' },
  'last-doubled': { edit: (secret) => secret + secret.slice(-1), says: 'had its last character twice' },
  'first-doubled': { edit: (secret) => secret.slice(0, 1) + secret, says: 'had its first character twice' },
  twice: { edit: (secret) => secret + secret, says: 'was pasted twice in a row' },
}

export const CUT_EDITS: SecretEdits = {
  'last-missing': { edit: (secret) => secret.slice(0, -1), says: 'is missing its last character' },
  'two-last-missing': { edit: (secret) => secret.slice(0, -2), says: 'is missing its last two characters' },
  'first-missing': { edit: (secret) => secret.slice(1), says: 'lacked its first character' },
  'both-ends-missing': { edit: (secret) => secret.slice(1, -1), says: 'lacked its first and its last character' },
  'cut-at-slash': { edit: (secret) => until(secret, '/'), says: 'ended before its first "/"' },
  'cut-at-plus': { edit: (secret) => until(secret, '+'), says: 'ended before its first "+"' },
  'cut-at-equals': { edit: (secret) => until(secret, '='), says: 'ended before its first "="' },
  'cut-at-hash': { edit: (secret) => until(secret, '#'), says: 'ended before its first "#", where a comment begins' },
  'cut-at-dollar': { edit: (secret) => until(secret, '$'), says: 'ended before its first "$"' },
  'cut-at-ampersand': { edit: (secret) => until(secret, '&'), says: 'ended before its first "&"' },
  'cut-at-percent': { edit: (secret) => until(secret, '%'), says: 'ended before its first "%"' },
  'cut-at-colon': { edit: (secret) => until(secret, ':'), says: 'ended before its first ":"' },
  'cut-at-backslash': { edit: (secret) => until(secret, '\\'), says: 'ended before its first backslash' },
  'cut-at-exclamation-mark': { edit: (secret) => until(secret, '!'), says: 'ended before its first "!"' },
  'after-slash': { edit: (secret) => secret.slice(secret.indexOf('/') + 1), says: 'began after its first "/"' },
  'cut-at-32': { edit: (secret) => secret.slice(0, 32), says: 'was cut after 32 characters' },
  'cut-at-20': { edit: (secret) => secret.slice(0, 20), says: 'was cut after 20 characters' },
  'after-plus': { edit: (secret) => secret.slice(secret.indexOf('+') + 1), says: 'began after its first "+"' },
  'after-last-slash': { edit: (secret) => secret.slice(secret.lastIndexOf('/') + 1), says: 'began after its last "/"' },
  'three-last-missing': { edit: (secret) => secret.slice(0, -3), says: 'is missing its last three characters' },
  'two-first-missing': { edit: (secret) => secret.slice(2), says: 'lacked its first two characters' },
  'cut-at-36': { edit: (secret) => secret.slice(0, 36), says: 'was cut after 36 characters' },
  'cut-at-30': { edit: (secret) => secret.slice(0, 30), says: 'was cut after 30 characters' },
}

export const CASE_EDITS: SecretEdits = {
  'lower-case': { edit: (secret) => secret.toLowerCase(), says: 'was in lower case' },
  'upper-case': { edit: (secret) => secret.toUpperCase(), says: 'was in upper case' },
  'case-swapped': {
    edit: (secret) => secret.replace(/[A-Za-z]/g, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase())),
    says: 'had capitals for small letters and small letters for capitals, as with Caps Lock on',
  },
  'first-upper-case': {
    edit: (secret) => secret.slice(0, 1).toUpperCase() + secret.slice(1),
    says: 'began with a capital in place of a small letter',
  },
  'first-lower-case': {
    edit: (secret) => secret.slice(0, 1).toLowerCase() + secret.slice(1),
    says: 'began with a small letter in place of a capital',
  },
}

export const SHELL_EDITS: SecretEdits = {
  'without-backslash': { edit: (secret) => secret.replaceAll('\\', ''), says: 'had no backslash, while the secret given has' },
  'slash-escaped': { edit: (secret) => secret.replaceAll('/', '\\/'), says: 'had a backslash before every "/"' },
  'plus-escaped': { edit: (secret) => secret.replaceAll('+', '\\+'), says: 'had a backslash before every "+"' },
  'signs-escaped': { edit: (secret) => secret.replace(/[^A-Za-z0-9]/g, '\\$&'), says: 'had a backslash before every sign' },
  'dollar-word-expanded': {
    edit: (secret) => secret.replace(/\$(?:\d|[A-Za-z_]\w*)/g, ''),
    says: 'had lost a "$" and the word after it, as a shell takes a variable that is not set',
  },
  'dollar-doubled': { edit: (secret) => secret.replaceAll('$', '$$$$'), says: 'had every "$" twice' },
  'percent-doubled': { edit: (secret) => secret.replaceAll('%', '%%'), says: 'had every "%" twice' },
  'dollar-single': { edit: (secret) => secret.replaceAll('$$', '$'), says: 'had one "$" for every two' },
  'backslash-single': { edit: (secret) => secret.replaceAll('\\\\', '\\'), says: 'had one backslash for every two' },
  'backslash-doubled': { edit: (secret) => secret.replaceAll('\\', '\\\\'), says: 'had every backslash twice' },
  'exclamation-mark-escaped': { edit: (secret) => secret.replaceAll('!', '\\!'), says: 'had a backslash before every "!"' },
  'dollar-escaped': { edit: (secret) => secret.replaceAll('$', '\\$'), says: 'had a backslash before every "$"' },
  'percent-word-expanded': {
    edit: (secret) => secret.replace(/%[^%\s]{1,40}%/g, ''),
    says: 'had lost a word between two "%", as Windows takes a variable that is not set',
  },
  'percent-lost': { edit: (secret) => secret.replaceAll('%', ''), says: 'had lost every "%"' },
  'caret-lost': { edit: (secret) => secret.replaceAll('^', ''), says: 'had lost every "^", which Windows takes as an escape' },
}

export const BASE64_EDITS: SecretEdits = {
  base64: { edit: (secret) => base64Of(bytesOf(secret)), says: 'was encoded in base64' },
  'base64-with-line-feed': { edit: (secret) => base64Of(bytesOf(`${secret}\n`)), says: 'was encoded in base64 together with a line feed' },
  'base64-decoded': { edit: base64Decoded, says: 'was decoded from base64' },
  'base64-twice': { edit: (secret) => base64Of(bytesOf(base64Of(bytesOf(secret)))), says: 'was encoded in base64 twice' },
  'base64-unpadded': {
    edit: (secret) => base64Of(bytesOf(secret)).replace(/(?<!=)=+$/, ''),
    says: 'was encoded in base64, without the "=" at its end',
  },
}

function entities(secret: string, slash: string, plus: string, equals: string): string {
  return secret.replaceAll('/', slash).replaceAll('+', plus).replaceAll('=', equals)
}

function until(secret: string, sign: string): string {
  const at = secret.indexOf(sign)
  return at < 0 ? secret : secret.slice(0, at)
}

/** The bytes that some base64 text stands for; the text itself where it is not base64. */
function base64Decoded(text: string): string {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.replace(/(?<!=)=+$/, '').length % 4 === 1) return text
  let bits = 0
  let held = 0
  let bytes = ''
  for (const digit of text.replace(/(?<!=)=+$/, '')) {
    held = ((held << 6) | BASE64.indexOf(digit)) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes += String.fromCharCode((held >> bits) & 0xff)
    }
  }
  return bytes
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
