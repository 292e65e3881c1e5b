/**
 * White space was copied together with the secret access key: a space, a tab, a no-break space, a byte order mark.
 * @see https://github.com/aws/aws-sdk-js/issues/86
 */

import type { SigningInputs } from '../sigv4/index.js'
import { defineCause } from './kit/cause.js'
import { keyPassedElsewhere } from './kit/key-passed-elsewhere.js'
import { COUNT_CHARACTERS, explainSecret, type SecretParams, secretCandidates, withEditedSecret } from './kit/secret-edit.js'
import { SPACE_EDITS } from './kit/secret-edits-of-ends.js'
import { suspicionsOutside } from './kit/suspicion.js'

const HEAD = {
  id: 'secret-has-space',
  class: 'secret.mangled',
  undo,
  narrow: true,
} as const

export const secretHasSpace = defineCause<SecretParams>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'white space was part of the secret access key that signed',
  schemes: 'signatures',
  // What stands behind the access key ID is taken for a part of it as well.
  refusedAt: ['signature', 'access-key'],
  refutes: keyPassedElsewhere,
  suspect: (file) =>
    suspicionsOutside(
      file,
      HEAD,
      { edit: 'trailing-space' },
      secretCandidates(file, SPACE_EDITS, {
        edit: 'trimmed',
        when: /^(?:[ \t]|\xc2\xa0|\xe2\x80\x8b|\xef\xbb\xbf)|(?:[ \t]|\xc2\xa0|\xe2\x80\x8b|\xef\xbb\xbf)$/,
        ground: 'The secret given has white space at an end.',
      }),
    ),
  undo,
  explain: (match) =>
    explainSecret(match, {
      edits: SPACE_EDITS,
      how: 'white space came along when the value was copied from a page, a table or a mail, or stands around the "=" of a file',
      fixes: [
        {
          title: 'set the secret again, typed or pasted between quotes that end right after it',
          applicability: 'has-placeholders',
          command: "aws configure set aws_secret_access_key '<secret access key>'",
          appliesTo: ['aws-cli', 'aws-sdk'],
        },
        {
          title:
            'look at the bytes around the value for c2 a0, e2 80 8b and ef bb bf, which no editor shows; the output shows parts of the secret, so keep it to yourself',
          applicability: 'exact',
          command: 'printf %s "$AWS_SECRET_ACCESS_KEY" | od -An -c | sed -n "1p;\\$p"',
          appliesTo: ['shell'],
        },
        {
          title: 'remove everything that a secret cannot hold',
          applicability: 'exact',
          command: 'export AWS_SECRET_ACCESS_KEY="$(printf %s "$AWS_SECRET_ACCESS_KEY" | LC_ALL=C tr -cd \'A-Za-z0-9+/=\')"',
          appliesTo: ['shell'],
        },
        { title: 'save the file as UTF-8 without a byte order mark', applicability: 'maybe', appliesTo: ['windows'] },
        {
          title: 'trim the value in code',
          applicability: 'maybe',
          command: 'secret.strip()  # secret.trim(), strings.TrimSpace(secret)',
        },
      ],
      wrongFixes: [{ title: 'create new access keys', why: 'a new secret is changed in the same place' }],
      check: COUNT_CHARACTERS,
    }),
})

function undo(inputs: SigningInputs, params: SecretParams): SigningInputs {
  return withEditedSecret(inputs, SPACE_EDITS, params)
}
