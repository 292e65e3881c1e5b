/**
 * A key of the query without a value was signed as "key" or not at all; the canonical query string has "key=" for it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html "CanonicalQueryString"
 * @see https://github.com/curl/curl/issues/10129
 * @see https://github.com/xcir/libvmod-awsrest/issues/24
 */

import type { CaseFile } from '../case/index.js'
import { type SigningInputs, withPart } from '../sigv4/index.js'
import { clientSeen } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { canonicalQueryOf, piecesOf, queriesShown } from './kit/query-spelling.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** How the key was signed: without "=", or left out. */
interface Params {
  readonly signed: 'bare' | 'left-out'
}

const HEAD = {
  id: 'query-equals-missing',
  class: 'query.changed',
  part: 'canonical-query-string',
  narrow: true,
  undo,
  plain: { signed: 'bare' },
} as const

export const queryEqualsMissing = defineCause<Params>({
  ...HEAD,
  summary: 'a query key without a value was signed without "=", or not at all',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect: (file) => suspicionsOf(file, HEAD, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const inputs = file.inputsSeen
  if (inputs === undefined || !piecesOf(canonicalQueryOf(inputs)).some((piece) => piece.endsWith('='))) return
  const grounds = ['The query has a key without a value; the service signs it as "key=", some signers as "key" or not at all.']
  const curl = clientSeen(file, /^curl$/i)
  if (curl !== undefined) grounds.push('curl --aws-sigv4 signed such a key as it stands in the URL until 8.5.')
  yield { params: { signed: 'bare' }, weight: curl === undefined ? 0.3 : 0.4, grounds }
  yield { params: { signed: 'left-out' } }
}

function undo(inputs: SigningInputs, { signed }: Params): SigningInputs {
  const pieces = piecesOf(canonicalQueryOf(inputs))
  const empty = (piece: string): boolean => piece.indexOf('=') === piece.length - 1
  const made =
    signed === 'bare' ? pieces.map((piece) => (empty(piece) ? piece.slice(0, -1) : piece)) : pieces.filter((piece) => !empty(piece))
  return withPart(inputs, 'canonical-query-string', made.join('&'))
}

function explain(match: Match<Params>): Explanation {
  const bare = match.params.signed === 'bare'
  const { clause, labels } = queriesShown(match, undo, bare ? '"=" belongs after every key' : 'the key without a value is missing')
  return {
    what: `a key without a value was ${bare ? 'signed without "="' : 'left out of the signature'}${clause}`,
    why: 'the canonical query string has "name=value" for every parameter, and "name=" for one without a value (?acl, ?uploads, ?versioning)',
    labels,
    fixes: [
      { title: 'write "=" after every key in the canonical query string, whether it has a value or not', applicability: 'exact' },
      ...CLIENT_FIXES,
      { title: 'until the signer is mended, write "=" in the URL as well: ?acl=, ?uploads=', applicability: 'maybe' },
    ],
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'drop the key from the URL',
        why: 'the key names the operation: without ?acl the request reads or writes the object itself',
      },
      { title: 'give the key some value', why: 'the signature then holds, and the service may read the value as part of the request' },
    ],
    check: 'send the same request with "=" after the key (?acl=): it passes with the same signer and key',
  }
}

const CLIENT_FIXES = [
  {
    title: 'write "=" after the key, or use curl 8.5 or later',
    applicability: 'exact',
    command: "curl --aws-sigv4 'aws:amz:<region>:s3' 'https://<host>/<path>?<key>='",
    appliesTo: ['curl'],
  },
  {
    title: 'put "=" after bare keys before signing',
    applicability: 'exact',
    command: 'set req.url = awsrest.formurl(req.url);',
    appliesTo: ['varnish'],
  },
  {
    title: 'give the key the empty text as value; undefined and null are left out of the signature',
    applicability: 'exact',
    command: "new HttpRequest({ ..., query: { acl: '' } })",
    appliesTo: ['smithy-signature-v4'],
  },
  {
    title: 'keep blank values when the query is parsed',
    applicability: 'exact',
    command: 'urllib.parse.parse_qsl(query, keep_blank_values=True)',
    appliesTo: ['python'],
  },
] as const
