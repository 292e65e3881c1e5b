/**
 * Reads code that signs requests, and names the shapes that are known mistakes. It proves nothing.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */

import type { Clue, EvidenceReader, EvidenceSource } from '../../case/index.js'
import { withMends } from '../mends.js'
import { withoutBodies } from '../rule.js'
import { chainFaults } from './chain.js'
import { type CodeRule, faultMarks, ruleMarks } from './code-rule.js'
import { DATE_RULES } from './dates.js'
import { ENCODER_RULES } from './encoders.js'
import { HEADER_RULES } from './headers.js'
import { codeOf, isCode } from './language.js'
import { PATH_RULES, QUERY_RULES } from './path-and-query.js'
import { PAYLOAD_RULES } from './payload-hash.js'
import { placeFaults } from './places.js'
import { printedFaults } from './printed-signatures.js'
import { queryOrderFaults } from './query-order.js'
import { requestFaults } from './request.js'
import { TEXT_RULES } from './signed-texts.js'
import { KEY_RULES } from './signing-key.js'
import { parameterFaults } from './version-2-parameters.js'

export const signerCode: EvidenceReader = {
  id: 'signer-code',
  reads: 'code that signs requests, in any of some twenty languages: known mistakes in it',
  samples: [
    "$kDate = hash_hmac('sha256', $day, 'AWS4' . $secret);\n$kRegion = hash_hmac('sha256', 'eu-west-1', $kDate);\n",
    'const mac = CryptoJS.HmacSHA256(signingKey, stringToSign)\nreq.headers.authorization = mac.toString()\n',
  ],
  recognize: (text) => marksIn(text, '').length > 0,
  read: ({ name, text }: EvidenceSource) => marksIn(text, name),
}

/** Every rule that is a shape in the text. */
export const CODE_RULES: readonly CodeRule[] = [
  ...KEY_RULES,
  ...TEXT_RULES,
  ...PAYLOAD_RULES,
  ...DATE_RULES,
  ...ENCODER_RULES,
  ...QUERY_RULES,
  ...PATH_RULES,
  ...HEADER_RULES,
]

function marksIn(text: string, source: string): readonly Clue[] {
  const plain = withoutBodies(text)
  if (!isCode(plain)) return []
  const code = codeOf(plain)
  const faults = [...chainFaults(code), ...placeFaults(code), ...requestFaults(code), ...parameterFaults(code), ...queryOrderFaults(code)]
  // What a program printed stands in comments as a rule.
  const printed = faultMarks(printedFaults(plain), plain, source)
  const marks = [...printed, ...faultMarks(faults, code.text, source), ...ruleMarks(CODE_RULES, code, source)]
  // What the HMACs tell and what a name tells is said once.
  const once = marks.filter(({ rule }, i) => marks.findIndex((one) => one.rule === rule) === i)
  return [...withMends(once, text)].sort((a, b) => a.location.start - b.location.start)
}
