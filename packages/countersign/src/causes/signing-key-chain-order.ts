/**
 * The parts of the scope went into the key in another order, or one of them was left out.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Calculate the signature"
 */

import type { KeyDerivation, SigningInputs } from '../sigv4/index.js'
import { defineCause } from './kit/cause.js'
import { STANDARD_CHAIN } from './kit/key-derivation.js'
import { chainLabels, KEY_CHECK, KEY_WRONG_FIXES, USE_A_LIBRARY, withDerivation } from './kit/signing-key-edit.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'

/** The chain that was hashed. */
interface Params {
  readonly chain: KeyDerivation['chain']
}

const HEAD = { id: 'signing-key-chain-order', class: 'key.derivation', undo, narrow: true } as const

export const signingKeyChainOrder = defineCause<Params>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'the signing key was derived in another order, or a step was left out',
  schemes: 'version-4',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOutside(file, HEAD, { chain: ['date', 'service', 'region', 'terminator'] }, candidates()),
  undo,
  explain: ({ params, verifier, signer }) => ({
    what: `the key was derived over ${params.chain.length === 0 ? 'nothing: the secret itself signed' : params.chain.join(', then ')}; the order is date, region, service, terminator`,
    why: 'each step is the key of the next, so the order date, region, service, "aws4_request" is part of the key',
    labels: chainLabels(verifier, signer, 'date, region, service, terminator, in this order'),
    fixes: [...STANDARD_CHAIN, USE_A_LIBRARY],
    wrongFixes: KEY_WRONG_FIXES,
    check: KEY_CHECK,
  }),
})

function* candidates(): Iterable<Candidate<Params>> {
  const correct = ['date', 'region', 'service', 'terminator'] as const
  yield { params: { chain: ['date', 'service', 'region', 'terminator'] } }
  for (const left of correct) yield { params: { chain: correct.filter((part) => part !== left) } }
  for (const first of correct)
    for (const second of correct)
      for (const third of correct) {
        const chain = [...new Set([first, second, third, ...correct])]
        if (new Set([first, second, third]).size === 3) yield { params: { chain } }
      }
  yield { params: { chain: ['date'] } }
  yield { params: { chain: [] } }
}

function undo(inputs: SigningInputs, { chain }: Params): SigningInputs {
  return withDerivation(inputs, { chain })
}
