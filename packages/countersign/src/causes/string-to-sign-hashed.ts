/**
 * The string to sign was hashed before it was signed: a library that hashes was given a digest, or a step was done twice.
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
  'hex-digits': { end: 'hashed', says: 'the SHA-256 of the string to sign was signed, as 64 hex digits, and not the text itself' },
  'hash-of-hash': {
    end: 'hash-of-hash',
    says: 'the hash of the canonical request was hashed once more before it went into the string to sign',
  },
}

const HEAD = {
  id: 'string-to-sign-hashed',
  class: 'stringtosign.format',
  undo,
  narrow: true,
} as const

export const stringToSignHashed = defineCause<StringToSignParams>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'string-to-sign',
  summary: 'the string to sign was hashed, and the hash was signed',
  schemes: 'version-4',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOutside(file, HEAD, { fault: 'hex-digits' }, faultCandidates(FAULTS)),
  undo,
  explain: (match) => ({
    what: faultSaid(match, FAULTS, 'something was hashed once more than the specification says'),
    why: 'HMAC-SHA256 hashes its message itself: the string to sign goes in as text. Only the canonical request is hashed before, once',
    labels: faultLabels(match, 'one hash too many'),
    fixes: [
      { title: 'give HMAC the string to sign itself, and hash the canonical request exactly once', applicability: 'exact' },
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
