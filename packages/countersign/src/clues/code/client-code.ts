/**
 * Code that asks a client, an SDK, a proxy or a browser to send or presign requests: what it asks for that a signature does not
 * survive. Orders suspicions, proves nothing.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html
 */

import type { EvidenceReader, EvidenceSource } from '../../case/index.js'
import { withMends } from '../mends.js'
import { anyText, withoutBodies } from '../rule.js'
import { type CodeRule, ruleMarks } from './code-rule.js'
import { FINISHED_URL_RULES } from './finished-urls.js'
import { codeOf, isCode } from './language.js'
import { SENDING_RULES } from './sending.js'

/** Every rule of this reader. */
export const CLIENT_RULES: readonly CodeRule[] = [...FINISHED_URL_RULES, ...SENDING_RULES]

export const clientCode: EvidenceReader = {
  id: 'client-code',
  reads: 'code that presigns with an SDK, sends to a presigned URL or configures a client: what a signature does not survive',
  samples: [
    "const form = new FormData()\nform.append('file', file)\nawait fetch(uploadUrl, { method: 'PUT', body: form })\n",
    'var settings = new ConnectionSettings(pool);\nsettings.EnableHttpCompression(true);\n',
  ],
  recognize: anyText,
  read({ name, text }: EvidenceSource) {
    const code = withoutBodies(text)
    return isCode(code) ? withMends(ruleMarks(CLIENT_RULES, codeOf(code), name), text) : []
  },
}
