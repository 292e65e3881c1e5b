/**
 * The secret was hashed without "AWS4" before it, or with another prefix: the first step of the key is HMAC("AWS4" + secret, date).
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Calculate the signature"
 */

import type { SigningInputs } from '../sigv4/index.js'
import { defineCause } from './kit/cause.js'
import { STANDARD_CHAIN } from './kit/key-derivation.js'
import { chainLabels, KEY_CHECK, KEY_WRONG_FIXES, USE_A_LIBRARY, withDerivation } from './kit/signing-key-edit.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'

/** What stood before the secret. */
interface Params {
  readonly prefix: string
}

const HEAD = { id: 'signing-key-without-aws4-prefix', class: 'key.derivation', undo, narrow: true } as const

export const signingKeyWithoutAws4Prefix = defineCause<Params>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'the signing key was derived without "AWS4" before the secret',
  schemes: 'version-4',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOutside(file, HEAD, { prefix: '' }, candidates()),
  undo,
  explain: ({ params, verifier, signer }) => ({
    what:
      params.prefix === ''
        ? 'the key was derived from the secret without "AWS4" before it'
        : `the key was derived from the secret with "${params.prefix}" before it, where "AWS4" belongs`,
    why: 'kDate is HMAC with the key "AWS4" followed by the secret; any other key gives another kDate, and all that follow from it differ',
    labels: chainLabels(verifier, signer, 'the first key is "AWS4" followed by the secret'),
    fixes: [...STANDARD_CHAIN, USE_A_LIBRARY],
    wrongFixes: KEY_WRONG_FIXES,
    check: KEY_CHECK,
  }),
})

function* candidates(): Iterable<Candidate<Params>> {
  for (const prefix of ['', 'AWS', 'aws4', 'AWS4-', 'AWS4 ', 'AWS4A', 'AWS4-HMAC-SHA256', 'AWS4AWS4']) yield { params: { prefix } }
}

function undo(inputs: SigningInputs, { prefix }: Params): SigningInputs {
  return withDerivation(inputs, { prefix })
}
