/**
 * The secret access key was signed with in its base64 form, or decoded as if it were one.
 * @see https://kubernetes.io/docs/concepts/configuration/secret/
 */

import type { SigningInputs } from '../sigv4/index.js'
import { defineCause } from './kit/cause.js'
import { keyPassedElsewhere } from './kit/key-passed-elsewhere.js'
import { COUNT_CHARACTERS, explainSecret, type SecretParams, secretCandidates, withEditedSecret } from './kit/secret-edit.js'
import { BASE64_EDITS } from './kit/secret-edits-of-signs.js'
import { suspicionsOutside } from './kit/suspicion.js'

const HEAD = {
  id: 'secret-in-base64',
  class: 'secret.mangled',
  undo,
  narrow: true,
} as const

export const secretInBase64 = defineCause<SecretParams>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'the secret access key that signed was encoded in base64, or decoded from it',
  schemes: 'signatures',
  refusedAt: ['signature', 'access-key'],
  shownBy: () => ({ edit: '' }),
  refutes: keyPassedElsewhere,
  suspect: (file) => suspicionsOutside(file, HEAD, { edit: '' }, secretCandidates(file, BASE64_EDITS)),
  undo,
  explain: (match) =>
    explainSecret(match, {
      edits: BASE64_EDITS,
      plain: 'was encoded in base64, or decoded from it',
      how: 'Kubernetes and CI systems store values in base64; a value that was encoded twice, or put encoded where plain text is read, arrives in that form. A secret of AWS has only signs of base64, so decoding it once too often gives no error either',
      fixes: [
        {
          title: 'store the secret as it was issued, and decode it exactly as often as it was encoded',
          applicability: 'maybe',
        },
        {
          title: 'encode the value in base64 exactly once, and only under "data"',
          applicability: 'has-placeholders',
          command: "printf %s '<secret access key>' | base64 -w0   # or put it under stringData as it is",
          appliesTo: ['kubernetes'],
        },
        {
          title: 'look at the length where the signer reads it: 40 characters are a secret of AWS, 56 are its base64',
          applicability: 'exact',
          command: 'printf %s "$AWS_SECRET_ACCESS_KEY" | wc -c',
          appliesTo: ['shell'],
        },
      ],
      wrongFixes: [{ title: 'create new access keys', why: 'a new secret is changed in the same place' }],
      check: COUNT_CHARACTERS,
    }),
})

function undo(inputs: SigningInputs, params: SecretParams): SigningInputs {
  return withEditedSecret(inputs, BASE64_EDITS, params)
}
