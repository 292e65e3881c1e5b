/**
 * The secret access key was cut: a selection that missed its last character, a field too short, a parser that stops at a sign.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
 * @see https://github.com/mhart/aws4/issues/22
 */

import { cluesFor } from '../case/index.js'
import type { SigningInputs } from '../sigv4/index.js'
import { defineCause } from './kit/cause.js'
import { keyPassedElsewhere } from './kit/key-passed-elsewhere.js'
import { COUNT_CHARACTERS, explainSecret, type SecretParams, secretCandidates, withEditedSecret } from './kit/secret-edit.js'
import { CUT_EDITS } from './kit/secret-edits-of-signs.js'
import { suspicionsOutside } from './kit/suspicion.js'

const HEAD = {
  id: 'secret-truncated',
  class: 'secret.mangled',
  undo,
  narrow: true,
} as const

export const secretTruncated = defineCause<SecretParams>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'the secret access key that signed lacked its beginning or its end',
  schemes: 'signatures',
  refusedAt: ['signature'],
  refutes: keyPassedElsewhere,
  suspect: (file) => suspicionsOutside(file, HEAD, { edit: '' }, secretCandidates(file, CUT_EDITS)),
  undo,
  explain: (match) =>
    explainSecret(match, {
      edits: CUT_EDITS,
      plain: 'lacked its beginning or its end',
      how: 'a selection with the mouse missed a character, a column or form was too short; or a parser took a character of the secret for the end of the value',
      fixes: [
        ...(cluesFor(match.file, HEAD.id).some(({ values }) => values['sign'] === ',') ? [IN_A_FILE] : []),
        ...(cluesFor(match.file, HEAD.class).some(({ values }) => values['sign'] === '#') ? [QUOTED] : []),
        {
          title: 'set the secret again, in single quotes so that the shell leaves it alone',
          applicability: 'has-placeholders',
          command: "aws configure set aws_secret_access_key '<secret access key>'",
          appliesTo: ['shell', 'powershell'],
        },
        {
          title:
            'double-click selects up to a "/" or "+" only: copy with the button of the console, or take the value from the downloaded file',
          applicability: 'maybe',
        },
        {
          title:
            'make the database column or form field long enough for the secret: secrets of AWS have 40 characters, other stores have more',
          applicability: 'maybe',
        },
        {
          title: 'put the value in quotes where "#", ";", "=" or ":" ends it (.env, YAML, INI, connection strings)',
          applicability: 'maybe',
        },
      ],
      wrongFixes: [{ title: 'create new access keys', why: 'a new secret is changed in the same place' }],
      check: COUNT_CHARACTERS,
    }),
})

const IN_A_FILE = {
  title: 'hand the secret to helm in a file, or write a backslash before each comma of --set',
  applicability: 'has-placeholders',
  command: 'helm upgrade <release> <chart> --set-file <name>=<file>',
} as const

const QUOTED = {
  title: 'put the value in quotes, so that "#" begins no comment (.env files, YAML)',
  applicability: 'has-placeholders',
  command: "AWS_SECRET_ACCESS_KEY='<secret access key>'",
} as const

function undo(inputs: SigningInputs, params: SecretParams): SigningInputs {
  return withEditedSecret(inputs, CUT_EDITS, params)
}
