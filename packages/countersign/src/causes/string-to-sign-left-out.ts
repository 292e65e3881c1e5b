/**
 * The canonical request, or its hash alone, was signed: the step between it and the signature was left out.
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
  'canonical-request': { end: 'canonical-request-alone', says: 'the canonical request itself was signed' },
  hash: { end: 'hash-alone', says: 'the hash of the canonical request was signed alone' },
}

const HEAD = {
  id: 'string-to-sign-left-out',
  class: 'stringtosign.format',
  undo,
  narrow: true,
} as const

export const stringToSignLeftOut = defineCause<StringToSignParams>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'string-to-sign',
  summary: 'the canonical request was signed itself, without a string to sign',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOutside(file, HEAD, { fault: 'canonical-request' }, faultCandidates(FAULTS)),
  undo,
  explain: (match) => ({
    what: faultSaid(match, FAULTS, 'the canonical request was signed where the string to sign belongs'),
    why: 'two texts are made one after the other; the canonical request is hashed, the hash becomes the last line of the string to sign, and only that is signed; it binds the signature to its date and scope',
    labels: faultLabels(match, 'algorithm, date and scope belong before the hash'),
    fixes: [
      { title: 'hash the canonical request, put the string to sign together, and sign that', applicability: 'exact' },
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
