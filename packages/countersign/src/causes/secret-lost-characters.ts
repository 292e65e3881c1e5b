/**
 * Characters of the secret access key were lost, doubled or replaced on the way to the signer: by a parser, a form, a slip of the mouse.
 * @see https://github.com/mhart/aws4/issues/22
 */

import type { SigningInputs } from '../sigv4/index.js'
import { defineCause } from './kit/cause.js'
import { keyPassedElsewhere } from './kit/key-passed-elsewhere.js'
import { COMPARE_HASHES, explainSecret, type SecretParams, secretCandidates, withEditedSecret } from './kit/secret-edit.js'
import { LOSS_EDITS } from './kit/secret-edits-of-signs.js'
import { suspicionsOutside } from './kit/suspicion.js'

const HEAD = {
  id: 'secret-lost-characters',
  class: 'secret.mangled',
  undo,
  narrow: true,
} as const

export const secretLostCharacters = defineCause<SecretParams>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'characters of the secret access key were lost, added or changed before signing',
  schemes: 'signatures',
  refusedAt: ['signature'],
  refutes: keyPassedElsewhere,
  suspect: (file) => suspicionsOutside(file, HEAD, { edit: '' }, secretCandidates(file, LOSS_EDITS)),
  undo,
  explain: (match) =>
    explainSecret(match, {
      edits: LOSS_EDITS,
      plain: 'had lost or gained characters',
      how: 'a parser, a template or a slip while copying changed the value; none of them reports it',
      fixes: [
        {
          title: 'set the secret again, in single quotes so that the shell leaves it alone',
          applicability: 'has-placeholders',
          command: "aws configure set aws_secret_access_key '<secret access key>'",
          appliesTo: ['shell', 'powershell'],
        },
        {
          title: 'look for what removes or doubles signs on the way: a form field, a template, a script that sanitizes its input',
          applicability: 'maybe',
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
  return withEditedSecret(inputs, LOSS_EDITS, params)
}
