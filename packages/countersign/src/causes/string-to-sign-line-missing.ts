/**
 * One of the four lines of the string to sign is missing, or a line break follows the last.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Create a string to sign"
 */

import type { SigningInputs } from '../sigv4/index.js'
import { defineCause } from './kit/cause.js'
import { USE_A_LIBRARY } from './kit/signing-key-edit.js'
import {
  FOUR_LINES,
  faultCandidates,
  faultLabels,
  faultSaid,
  STANDARD_STRING_TO_SIGN,
  STRING_TO_SIGN_WRONG_FIXES,
  type StringToSignFaults,
  type StringToSignParams,
  withFault,
} from './kit/string-to-sign-edit.js'
import { suspicionsOutside } from './kit/suspicion.js'

const FAULTS: StringToSignFaults = {
  'no-scope': { end: 'no-scope', says: 'the line with the credential scope was missing' },
  'no-date': { end: 'no-date', says: 'the line with the request date was missing' },
  'no-algorithm': { end: 'no-algorithm', says: 'the line with the algorithm was missing' },
  'no-hash': { end: 'no-hash', says: 'the line with the hash of the canonical request was missing' },
  'line-feed': { end: 'line-feed', says: 'a line feed followed the hash' },
}

const HEAD = {
  id: 'string-to-sign-line-missing',
  class: 'stringtosign.format',
  undo,
  claims:
    /(?:line|scope|date|algorithm|hash) (?:is |was )?missing|trailing (?:newline|line)|line (?:feed|break) (?:after|at the end)|echo/i,
} as const

export const stringToSignLineMissing = defineCause<StringToSignParams>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'string-to-sign',
  summary: 'a line of the string to sign was missing, or a line break stood after the last',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOutside(file, HEAD, { fault: 'no-scope' }, faultCandidates(FAULTS)),
  undo,
  explain: (match) => ({
    what: faultSaid(match, FAULTS, 'the string to sign did not have its four lines'),
    why: 'the service makes the text of exactly four lines, algorithm, request date, scope and hash, with a line feed between them and none after the last',
    labels: faultLabels(match, 'four lines, and nothing after the fourth'),
    fixes: [
      {
        title: 'use printf, not echo, which adds a line feed',
        applicability: 'exact',
        command: 'printf %s "$STRING_TO_SIGN" | openssl dgst -sha256 ...',
        appliesTo: ['shell'],
      },
      ...STANDARD_STRING_TO_SIGN,
      USE_A_LIBRARY,
    ],
    wrongFixes: STRING_TO_SIGN_WRONG_FIXES,
    check: FOUR_LINES,
  }),
})

function undo(inputs: SigningInputs, params: StringToSignParams): SigningInputs {
  return withFault(inputs, FAULTS, params)
}
