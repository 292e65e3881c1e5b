/**
 * The "/", "+" or "=" of the secret access key was encoded for a URL, a form or HTML, or decoded once too often, before signing.
 * @see https://hadoop.apache.org/docs/stable/hadoop-aws/tools/hadoop-aws/troubleshooting_s3a.html
 */

import type { SigningInputs } from '../sigv4/signing-inputs.js'
import { uriDecode, uriEncode } from '../sigv4/uri-encoding.js'
import { defineCause } from './cause.js'
import { hintedSuspicions } from './hinted.js'
import { COMPARE_HASHES, explainSecret, type SecretEdits, type SecretParams, secretCandidates, withEditedSecret } from './secret-edit.js'

const EDITS: SecretEdits = {
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

const HEAD = {
  id: 'secret-url-encoded',
  class: 'secret.mangled',
  undo,
  claims: /url.?encod|percent|%2[FB]|%3D|encodeURI|html|entit|escap|decode|\+ |slash|plus/i,
} as const

export const secretUrlEncoded = defineCause<SecretParams>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'the secret access key was encoded or decoded on its way to the signer',
  refusedAt: ['signature'],
  suspect: (file) =>
    hintedSuspicions(
      file,
      HEAD,
      { edit: 'encoded' },
      secretCandidates(file, EDITS, {
        edit: 'decoded',
        when: /%[0-9A-Fa-f]{2}/,
        ground: 'The secret given holds percent-escapes; secrets that AWS issues hold none.',
      }),
    ),
  undo,
  explain: (match) =>
    explainSecret(match, {
      edits: EDITS,
      how: 'a secret that travels in a URL, a form or a connection string is encoded there, and somebody did not decode it, or decoded it once too often',
      fixes: [
        {
          title: 'hand the secret over in the environment or a credentials file, not in a URL',
          applicability: 'has-placeholders',
          command: "aws configure set aws_secret_access_key '<secret access key>'",
          appliesTo: 'AWS CLI and SDKs that read ~/.aws/credentials',
        },
        {
          title: 'decode it once where the URL is read',
          applicability: 'maybe',
          command:
            'urllib.parse.unquote(secret)  # decodeURIComponent(secret), url.PathUnescape(secret); not the form variant, which turns "+" into a space',
          appliesTo: 'application code',
        },
        {
          title: 'set the keys as properties, not as user and password of the URL',
          applicability: 'has-placeholders',
          command: 'fs.s3a.access.key=<access key ID>, fs.s3a.secret.key=<secret access key>',
          appliesTo: 'Hadoop, Spark',
        },
        {
          title: 'print the value unescaped in templates',
          applicability: 'maybe',
          command: '{{{ secret }}}  # or {{ secret | safe }}',
          appliesTo: 'templates that escape for HTML',
        },
      ],
      wrongFixes: [
        {
          title: 'create keys until a secret comes without "/" and "+"',
          why: 'it hides the fault until the next rotation; AWS does not promise which characters a secret holds',
        },
      ],
      check: COMPARE_HASHES,
    }),
})

function undo(inputs: SigningInputs, params: SecretParams): SigningInputs {
  return withEditedSecret(inputs, EDITS, params)
}

function entities(secret: string, slash: string, plus: string, equals: string): string {
  return secret.replaceAll('/', slash).replaceAll('+', plus).replaceAll('=', equals)
}
