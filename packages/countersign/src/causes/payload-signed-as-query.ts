/**
 * The fields of a form body were signed as query parameters; the service hashes the body and leaves line 3 to the URL.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "HashedPayload"
 * @see https://github.com/badslug/Paw-AWSSignature4DynamicValue/issues/2
 */

import type { CaseFile } from '../case/index.js'
import {
  canonicalQueryString,
  canonicalRequestPart,
  EMPTY_PAYLOAD_HASH,
  type SigningInputs,
  splitTarget,
  withPart,
} from '../sigv4/index.js'
import { signerPart } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { bodySeen, bodyText, isHash } from './kit/payload-bodies.js'
import { canonicalQueryOf, queriesShown } from './kit/query-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** What the last line held: the hash of no body, or of the body as well. */
interface Params {
  readonly payload: 'empty' | 'body'
}

const HEAD = {
  id: 'payload-signed-as-query',
  class: 'payload.hash',
  part: 'canonical-query-string',
  narrow: true,
  undo,
  plain: { payload: 'body' },
} as const

export const payloadSignedAsQuery = defineCause<Params>({
  ...HEAD,
  summary: 'the fields of a form body were signed as query parameters',
  schemes: 'version-4',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  if (inputs === undefined || !FORM.test(bodySeen(file))) return
  const logged = signerPart(file, 'canonical-query-string') ?? ''
  const grounds = ['The query that was signed holds the fields of the body.']
  const shown = logged !== '' && canonicalQueryOf(inputs) === ''
  for (const payload of ['empty', 'body'] as const) yield { params: { payload }, ...(shown && { weight: 0.4, grounds }) }
}

function undo(inputs: SigningInputs, { payload }: Params): SigningInputs {
  const body = bodyText(inputs)
  if (inputs.request === undefined || !FORM.test(body) || !isHash(canonicalRequestPart(inputs, 'payload-hash'))) return inputs
  const { query } = splitTarget(inputs.request.target)
  const joined = query === undefined || query === '' ? body : `${query}&${body}`
  const moved = withPart(inputs, 'canonical-query-string', canonicalQueryString(joined, inputs.profile.plusInQuery))
  return payload === 'empty' ? withPart(moved, 'payload-hash', EMPTY_PAYLOAD_HASH) : moved
}

function explain(match: Match<Params>): Explanation {
  const { clause, labels } = queriesShown(match, undo, 'the fields of the body do not belong to line 3')
  return {
    what: `the fields of the form body were signed as query parameters${clause}`,
    why: 'line 3 of the canonical request holds the query of the URL alone; a body, even one in form encoding, counts through its hash in the last line',
    labels,
    fixes: [
      { title: 'leave line 3 to the query of the URL, and put the SHA-256 of the body into the last line', applicability: 'exact' },
      { title: 'or send the parameters in the query with GET, signed as such, where the service takes both', applicability: 'maybe' },
      { title: 'sign with a maintained SDK or signer, which keeps body and query apart', applicability: 'maybe' },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'send the fields in the query and in the body',
        why: 'the body is still hashed by the service; the two lines have to describe what is sent',
      },
      { title: 'change Content-Type so that the body is no form', why: 'the operation then does not find its parameters' },
    ],
    check: 'sign a POST with a JSON or an empty body to the same service with the same key: it passes; one with a form body fails',
  }
}

// One field after another, by their class alone.
const FORM = /^[A-Za-z0-9._~*+%-]{1,2000}=[A-Za-z0-9._~*+%=&:/@,;-]*$/
