/**
 * The secret access key was signed with together with white space that came along when it was copied: blank, tab, no-break space, byte order mark.
 * @see https://github.com/aws/aws-sdk-js/issues/86
 */
import type { SigningInputs } from '../sigv4/signing-inputs.js'
import { defineCause } from './cause.js'
import { hintedSuspicions } from './hinted.js'
import { COUNT_CHARACTERS, explainSecret, type SecretEdits, type SecretParams, secretCandidates, withEditedSecret } from './secret-edit.js'

const EDITS: SecretEdits = {
  'trailing-space': { edit: (secret) => `${secret} `, says: 'ended in a space', shown: '<secret access key> ' },
  'leading-space': { edit: (secret) => ` ${secret}`, says: 'began with a space', shown: ' <secret access key>' },
  'space-around': { edit: (secret) => ` ${secret} `, says: 'stood between two spaces', shown: ' <secret access key> ' },
  'two-trailing-spaces': { edit: (secret) => `${secret}  `, says: 'ended in two spaces', shown: '<secret access key>  ' },
  'trailing-tab': { edit: (secret) => `${secret}\t`, says: 'ended in a tab', shown: '<secret access key>\\t' },
  'leading-tab': { edit: (secret) => `\t${secret}`, says: 'began with a tab', shown: '\\t<secret access key>' },
  'trailing-no-break-space': {
    edit: (secret) => `${secret}${NBSP}`,
    says: 'ended in a no-break space (U+00A0)',
    shown: '<secret access key>\\u00a0',
  },
  'leading-no-break-space': {
    edit: (secret) => `${NBSP}${secret}`,
    says: 'began with a no-break space (U+00A0)',
    shown: '\\u00a0<secret access key>',
  },
  'trailing-no-break-space-latin1': {
    edit: (secret) => `${secret}\xa0`,
    says: 'ended in a no-break space written as one byte',
    shown: '<secret access key>\\xa0',
  },
  'trailing-zero-width-space': {
    edit: (secret) => `${secret}${ZERO_WIDTH}`,
    says: 'ended in a zero-width space (U+200B), which no editor shows',
    shown: '<secret access key>\\u200b',
  },
  'leading-zero-width-space': {
    edit: (secret) => `${ZERO_WIDTH}${secret}`,
    says: 'began with a zero-width space (U+200B), which no editor shows',
    shown: '\\u200b<secret access key>',
  },
  'byte-order-mark': {
    edit: (secret) => `${BOM}${secret}`,
    says: 'began with a byte order mark (U+FEFF), which no editor shows',
    shown: '\\ufeff<secret access key>',
  },
  'trailing-byte-order-mark': {
    edit: (secret) => `${secret}${BOM}`,
    says: 'ended in U+FEFF, which no editor shows',
    shown: '<secret access key>\\ufeff',
  },
  trimmed: {
    edit: (secret) => secret.replace(OUTER_SPACE, ''),
    says: 'had no white space around it, while the secret given has',
    shown: '<secret access key without its white space>',
  },
  'without-any': {
    edit: (secret) => secret.replace(/[ \t]/g, ''),
    says: 'had no white space in it, while the secret given has',
    shown: '<secret access key without any white space>',
  },
}

const HEAD = {
  id: 'secret-has-space',
  class: 'secret.mangled',
  undo,
  claims: /white ?space|\bspaces?\b|blank|\btab\b|trim|strip|nbsp|no-break|zero.width|\bBOM\b|byte order/i,
} as const

export const secretHasSpace = defineCause<SecretParams>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'white space was part of the secret access key that signed',
  refusedAt: ['signature'],
  suspect: (file) =>
    hintedSuspicions(
      file,
      HEAD,
      { edit: 'trailing-space' },
      secretCandidates(file, EDITS, {
        edit: 'trimmed',
        when: /^(?:[ \t]|\xc2\xa0|\xe2\x80\x8b|\xef\xbb\xbf)|(?:[ \t]|\xc2\xa0|\xe2\x80\x8b|\xef\xbb\xbf)$/,
        ground: 'The secret given has white space at an end.',
      }),
    ),
  undo,
  explain: (match) =>
    explainSecret(match, {
      edits: EDITS,
      how: 'white space came along when the value was copied from a page, a table or a mail, or stands around the "=" of a file',
      fixes: [
        {
          title: 'set the secret again, typed or pasted between quotes that end right after it',
          applicability: 'has-placeholders',
          command: "aws configure set aws_secret_access_key '<secret access key>'",
          appliesTo: 'AWS CLI and SDKs that read ~/.aws/credentials',
        },
        {
          title: 'look at the bytes around the value: c2 a0, e2 80 8b and ef bb bf are what no editor shows',
          applicability: 'exact',
          command: 'printf %s "$AWS_SECRET_ACCESS_KEY" | od -An -c | sed -n "1p;\\$p"',
          appliesTo: 'POSIX shell; shows parts of the secret, so keep the output to yourself',
        },
        {
          title: 'remove everything that a secret cannot hold',
          applicability: 'exact',
          command: 'export AWS_SECRET_ACCESS_KEY="$(printf %s "$AWS_SECRET_ACCESS_KEY" | LC_ALL=C tr -cd \'A-Za-z0-9+/=\')"',
          appliesTo: 'POSIX shell',
        },
        { title: 'save the file as UTF-8 without a byte order mark', applicability: 'maybe', appliesTo: 'Windows editors' },
        {
          title: 'trim the value in code',
          applicability: 'maybe',
          command: 'secret.strip()  # secret.trim(), strings.TrimSpace(secret)',
          appliesTo: 'application code',
        },
      ],
      wrongFixes: [{ title: 'create new access keys', why: 'the new secret takes the same way to the signer and is changed on it again' }],
      check: COUNT_CHARACTERS,
    }),
})

function undo(inputs: SigningInputs, params: SecretParams): SigningInputs {
  return withEditedSecret(inputs, EDITS, params)
}

/** UTF-8, as the bytes reach HMAC. */
const NBSP = '\xc2\xa0'
const ZERO_WIDTH = '\xe2\x80\x8b'
const BOM = '\xef\xbb\xbf'
const OUTER_SPACE = /^(?:[ \t]|\xc2\xa0|\xe2\x80\x8b|\xef\xbb\xbf)+|(?:[ \t]|\xc2\xa0|\xe2\x80\x8b|\xef\xbb\xbf)+$/g
