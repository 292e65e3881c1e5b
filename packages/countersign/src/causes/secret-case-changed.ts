/**
 * The letters of the secret access key came in another case: Caps Lock, a keyboard that capitalizes, a setting that is lower-cased.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
 */

import type { SigningInputs } from '../sigv4/index.js'
import { defineCause } from './kit/cause.js'
import { keyPassedElsewhere } from './kit/key-passed-elsewhere.js'
import { COMPARE_HASHES, explainSecret, type SecretParams, secretCandidates, withEditedSecret } from './kit/secret-edit.js'
import { CASE_EDITS } from './kit/secret-edits-of-signs.js'
import { suspicionsOutside } from './kit/suspicion.js'

const HEAD = {
  id: 'secret-case-changed',
  class: 'secret.mangled',
  undo,
  narrow: true,
} as const

export const secretCaseChanged = defineCause<SecretParams>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'the letters of the secret access key that signed were in different case',
  schemes: 'signatures',
  refusedAt: ['signature'],
  refutes: keyPassedElsewhere,
  suspect: (file) => suspicionsOutside(file, HEAD, { edit: '' }, secretCandidates(file, CASE_EDITS)),
  undo,
  explain: (match) =>
    explainSecret(match, {
      edits: CASE_EDITS,
      plain: 'was in different case',
      how: 'a secret tells capitals from small letters; a database collation, an environment that folds case, Caps Lock or a phone keyboard that begins a word with a capital changed them',
      fixes: [
        {
          title: 'set the secret again, in single quotes so that the shell leaves it alone',
          applicability: 'has-placeholders',
          command: "aws configure set aws_secret_access_key '<secret access key>'",
          appliesTo: ['shell', 'powershell'],
        },
        {
          title: 'look for what folds case on the way: toLowerCase in a configuration loader, a case-insensitive column, Caps Lock',
          applicability: 'maybe',
        },
      ],
      wrongFixes: [{ title: 'create new access keys', why: 'a new secret is changed in the same place' }],
      check: COMPARE_HASHES,
    }),
})

function undo(inputs: SigningInputs, params: SecretParams): SigningInputs {
  return withEditedSecret(inputs, CASE_EDITS, params)
}
