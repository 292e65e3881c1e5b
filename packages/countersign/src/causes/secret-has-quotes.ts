/**
 * Quotation marks or other punctuation of a file around the secret access key were signed with as part of it.
 * @see https://docs.docker.com/reference/cli/docker/container/run/#env "--env-file takes quotes as they are"
 */

import type { SigningInputs } from '../sigv4/index.js'
import { defineCause } from './kit/cause.js'
import { keyPassedElsewhere } from './kit/key-passed-elsewhere.js'
import { COUNT_CHARACTERS, explainSecret, type SecretParams, secretCandidates, withEditedSecret } from './kit/secret-edit.js'
import { QUOTE_EDITS } from './kit/secret-edits-of-ends.js'
import { suspicionsOutside } from './kit/suspicion.js'

const HEAD = { id: 'secret-has-quotes', class: 'secret.mangled', undo, narrow: true } as const

export const secretHasQuotes = defineCause<SecretParams>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'quotes were part of the secret access key that signed',
  schemes: 'signatures',
  // Quotes of the same file stand around the access key ID, too.
  refusedAt: ['signature', 'access-key'],
  refutes: keyPassedElsewhere,
  suspect: (file) =>
    suspicionsOutside(
      file,
      HEAD,
      { edit: 'double' },
      secretCandidates(file, QUOTE_EDITS, {
        edit: 'unquoted',
        when: /^["'`<]|["'`>,;]$/,
        ground: 'The secret given begins or ends with a quotation mark or another sign that secrets do not hold.',
      }),
    ),
  undo,
  explain: (match) =>
    explainSecret(match, {
      edits: QUOTE_EDITS,
      how: 'some readers of .env files, Docker among them, take quotes as part of the value; shells and most dotenv libraries remove them',
      fixes: [
        {
          title: 'write the value without quotes (docker --env-file, systemd EnvironmentFile, ~/.aws/credentials)',
          applicability: 'has-placeholders',
          command: 'AWS_SECRET_ACCESS_KEY=<secret access key>',
        },
        {
          title: 'set the secret again through the shell, which removes the quotes',
          applicability: 'has-placeholders',
          command: "aws configure set aws_secret_access_key '<secret access key>'",
          appliesTo: ['aws-cli', 'aws-sdk'],
        },
        {
          title: 'set a variable without quotes: "set" of cmd.exe keeps them as part of the value',
          applicability: 'has-placeholders',
          command: 'set AWS_SECRET_ACCESS_KEY=<secret access key>',
          appliesTo: ['windows'],
        },
        {
          title: 'print JSON values raw: jq without -r prints the quotes too',
          applicability: 'exact',
          command: "aws sts assume-role ... | jq -r '.Credentials.SecretAccessKey'",
          appliesTo: ['jq'],
        },
      ],
      wrongFixes: [{ title: 'create new access keys', why: 'a new secret is changed in the same place' }],
      check: COUNT_CHARACTERS,
    }),
})

function undo(inputs: SigningInputs, params: SecretParams): SigningInputs {
  return withEditedSecret(inputs, QUOTE_EDITS, params)
}
