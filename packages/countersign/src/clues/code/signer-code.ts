/**
 * Reads code that signs, sends or passes on requests, and names the shapes that are known mistakes. It proves nothing.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */

import type { EvidenceReader, EvidenceSource, Observation } from '../../case/index.js'
import { withoutBodies } from '../rule.js'
import { chainMarks } from './chain.js'
import { type CodeRule, ruleMarks } from './code-rule.js'
import { TIME_MARKS } from './dates.js'
import { HEADER_MARKS } from './headers.js'
import { codeOf } from './language.js'
import { ENCODER_MARKS, PATH_MARKS, QUERY_MARKS } from './path-and-query.js'
import { HASH_MARKS } from './payload-hash.js'
import { placeMarks } from './places.js'
import { requestMarks } from './request.js'
import { SENDING_MARKS } from './sending.js'
import { LINE_MARKS, TEXT_MARKS } from './signed-texts.js'
import { KEY_MARKS } from './signing-key.js'

export const signerCode: EvidenceReader = {
  id: 'signer-code',
  reads: 'code that signs or forwards requests, in any of some twenty languages: known mistakes in it',
  samples: [
    "$kDate = hash_hmac('sha256', $day, 'AWS4' . $secret);\n$kRegion = hash_hmac('sha256', 'eu-west-1', $kDate);\n",
    'const mac = CryptoJS.HmacSHA256(signingKey, stringToSign)\nreq.headers.authorization = mac.toString()\n',
  ],
  recognize(text) {
    const code = withoutBodies(text)
    return CODE.test(code) && marksOf(code, '').length > 0
  },
  read({ name, text }: EvidenceSource) {
    const code = withoutBodies(text)
    return CODE.test(code) ? marksOf(code, name) : []
  },
}

/** Whether a text has lines of a program. */
export function isCode(text: string): boolean {
  return CODE.test(text)
}

/** Every mark that is a shape in the text. */
export const CODE_RULES: readonly CodeRule[] = [
  ...KEY_MARKS,
  ...TEXT_MARKS,
  ...LINE_MARKS,
  ...HASH_MARKS,
  ...TIME_MARKS,
  ...ENCODER_MARKS,
  ...QUERY_MARKS,
  ...PATH_MARKS,
  ...HEADER_MARKS,
  ...SENDING_MARKS,
]

function marksOf(text: string, source: string): readonly Observation[] {
  const code = codeOf(text)
  return [
    ...ruleMarks(CODE_RULES, code, source),
    ...chainMarks(code, source),
    ...placeMarks(code, source),
    ...requestMarks(code, source),
  ].sort((a, b) => a.location.start - b.location.start)
}

// A line of some program: a statement, a call, an assignment, a declaration.
const CODE =
  /^[ \t]{0,60}(?:(?:export |public |private |static |async |final )*(?:const|let|var|val|function|def|func|fn|sub|class|import|use|using|require|my|local|Dim|DECLARE|foreach|return|await|package|Debug\.Print)\b|[$@][\w:>-]{1,60}(?:\[[^\n\]]{0,60}\])?\s{0,5}[.+]?=|[\w.$:>[\]'"-]{1,80}(?:<[\w, ]{1,30}>)?\s{0,5}(?::=|\+?=|<-)\s{0,5}\S|(?:[\w.>:-]{1,60}[!?]?)\([^\n]{0,400}(?:[;,({]|\))\s{0,5}$|[)}\]]{1,3};|\w{1,30}\s\w{1,30}\s{0,3}=\s{0,3}\S|["'`][^\n]{0,400}["'`][;,)]{0,3}\s{0,5}$|openssl\s|echo\s|if \(?[\w$!])/m
