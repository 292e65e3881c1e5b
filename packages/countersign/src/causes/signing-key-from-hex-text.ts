/**
 * An intermediate key was handed on as its hexadecimal text, 64 characters, instead of its 32 bytes.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Calculate the signature"
 */

import type { SigningInputs } from '../sigv4/index.js'
import { defineCause } from './kit/cause.js'
import { STANDARD_CHAIN } from './kit/key-derivation.js'
import { chainLabels, KEY_CHECK, KEY_WRONG_FIXES, USE_A_LIBRARY, withDerivation } from './kit/signing-key-edit.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'

/** Lower-case or upper-case digits. */
interface Params {
  readonly passedOn: 'hex' | 'HEX'
}

const HEAD = { id: 'signing-key-from-hex-text', class: 'key.derivation', undo, narrow: true } as const

export const signingKeyFromHexText = defineCause<Params>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'intermediate keys were handed on as hexadecimal text instead of bytes',
  schemes: 'version-4',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOutside(file, HEAD, { passedOn: 'hex' }, candidates()),
  undo,
  explain: ({ params, verifier, signer }) => ({
    what: `each intermediate key was handed on as ${params.passedOn === 'HEX' ? 'upper-case ' : ''}hexadecimal text instead of its 32 bytes`,
    why: 'kDate, kRegion and kService are keys of 32 bytes; their hexadecimal text is another key, of 64 bytes',
    labels: chainLabels(verifier, signer, 'keys go on as bytes, not as text'),
    fixes: [...STANDARD_CHAIN, USE_A_LIBRARY],
    wrongFixes: KEY_WRONG_FIXES,
    check: KEY_CHECK,
  }),
})

function* candidates(): Iterable<Candidate<Params>> {
  yield { params: { passedOn: 'hex' } }
  yield { params: { passedOn: 'HEX' } }
}

function undo(inputs: SigningInputs, { passedOn }: Params): SigningInputs {
  return withDerivation(inputs, { passedOn })
}
