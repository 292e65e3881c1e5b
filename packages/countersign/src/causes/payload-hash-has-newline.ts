/**
 * A line feed followed the payload hash, at the end of the canonical request: echo, a here-document or println wrote it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Create a canonical request"
 */

import { canonicalRequestPart, type SigningInputs, withPart } from '../sigv4/index.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { payloadHashLabels } from './kit/payload-bodies.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** What followed the hash. */
interface Params {
  readonly end: keyof typeof ENDS
}

const HEAD = {
  id: 'payload-hash-has-newline',
  class: 'header.canonical',
  part: 'payload-hash',
  narrow: true,
  undo,
} as const

export const payloadHashHasNewline = defineCause<Params>({
  ...HEAD,
  summary: 'a line feed or a space followed the payload hash at the end of the canonical request',
  schemes: 'version-4',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates()),
  explain,
})

function* candidates(): Iterable<Candidate<Params>> {
  for (const end of Object.keys(ENDS) as (keyof typeof ENDS)[]) yield { params: { end } }
}

function undo(inputs: SigningInputs, { end }: Params): SigningInputs {
  const hash = canonicalRequestPart(inputs, 'payload-hash')
  return hash === '' || ENDS[end] === undefined ? inputs : withPart(inputs, 'payload-hash', hash + ENDS[end])
}

function explain(match: Match<Params>): Explanation {
  const { end } = match.params
  return {
    what: `${end} followed the payload hash at the end of the canonical request`,
    why: 'the canonical request ends with the last digit of the payload hash; one byte more gives another hash in the string to sign, and with it another signature',
    labels: payloadHashLabels(match, undo, 'the canonical request ends here, without a line feed'),
    fixes: [
      { title: 'end the canonical request with the payload hash, with nothing behind it', applicability: 'exact' },
      ...CLIENT_FIXES,
      {
        title: 'cut the output of the hashing tool to the 64 hex digits',
        applicability: 'maybe',
        command: `printf '%s' "$body" | sha256sum | cut -d' ' -f1`,
        appliesTo: ['shell'],
      },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      { title: 'trim the signature', why: 'the byte too many was hashed before; the signature itself has no blank to trim' },
      { title: 'remove the blank line after the headers to make up for it', why: 'that line belongs there; then two places are wrong' },
    ],
    check: 'print the canonical request through "od -c" or "xxd": the last byte is a hex digit; where it is "\\n", this is the cause',
  }
}

const ENDS = {
  'a line feed': '\n',
  'a carriage return and a line feed': '\r\n',
  'two line feeds': '\n\n',
  'a space': ' ',
  'the output of sha256sum': '  -',
} as const

const CLIENT_FIXES = [
  {
    title: 'write with printf; echo and here-documents end with a line feed',
    applicability: 'exact',
    command: `printf '%s' "$canonical_request" | openssl dgst -sha256 -hex`,
    appliesTo: ['shell'],
  },
  {
    title: 'join the parts; a triple-quoted text ends with a line feed',
    applicability: 'exact',
    command: "'\\n'.join([method, uri, query, headers, signed_headers, payload_hash])",
    appliesTo: ['python'],
  },
  {
    title: 'use append with "\\n" between the parts, not println',
    applicability: 'exact',
    command: 'String.join("\\n", method, uri, query, headers, signedHeaders, payloadHash)',
    appliesTo: ['java'],
  },
] as const
