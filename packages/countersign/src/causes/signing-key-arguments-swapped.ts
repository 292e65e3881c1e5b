/**
 * The HMAC function was called with key and message in the wrong places: crypto-js and some others take the message first.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Calculate the signature"
 */

import type { SigningInputs } from '../sigv4/index.js'
import { defineCause } from './kit/cause.js'
import { STANDARD_CHAIN } from './kit/key-derivation.js'
import { chainLabels, KEY_CHECK, KEY_WRONG_FIXES, USE_A_LIBRARY, withDerivation } from './kit/signing-key-edit.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'

/** In every step, or only where the string to sign is signed. */
interface Params {
  readonly swapped: 'all' | 'last'
}

const HEAD = {
  id: 'signing-key-arguments-swapped',
  class: 'key.derivation',
  undo,
  narrow: true,
} as const

export const signingKeyArgumentsSwapped = defineCause<Params>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'key and message of HMAC were exchanged',
  schemes: 'version-4',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOutside(file, HEAD, { swapped: 'last' }, candidates()),
  undo,
  explain: ({ params, verifier, signer }) => ({
    what:
      params.swapped === 'all'
        ? 'key and message were exchanged in every step of the key'
        : 'key and message were exchanged where the string to sign was signed',
    why: 'HMAC(key, message) and HMAC(message, key) have nothing in common; libraries differ in which comes first',
    labels: chainLabels(verifier, signer, 'the key and the message have changed places'),
    fixes: [...STANDARD_CHAIN, USE_A_LIBRARY],
    wrongFixes: KEY_WRONG_FIXES,
    check: KEY_CHECK,
  }),
})

function* candidates(): Iterable<Candidate<Params>> {
  yield { params: { swapped: 'last' } }
  yield { params: { swapped: 'all' } }
}

function undo(inputs: SigningInputs, { swapped }: Params): SigningInputs {
  return withDerivation(inputs, { swapped })
}
