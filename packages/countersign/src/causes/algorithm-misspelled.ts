/**
 * The algorithm was not written "AWS4-HMAC-SHA256", in the string to sign or in the request: a hyphen too many, lower case, another hash.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "Create a string to sign"
 */

import { type CaseFile, statedFacts } from '../case/index.js'
import { AWS4_HMAC_SHA256, type SigningInputs } from '../sigv4/index.js'
import { isMasked } from '../text/index.js'
import { signerHead } from './kit/case-views.js'
import { defineCause } from './kit/cause.js'
import { USE_A_LIBRARY } from './kit/signing-key-edit.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** As it was written; absent where only a hint speaks of it. */
interface Params {
  readonly written?: string
}

const HEAD = { id: 'algorithm-misspelled', class: 'algorithm.version', undo, narrow: true } as const

export const algorithmMisspelled = defineCause<Params>({
  id: HEAD.id,
  class: HEAD.class,
  part: 'algorithm',
  summary: 'the algorithm was not written "AWS4-HMAC-SHA256"',
  schemes: 'version-4',
  refusedAt: ['mechanism', 'authorization-parts', 'signature'],
  suspect: (file) => suspicionsOutside(file, HEAD, {}, candidates(file)),
  shownBy: ({ values }) => ({ written: values['written'] ?? '' }),
  undo,
  explain: ({ params }) => ({
    what: `the algorithm was written ${params.written === undefined ? 'differently from' : `"${params.written}" in place of`} "${AWS4_HMAC_SHA256}"`,
    why: 'the name of the algorithm is the first line of the string to sign and the first word of the Authorization header; it is a fixed text, byte for byte, and says nothing of how the library calls its hash',
    labels:
      params.written === undefined
        ? []
        : [{ part: 'algorithm', calculated: AWS4_HMAC_SHA256, signed: params.written, note: 'one fixed spelling' }],
    fixes: [
      {
        title: 'write it so in the header and in the string to sign, out of one constant',
        applicability: 'exact',
        command: `"${AWS4_HMAC_SHA256}"`,
      },
      USE_A_LIBRARY,
    ],
    wrongFixes: [ROTATE_KEYS, CHANGE_IAM_POLICIES],
    check: `print the first line of the string to sign and the first word of the Authorization header: where both are "${AWS4_HMAC_SHA256}", this is not the cause`,
  }),
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  for (const stated of statedFacts(file, 'algorithm-unsupported')) {
    const written = stated.values['algorithm']
    if (written === undefined || !isMisspelled(written)) continue
    yield { params: { written }, weight: 0.96, stated, grounds: [`The service says that it does not know the algorithm "${written}".`] }
  }
  const logged = signerHead(file)?.algorithm
  if (logged !== undefined && isMisspelled(logged))
    yield { params: { written: logged }, weight: 0.9, grounds: [`The signer's own string to sign begins with "${logged}".`] }
  for (const written of SPELLINGS) yield { params: { written } }
}

/** One that was meant to be the name: a scheme of its own ("AWS4-ECDSA-P256-SHA256", "AWS", "Bearer") is not misspelled. */
function isMisspelled(text: string): boolean {
  return text !== AWS4_HMAC_SHA256 && !isMasked(text) && /hmac|sha.?256/i.test(text) && !/ECDSA/i.test(text) && text.length <= 40
}

function undo(inputs: SigningInputs, { written }: Params): SigningInputs {
  return written === undefined || written === inputs.algorithm ? inputs : { ...inputs, algorithm: written }
}

const SPELLINGS = [
  'AWS4-HMAC-SHA-256',
  'aws4-hmac-sha256',
  'AWS4-HMAC-SHA1',
  'AWS-HMAC-SHA256',
  'AWS4_HMAC_SHA256',
  'AWS4HMACSHA256',
  'AWS4-HMAC-sha256',
  'HMAC-SHA256',
  'HmacSHA256',
  'AWS4-SHA256',
  'AWS4-HMAC-SHA256 ',
  'AWS4-HMAC-SHA512',
  '',
]
