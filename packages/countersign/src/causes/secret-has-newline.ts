/**
 * The secret access key was signed with together with a line break: a file read whole, "echo" in place of "printf".
 * @see https://github.com/rusoto/rusoto/issues/1589
 * @see https://github.com/offen/docker-volume-backup/issues/291
 */

import { cluesFor } from '../case/index.js'
import type { SigningInputs } from '../sigv4/index.js'
import { defineCause } from './kit/cause.js'
import { keyPassedElsewhere } from './kit/key-passed-elsewhere.js'
import { COUNT_CHARACTERS, explainSecret, type SecretParams, secretCandidates, withEditedSecret } from './kit/secret-edit.js'
import { LINE_BREAK_EDITS } from './kit/secret-edits-of-ends.js'
import { suspicionsOutside } from './kit/suspicion.js'

const IN_ONE_LINE = {
  title: 'write the value in the line of its name, or behind "|-", which keeps no line break',
  applicability: 'has-placeholders',
  command: "aws_secret_access_key: '<secret access key>'",
} as const

const HEAD = {
  id: 'secret-has-newline',
  class: 'secret.mangled',
  undo,
  narrow: true,
} as const

export const secretHasNewline = defineCause<SecretParams>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'a line break was part of the secret access key that signed',
  schemes: 'signatures',
  refusedAt: ['signature'],
  refutes: keyPassedElsewhere,
  suspect: (file) =>
    suspicionsOutside(
      file,
      HEAD,
      { edit: 'line-feed' },
      secretCandidates(file, LINE_BREAK_EDITS, { edit: 'without', when: /[\r\n]/, ground: 'The secret given holds a line break itself.' }),
    ),
  undo,
  explain: (match) =>
    explainSecret(match, {
      edits: LINE_BREAK_EDITS,
      how: 'a file was read with the line break at its end, or "echo" added one before the value was encoded or stored',
      fixes: [
        ...([...cluesFor(match.file, HEAD.id), ...cluesFor(match.file, HEAD.class)].some(({ values }) => values['by'] === 'block')
          ? [IN_ONE_LINE]
          : []),
        {
          title: 'strip the line break where the value is read',
          applicability: 'exact',
          command: 'export AWS_SECRET_ACCESS_KEY="$(tr -d \'\\r\\n\' < secret.txt)"',
          appliesTo: ['shell'],
        },
        {
          title: 'store the value without the line break that "echo" adds',
          applicability: 'has-placeholders',
          command:
            "printf %s '<secret access key>' | base64 -w0   # or: kubectl create secret generic aws --from-literal=AWS_SECRET_ACCESS_KEY='<secret access key>'",
          appliesTo: ['kubernetes'],
        },
        {
          title: 'turn DOS line endings into Unix ones',
          applicability: 'has-placeholders',
          command: 'dos2unix <script or .env file>',
          appliesTo: ['windows'],
        },
        {
          title: 'write the file without a line ending',
          applicability: 'has-placeholders',
          command: "Set-Content -NoNewline -Path secret.txt -Value '<secret access key>'",
          appliesTo: ['powershell'],
        },
        {
          title: 'trim the value in code',
          applicability: 'maybe',
          command: 'secret.strip()  # secret.trim(), strings.TrimSpace(secret)',
        },
      ],
      wrongFixes: [
        {
          title: 'create new access keys',
          why: 'a new secret gets the same line break in the same place',
        },
      ],
      check: COUNT_CHARACTERS,
    }),
})

function undo(inputs: SigningInputs, params: SecretParams): SigningInputs {
  return withEditedSecret(inputs, LINE_BREAK_EDITS, params)
}
