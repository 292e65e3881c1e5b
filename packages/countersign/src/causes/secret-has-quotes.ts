/**
 * Quotation marks or other punctuation of a file around the secret access key were signed with as part of it.
 * @see https://docs.docker.com/reference/cli/docker/container/run/#env "--env-file takes quotation marks as they are"
 */
import type { SigningInputs } from '../sigv4/signing-inputs.js'
import { defineCause } from './cause.js'
import { hintedSuspicions } from './hinted.js'
import { COUNT_CHARACTERS, explainSecret, type SecretEdits, type SecretParams, secretCandidates, withEditedSecret } from './secret-edit.js'

const EDITS: SecretEdits = {
  double: { edit: (secret) => `"${secret}"`, says: 'stood in double quotation marks', shown: '"<secret access key>"' },
  single: { edit: (secret) => `'${secret}'`, says: 'stood in single quotation marks', shown: "'<secret access key>'" },
  curly: {
    edit: (secret) => `\xe2\x80\x9c${secret}\xe2\x80\x9d`,
    says: 'stood in typographic quotation marks (U+201C, U+201D)',
    shown: '\\u201c<secret access key>\\u201d',
  },
  'curly-single': {
    edit: (secret) => `\xe2\x80\x98${secret}\xe2\x80\x99`,
    says: 'stood in typographic single quotation marks (U+2018, U+2019)',
    shown: '\\u2018<secret access key>\\u2019',
  },
  backtick: { edit: (secret) => `\`${secret}\``, says: 'stood between backticks', shown: '`<secret access key>`' },
  angle: { edit: (secret) => `<${secret}>`, says: 'stood in angle brackets', shown: '<<secret access key>>' },
  'opening-double': { edit: (secret) => `"${secret}`, says: 'began with a double quotation mark', shown: '"<secret access key>' },
  'closing-double': { edit: (secret) => `${secret}"`, says: 'ended in a double quotation mark', shown: '<secret access key>"' },
  'opening-single': { edit: (secret) => `'${secret}`, says: 'began with a single quotation mark', shown: "'<secret access key>" },
  'closing-single': { edit: (secret) => `${secret}'`, says: 'ended in a single quotation mark', shown: "<secret access key>'" },
  escaped: { edit: (secret) => `\\"${secret}\\"`, says: 'stood in escaped quotation marks', shown: '\\"<secret access key>\\"' },
  twice: { edit: (secret) => `"'${secret}'"`, says: 'stood in two pairs of quotation marks', shown: `"'<secret access key>'"` },
  semicolon: { edit: (secret) => `${secret};`, says: 'ended in a semicolon', shown: '<secret access key>;' },
  comma: { edit: (secret) => `${secret},`, says: 'ended in a comma', shown: '<secret access key>,' },
  'double-comma': {
    edit: (secret) => `"${secret}",`,
    says: 'stood in quotation marks with a comma after them',
    shown: '"<secret access key>",',
  },
  'equals-before': { edit: (secret) => `=${secret}`, says: 'began with an equals sign', shown: '=<secret access key>' },
  unquoted: {
    edit: (secret) => secret.replace(/^[\\"'`<]+|[\\"'`>,;]+$/g, ''),
    says: 'had no quotation marks, while the secret given has',
    shown: '<secret access key without its quotation marks>',
  },
}

const HEAD = { id: 'secret-has-quotes', class: 'secret.mangled', undo, claims: /quot|apostrophe|["'`]{2}|bracket/i } as const

export const secretHasQuotes = defineCause<SecretParams>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'quotation marks were part of the secret access key that signed',
  refusedAt: ['signature'],
  suspect: (file) =>
    hintedSuspicions(
      file,
      HEAD,
      { edit: 'double' },
      secretCandidates(file, EDITS, {
        edit: 'unquoted',
        when: /^["'`<]|["'`>,;]$/,
        ground: 'The secret given begins or ends with a quotation mark or another sign that secrets do not hold.',
      }),
    ),
  undo,
  explain: (match) =>
    explainSecret(match, {
      edits: EDITS,
      how: 'some readers of .env files, Docker among them, take quotation marks as part of the value; shells and most dotenv libraries remove them',
      fixes: [
        {
          title: 'write the value without quotation marks',
          applicability: 'has-placeholders',
          command: 'AWS_SECRET_ACCESS_KEY=<secret access key>',
          appliesTo: 'docker --env-file, systemd EnvironmentFile, ~/.aws/credentials',
        },
        {
          title: 'set the secret again through the shell, which removes the quotation marks',
          applicability: 'has-placeholders',
          command: "aws configure set aws_secret_access_key '<secret access key>'",
          appliesTo: 'AWS CLI and SDKs that read ~/.aws/credentials',
        },
        {
          title: 'set a variable without quotation marks',
          applicability: 'has-placeholders',
          command: 'set AWS_SECRET_ACCESS_KEY=<secret access key>',
          appliesTo: 'Windows cmd (set keeps quotation marks as part of the value)',
        },
        {
          title: 'print JSON values raw',
          applicability: 'exact',
          command: "aws sts assume-role ... | jq -r '.Credentials.SecretAccessKey'",
          appliesTo: 'jq without -r prints the quotation marks too',
        },
      ],
      wrongFixes: [{ title: 'create new access keys', why: 'the new secret takes the same way to the signer and is changed on it again' }],
      check: COUNT_CHARACTERS,
    }),
})

function undo(inputs: SigningInputs, params: SecretParams): SigningInputs {
  return withEditedSecret(inputs, EDITS, params)
}
