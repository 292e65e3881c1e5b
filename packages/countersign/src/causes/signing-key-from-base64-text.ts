/**
 * An intermediate key was handed on as its base64 text, 44 characters, instead of its 32 bytes.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Calculate the signature"
 */

import type { SigningInputs } from '../sigv4/index.js'
import { defineCause } from './kit/cause.js'
import { STANDARD_CHAIN } from './kit/key-derivation.js'
import { chainLabels, KEY_CHECK, KEY_WRONG_FIXES, USE_A_LIBRARY, withDerivation } from './kit/signing-key-edit.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'

/** What the keys became between two steps. */
interface Params {
  readonly passedOn: keyof typeof WAYS
}

const WAYS = {
  base64: 'each intermediate key was handed on as base64 text instead of its 32 bytes',
} as const

const HEAD = { id: 'signing-key-from-base64-text', class: 'key.derivation', undo, narrow: true } as const

export const signingKeyFromBase64Text = defineCause<Params>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'intermediate keys were handed on as base64 text instead of bytes',
  schemes: 'version-4',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOutside(file, HEAD, { passedOn: 'base64' }, candidates()),
  undo,
  explain: ({ params, verifier, signer }) => ({
    what: WAYS[params.passedOn],
    why: 'kDate, kRegion and kService are keys of 32 bytes; their base64 text is another key, of 44 bytes',
    labels: chainLabels(verifier, signer, 'keys go on as bytes, not as text'),
    fixes: [...STANDARD_CHAIN, USE_A_LIBRARY],
    wrongFixes: KEY_WRONG_FIXES,
    check: KEY_CHECK,
  }),
})

function* candidates(): Iterable<Candidate<Params>> {
  for (const passedOn of Object.keys(WAYS) as (keyof typeof WAYS)[]) yield { params: { passedOn } }
}

function undo(inputs: SigningInputs, { passedOn }: Params): SigningInputs {
  return withDerivation(inputs, { passedOn })
}
