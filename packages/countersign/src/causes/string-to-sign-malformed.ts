/**
 * The string to sign was put together wrongly: other line breaks, the hash in upper case, or the canonical request itself in its place.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Create a string to sign"
 */

import { cluesFor } from '../case/index.js'
import { type SigningInputs, stringToSign } from '../sigv4/index.js'
import { defineCause } from './kit/cause.js'
import { USE_A_LIBRARY } from './kit/signing-key-edit.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** What was wrong with it. */
interface Params {
  readonly fault: keyof typeof FAULTS
}

const FAULTS = {
  'literal-line-breaks': { lineBreak: '\\n', says: 'the two characters "\\n" stood where line feeds belong' },
  'carriage-returns': { lineBreak: '\r\n', says: 'lines ended in a carriage return and a line feed' },
  'hash-in-upper-case': { stringToSignEnd: 'HASH', says: 'the hash of the canonical request was written in upper case' },
  'hash-in-base64': { stringToSignEnd: 'base64', says: 'the hash of the canonical request was written in base64' },
  'hmac-under-1': {
    stringToSignEnd: 'hmac-under-1',
    says: 'the canonical request went through HMAC-SHA256 under the key "1", which is what PHP makes of true, and not through SHA-256',
  },
  'hmac-under-nothing': {
    stringToSignEnd: 'hmac-under-nothing',
    says: 'the canonical request went through HMAC-SHA256 under an empty key, and not through SHA-256',
  },
  'canonical-request-unhashed': { stringToSignEnd: 'canonical-request', says: 'the canonical request itself stood where its hash belongs' },
} as const

const HEAD = { id: 'string-to-sign-malformed', class: 'stringtosign.format', undo } as const

export const stringToSignMalformed = defineCause<Params>({
  ...HEAD,
  part: 'string-to-sign',
  summary: 'the string to sign was put together wrongly',
  schemes: 'signatures',
  refusedAt: ['signature'],
  shownBy: ({ values }) => ({ fault: (values['fault'] ?? 'literal-line-breaks') as Params['fault'] }),
  suspect: (file) => suspicionsOutside(file, HEAD, { fault: 'literal-line-breaks' }, candidates()),
  explain: ({ file, params, verifier, signer }) => ({
    what:
      verifier === undefined || signer === verifier
        ? 'the string to sign was not put together as the specification says'
        : FAULTS[params.fault].says,
    why: 'the string to sign is four lines joined by single line feeds: algorithm, request date, credential scope, and the lower-case hexadecimal SHA-256 of the canonical request',
    labels:
      verifier === undefined || signer === undefined || signer === verifier
        ? []
        : [{ part: 'string-to-sign', calculated: stringToSign(verifier), signed: stringToSign(signer), note: FAULTS[params.fault].says }],
    fixes: [
      ...(cluesFor(file, HEAD.id).some(({ values }) => values['end'] === 'canonical-request')
        ? ([
            { title: 'end the string to sign with the SHA-256 of the canonical request in lower-case hex', applicability: 'exact' },
          ] as const)
        : []),
      {
        title: 'join the lines with a real line feed, with none at the end',
        applicability: 'exact',
        command: "lines.join('\\n')",
        appliesTo: ['javascript'],
      },
      {
        title: 'write line feeds in double quotes: single quotes keep the backslash',
        applicability: 'exact',
        command: '"\\n"',
        appliesTo: ['php', 'ruby', 'perl'],
      },
      {
        title: 'hash the canonical request with hash, not with hash_hmac: the third value of hash_hmac is the key',
        applicability: 'exact',
        command: "hash('sha256', $canonicalRequest)",
        appliesTo: ['php'],
      },
      {
        title: 'hash and sign with printf, not with echo, which adds a line feed',
        applicability: 'exact',
        command: `printf '%s' "$canonical_request" | openssl dgst -sha256`,
        appliesTo: ['shell'],
      },
      USE_A_LIBRARY,
    ],
    wrongFixes: [ROTATE_KEYS, CHANGE_IAM_POLICIES],
    check:
      'print the string to sign as bytes (od -c): 0x0a three times for Signature Version 4, no 0x0d and no backslash; where it is so already, this is not the cause',
  }),
})

function* candidates(): Iterable<Candidate<Params>> {
  // An HMAC in place of the hash is a mistake that is seen in the signer's string to sign alone.
  for (const fault of Object.keys(FAULTS) as (keyof typeof FAULTS)[])
    yield { params: { fault }, ...(fault.startsWith('hmac') && { alone: true as const }) }
}

function undo(inputs: SigningInputs, { fault }: Params): SigningInputs {
  const { says: _, ...edit } = FAULTS[fault]
  return { ...inputs, ...edit }
}
