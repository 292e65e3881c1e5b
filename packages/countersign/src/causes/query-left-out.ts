/**
 * The query was not signed: line 3 of the signer's canonical request is empty, or has the X-Amz-* parameters only.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalQueryString"
 * @see https://github.com/twisted/txaws/issues/36
 */

import type { CaseFile } from '../case/index.js'
import { type SigningInputs, withPart } from '../sigv4/index.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { canonicalQueryOf, isAmzPiece, piecesOf, queriesShown } from './kit/query-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** What was signed of the query. */
interface Params {
  readonly signed: 'nothing' | 'amz-only'
}

const HEAD = {
  id: 'query-left-out',
  class: 'query.changed',
  part: 'canonical-query-string',
  narrow: true,
  undo,
  plain: { signed: 'nothing' },
} as const

export const queryLeftOut = defineCause<Params>({
  ...HEAD,
  summary: 'the query was sent and not signed',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  shownBy: () => ({ signed: 'nothing' }),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  // With a single parameter it is that parameter which was added.
  if (inputs === undefined || piecesOf(canonicalQueryOf(inputs)).length === 0) return
  yield { params: { signed: 'nothing' } }
  yield { params: { signed: 'amz-only' } }
}

function undo(inputs: SigningInputs, { signed }: Params): SigningInputs {
  const pieces = piecesOf(canonicalQueryOf(inputs))
  const kept = signed === 'nothing' ? [] : pieces.filter(isAmzPiece)
  return withPart(inputs, 'canonical-query-string', kept.join('&'))
}

function explain(match: Match<Params>): Explanation {
  const none = match.params.signed === 'nothing'
  const { clause, labels } = queriesShown(match, undo, none ? 'the query was not signed' : 'the other parameters were not signed')
  return {
    what: `${none ? 'the query was not signed at all' : 'only the X-Amz-* parameters were signed'}${clause}`,
    why: 'line 3 of the canonical request holds every parameter of the query but X-Amz-Signature; the signer left it empty, or was given the URL without its query',
    labels,
    fixes: [
      { title: 'give the signer the URL with its whole query, before it signs', applicability: 'exact' },
      ...CLIENT_FIXES,
      { title: 'set params= and the like before signing, not on the request that is sent', applicability: 'maybe' },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      { title: 'sign the path and the query as one path', why: 'the canonical URI ends before "?"; the query has its own line' },
      { title: 'move the parameters into the body', why: 'the operation reads them from the query; the request becomes another one' },
    ],
    check: 'send the request without a query with the same signer and key: it passes the signature check; every request with a query fails',
  }
}

const CLIENT_FIXES = [
  {
    title: 'hand the query over as an object: the signer does not read it out of the path',
    applicability: 'exact',
    command: 'new HttpRequest({ ..., path: url.pathname, query: Object.fromEntries(url.searchParams) })',
    appliesTo: ['smithy-signature-v4'],
  },
  {
    title: 'sign the prepared URL, in which the parameters are',
    applicability: 'exact',
    command: "prepared = requests.Request('GET', url, params=params).prepare(); AWSRequest(method='GET', url=prepared.url)",
    appliesTo: ['botocore', 'requests'],
  },
  {
    title: 'put the query into path; aws4 reads no other field',
    applicability: 'exact',
    command: 'aws4.sign({ host, path: url.pathname + url.search, ... })',
    appliesTo: ['aws4'],
  },
] as const
