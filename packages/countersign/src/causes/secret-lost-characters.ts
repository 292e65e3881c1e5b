/**
 * Characters of the secret access key were lost, doubled or changed on the way to the signer: by a shell, a length limit, a parser, a slip of the mouse.
 * @see https://github.com/mhart/aws4/issues/22
 * @see https://github.com/aws/aws-cli/issues/602
 */
import { base64Of, bytesOf } from '../sigv4/byte-string.js'

import type { SigningInputs } from '../sigv4/signing-inputs.js'
import { defineCause } from './cause.js'
import { hintedSuspicions } from './hinted.js'
import { COMPARE_HASHES, explainSecret, type SecretEdits, type SecretParams, secretCandidates, withEditedSecret } from './secret-edit.js'

const EDITS: SecretEdits = {
  'without-slash': { edit: (secret) => secret.replaceAll('/', ''), says: 'had lost every "/"' },
  'without-plus': { edit: (secret) => secret.replaceAll('+', ''), says: 'had lost every "+"' },
  'without-signs': { edit: (secret) => secret.replace(/[^A-Za-z0-9]/g, ''), says: 'had lost everything but letters and digits' },
  'without-equals': { edit: (secret) => secret.replaceAll('=', ''), says: 'had lost every "="' },
  'without-backslash': { edit: (secret) => secret.replaceAll('\\', ''), says: 'had no backslash, while the secret given has' },
  'slash-escaped': { edit: (secret) => secret.replaceAll('/', '\\/'), says: 'had a backslash before every "/"' },
  'plus-escaped': { edit: (secret) => secret.replaceAll('+', '\\+'), says: 'had a backslash before every "+"' },
  'signs-escaped': { edit: (secret) => secret.replace(/[^A-Za-z0-9]/g, '\\$&'), says: 'had a backslash before every sign' },
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
  'dollar-word-expanded': {
    edit: (secret) => secret.replace(/\$(?:\d|[A-Za-z_]\w*)/g, ''),
    says: 'had lost a "$" and the word after it, as a shell takes a variable that is not set',
  },
  'dollar-doubled': { edit: (secret) => secret.replaceAll('$', '$$$$'), says: 'had every "$" twice' },
  'percent-doubled': { edit: (secret) => secret.replaceAll('%', '%%'), says: 'had every "%" twice' },
  'slash-doubled': { edit: (secret) => secret.replaceAll('/', '//'), says: 'had every "/" twice' },
  'slash-as-backslash': { edit: (secret) => secret.replaceAll('/', '\\'), says: 'had a backslash for every "/"' },
  'last-missing': { edit: (secret) => secret.slice(0, -1), says: 'lacked its last character' },
  'two-last-missing': { edit: (secret) => secret.slice(0, -2), says: 'lacked its last two characters' },
  'first-missing': { edit: (secret) => secret.slice(1), says: 'lacked its first character' },
  'both-ends-missing': { edit: (secret) => secret.slice(1, -1), says: 'lacked its first and its last character' },
  'cut-at-32': { edit: (secret) => secret.slice(0, 32), says: 'was cut after 32 characters' },
  'cut-at-20': { edit: (secret) => secret.slice(0, 20), says: 'was cut after 20 characters' },
  'last-doubled': { edit: (secret) => secret + secret.slice(-1), says: 'had its last character twice' },
  'first-doubled': { edit: (secret) => secret.slice(0, 1) + secret, says: 'had its first character twice' },
  twice: { edit: (secret) => secret + secret, says: 'was pasted twice in a row' },
  'lower-case': { edit: (secret) => secret.toLowerCase(), says: 'was in lower case' },
  'upper-case': { edit: (secret) => secret.toUpperCase(), says: 'was in upper case' },
  base64: { edit: (secret) => base64Of(bytesOf(secret)), says: 'was encoded in base64' },
  'base64-with-line-feed': { edit: (secret) => base64Of(bytesOf(`${secret}\n`)), says: 'was encoded in base64 together with a line feed' },
  'base64-decoded': { edit: base64Decoded, says: 'was decoded from base64' },
}

const HEAD = {
  id: 'secret-lost-characters',
  class: 'secret.mangled',
  undo,
  claims: /truncat|\blost\b|missing char|cut off|backslash|escap|lower.?case|upper.?case|base64|typo|shell|\$|special char|slash|plus/i,
} as const

export const secretLostCharacters = defineCause<SecretParams>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'characters of the secret access key were lost, added or changed before signing',
  refusedAt: ['signature'],
  suspect: (file) =>
    hintedSuspicions(
      file,
      HEAD,
      { edit: 'without-slash' },
      secretCandidates(file, EDITS, {
        edit: 'without-backslash',
        when: /\\/,
        ground: 'The secret given holds a backslash; secrets that AWS issues hold none.',
      }),
    ),
  undo,
  explain: (match) =>
    explainSecret(match, {
      edits: EDITS,
      how: 'a shell, a length limit, a parser of configuration or a slip while copying changed the value; none of them reports it',
      fixes: [
        {
          title: 'set the secret again, in single quotation marks so that the shell leaves it alone',
          applicability: 'has-placeholders',
          command: "aws configure set aws_secret_access_key '<secret access key>'",
          appliesTo: 'POSIX shell, PowerShell',
        },
        { title: 'write "$$" for every "$"', applicability: 'maybe', appliesTo: 'Docker Compose files, Makefiles' },
        {
          title: 'write "%%" for every "%", or switch interpolation off',
          applicability: 'maybe',
          command: 'configparser.ConfigParser(interpolation=None)',
          appliesTo: 'Python configparser; Windows batch files',
        },
        {
          title: 'encode the value in base64 exactly once, and only under "data"',
          applicability: 'has-placeholders',
          command: "printf %s '<secret access key>' | base64 -w0   # or put it under stringData as it is",
          appliesTo: 'Kubernetes secrets',
        },
        {
          title: 'widen the field that holds the secret',
          applicability: 'maybe',
          appliesTo: 'databases and forms; secrets of AWS have 40 characters, other stores have more',
        },
      ],
      wrongFixes: [
        {
          title: 'escape the "/" of the secret with a backslash',
          why: 'outside a few parsers the backslash becomes part of the secret, and the signature is wrong in a new way',
        },
      ],
      check: COMPARE_HASHES,
    }),
})

function undo(inputs: SigningInputs, params: SecretParams): SigningInputs {
  return withEditedSecret(inputs, EDITS, params)
}

function until(secret: string, sign: string): string {
  const at = secret.indexOf(sign)
  return at < 0 ? secret : secret.slice(0, at)
}

/** The bytes that some base64 text stands for; the text itself where it is not base64. */
function base64Decoded(text: string): string {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.replace(/=+$/, '').length % 4 === 1) return text
  let bits = 0
  let held = 0
  let bytes = ''
  for (const digit of text.replace(/=+$/, '')) {
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
