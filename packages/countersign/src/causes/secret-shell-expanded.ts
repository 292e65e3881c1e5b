/**
 * A shell, a Compose file or a template took signs of the secret access key for its own: "$", "!", "%", the backslash.
 * @see https://docs.docker.com/reference/compose-file/interpolation/
 * @see https://github.com/aws/aws-cli/issues/602
 */

import { type CaseFile, cluesFor } from '../case/index.js'
import type { SigningInputs } from '../sigv4/index.js'
import { defineCause } from './kit/cause.js'
import type { Fix } from './kit/explanation.js'
import { keyPassedElsewhere } from './kit/key-passed-elsewhere.js'
import { COMPARE_HASHES, explainSecret, type SecretParams, secretCandidates, withEditedSecret } from './kit/secret-edit.js'
import { SHELL_EDITS } from './kit/secret-edits-of-signs.js'
import { suspicionsOutside } from './kit/suspicion.js'

const HEAD = {
  id: 'secret-shell-expanded',
  class: 'secret.mangled',
  undo,
  narrow: true,
} as const

export const secretShellExpanded = defineCause<SecretParams>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'a shell or template changed the signs of the secret access key before it signed',
  schemes: 'signatures',
  refusedAt: ['signature'],
  refutes: keyPassedElsewhere,
  suspect: (file) =>
    suspicionsOutside(
      file,
      HEAD,
      { edit: '' },
      secretCandidates(file, SHELL_EDITS, {
        edit: 'without-backslash',
        when: /\\/,
        ground: 'The secret given holds a backslash; secrets that AWS issues hold none.',
      }),
    ),
  undo,
  explain: (match) =>
    explainSecret(match, {
      edits: SHELL_EDITS,
      plain: 'was changed where a shell or a template read it',
      how: 'in double quotes a shell replaces "$name", "!" and the backslash; Compose files and Makefiles take "$", Windows and Python configparser take "%". AWS issues secrets of letters, digits, "/" and "+" only; other stores use more signs',
      fixes: [
        ...readBy(match.file),
        {
          title: 'set the secret again, in single quotes so that the shell leaves it alone',
          applicability: 'has-placeholders',
          command: "mc alias set <alias> https://<host> <access key ID> '<secret access key>'",
          appliesTo: ['mc'],
        },
        {
          title: 'set the secret again, in single quotes so that the shell leaves it alone',
          applicability: 'has-placeholders',
          command: "export AWS_SECRET_ACCESS_KEY='<secret access key>'",
        },
        { ...IN_COMPOSE, title: `${IN_COMPOSE.title} (Docker Compose files, Makefiles)`, appliesTo: ['compose'] },
        {
          title: 'write "%%" for every "%", or switch interpolation off',
          applicability: 'maybe',
          command: 'configparser.ConfigParser(interpolation=None)',
          appliesTo: ['configparser', 'windows'],
        },
        {
          title: 'read the secret from a file or a prompt, so that no shell sees it',
          applicability: 'maybe',
          command: 'read -rs AWS_SECRET_ACCESS_KEY && export AWS_SECRET_ACCESS_KEY',
          appliesTo: ['shell'],
        },
      ],
      wrongFixes: [
        {
          title: 'escape every sign with a backslash',
          why: 'outside a shell the backslash becomes part of the secret, and the signature is wrong in a new way',
        },
      ],
      check: COMPARE_HASHES,
    }),
})

const IN_WORKFLOW = {
  title: 'hand the secret to the step as a variable, and not in the text of the script',
  applicability: 'exact',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of a workflow
  command: 'env:\n  AWS_SECRET_ACCESS_KEY: ${{ secrets.AWS_SECRET_ACCESS_KEY }}',
} as const

const IN_COMPOSE = { title: 'write "$$" for every "$"', applicability: 'maybe' } as const
const IN_PHP = {
  title: 'put the secret in single quotes, in which PHP replaces nothing',
  applicability: 'has-placeholders',
  command: "'<secret access key>'",
} as const
/** The repair for what a clue says that it read the value. */
const READ_BY: Readonly<Record<string, Fix>> = { workflow: IN_WORKFLOW, compose: IN_COMPOSE, php: IN_PHP }

function readBy(file: CaseFile): readonly Fix[] {
  const clues = [...cluesFor(file, HEAD.id), ...cluesFor(file, HEAD.class)]
  return clues.flatMap(({ values }) => READ_BY[values['by'] ?? ''] ?? [])
}

function undo(inputs: SigningInputs, params: SecretParams): SigningInputs {
  return withEditedSecret(inputs, SHELL_EDITS, params)
}
