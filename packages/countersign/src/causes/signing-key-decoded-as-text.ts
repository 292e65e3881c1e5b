/**
 * An intermediate key became a text on its way: its bytes were read as characters, and the next step wrote those back as UTF-8.
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
  characters: 'each byte of an intermediate key became a character, and every one above 127 came back as two bytes of UTF-8',
  decoded: 'each intermediate key was read as UTF-8, and what is no UTF-8 came back as U+FFFD',
} as const

const HEAD = {
  id: 'signing-key-decoded-as-text',
  class: 'key.derivation',
  undo,
  narrow: true,
} as const

export const signingKeyDecodedAsText = defineCause<Params>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'signing-key',
  summary: 'intermediate keys were made text and back, which changes every byte above 127',
  schemes: 'version-4',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOutside(file, HEAD, { passedOn: 'characters' }, candidates()),
  undo,
  explain: ({ params, verifier, signer }) => ({
    what: WAYS[params.passedOn],
    why: 'kDate, kRegion and kService are 32 bytes of no text; a string type that decodes and encodes them changes about half of them, and loses what they were',
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
