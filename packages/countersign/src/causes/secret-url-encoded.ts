/**
 * The "/", "+" or "=" of the secret access key was encoded for a URL, a form or HTML, or decoded once too often, before signing.
 * @see https://hadoop.apache.org/docs/stable/hadoop-aws/tools/hadoop-aws/troubleshooting_s3a.html
 */

import type { SigningInputs } from '../sigv4/index.js'
import { defineCause } from './kit/cause.js'
import { keyPassedElsewhere } from './kit/key-passed-elsewhere.js'
import { COMPARE_HASHES, explainSecret, type SecretParams, secretCandidates, withEditedSecret } from './kit/secret-edit.js'
import { URL_EDITS } from './kit/secret-edits-of-signs.js'
import { suspicionsOutside } from './kit/suspicion.js'

const HEAD = {
  id: 'secret-url-encoded',
  class: 'secret.mangled',
  undo,
  narrow: true,
} as const

export const secretUrlEncoded = defineCause<SecretParams>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'the secret access key was encoded or decoded on its way to the signer',
  schemes: 'signatures',
  refusedAt: ['signature'],
  refutes: keyPassedElsewhere,
  suspect: (file) =>
    suspicionsOutside(
      file,
      HEAD,
      { edit: 'encoded' },
      secretCandidates(file, URL_EDITS, {
        edit: 'decoded',
        when: /%[0-9A-Fa-f]{2}/,
        ground: 'The secret given holds percent-escapes; secrets that AWS issues hold none.',
      }),
    ),
  undo,
  explain: (match) =>
    explainSecret(match, {
      edits: URL_EDITS,
      how: 'a secret that travels in a URL, a form or a connection string is encoded there, and somebody did not decode it, or decoded it once too often',
      fixes: [
        {
          title: 'set the keys as properties, not as user and password of the URL',
          applicability: 'has-placeholders',
          command:
            'spark.hadoop.fs.s3a.access.key=<access key ID>, spark.hadoop.fs.s3a.secret.key=<secret access key>  # Hadoop: without "spark.hadoop."',
          appliesTo: ['hadoop', 'spark'],
        },
        {
          title: 'percent-encode the secret in the URI of the connection, or enter it as the password of the connection',
          applicability: 'has-placeholders',
          command:
            'AIRFLOW_CONN_<name>=\'{"conn_type": "aws", "login": "<access key ID>", "password": "<secret access key>"}\'  # or: urllib.parse.quote(secret, safe="")',
          appliesTo: ['airflow'],
        },
        {
          title: 'hand the secret over in the environment or a credentials file, not in a URL',
          applicability: 'has-placeholders',
          command: "export AWS_ACCESS_KEY_ID=<access key ID> AWS_SECRET_ACCESS_KEY='<secret access key>'",
        },
        {
          title: 'decode it once where the URL is read',
          applicability: 'maybe',
          command:
            'urllib.parse.unquote(secret)  # decodeURIComponent(secret), url.PathUnescape(secret); not the form variant, which turns "+" into a space',
        },
        {
          title: 'print the value unescaped in templates',
          applicability: 'maybe',
          command: '{{{ secret }}}  # or {{ secret | safe }}',
        },
      ],
      wrongFixes: [
        {
          title: 'create keys until a secret comes without "/" and "+"',
          why: 'it hides the fault until the next rotation; AWS does not promise which characters a secret holds',
        },
      ],
      check: COMPARE_HASHES,
    }),
})

function undo(inputs: SigningInputs, params: SecretParams): SigningInputs {
  return withEditedSecret(inputs, URL_EDITS, params)
}
