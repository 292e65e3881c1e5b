/**
 * Signed for GET and sent as HEAD, or the other way round: a check of a presigned URL, or a cache that asks for the whole object.
 * @see https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_cache_convert_head
 * @see https://github.com/alphagov/asset-manager/issues/169
 * @see https://github.com/anomalizer/ngx_aws_auth/issues/15
 */

import { type CaseFile, cluesFor, getPassedBesideHead } from '../case/index.js'
import { canonicalRequestPart, type SigningInputs, withPart } from '../sigv4/index.js'
import { clientSeen, labelOf, sidesOf, verifierPart } from './kit/case-views.js'
import { defineCause, type Match, type Suspicion } from './kit/cause.js'
import type { Explanation, Fix } from './kit/explanation.js'
import { type Candidate, suspicionsOf } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES, ROTATE_KEYS } from './kit/wrong-fixes.js'

/** The method that was signed; the other one arrived. */
interface Params {
  readonly signed: 'GET' | 'HEAD'
}

const HEAD = {
  id: 'method-head-and-get-swapped',
  class: 'method.mismatch',
  part: 'method',
  narrow: true,
  undo,
  plain: { signed: 'GET' },
} as const

export const methodHeadAndGetSwapped = defineCause<Params>({
  ...HEAD,
  summary: 'the request was signed for GET and sent as HEAD, or the other way round',
  schemes: 'signatures',
  refusedAt: ['signature'],
  suspect,
  shownBy: ({ values }) => ({ signed: values['signed'] === 'HEAD' ? 'HEAD' : 'GET' }),
  explain,
})

function* suspect(file: CaseFile): Iterable<Suspicion<Params>> {
  // What the client shows is a HEAD; what the service got is not shown, so nothing can be tested.
  if (getPassedBesideHead(file) !== undefined)
    yield {
      params: { signed: 'HEAD' },
      weight: 0.5,
      grounds: [
        'The HEAD was refused without a word, and a GET of the same object with the same key was accepted: the method may have changed on the way.',
      ],
    }
  yield* suspicionsOf(file, HEAD, candidates(file))
}

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const sent = verifierPart(file, 'method')
  const seen = file.observations.flatMap((one) => (one.kind === 'request' ? [one.request.method] : []))
  const nginx = clientSeen(file, /nginx/i) !== undefined || cluesFor(file, 'method-changed').some(({ values }) => values['hop'] === 'nginx')
  if (sent === 'HEAD') {
    const presigned = file.inputsSeen?.authentication === 'query'
    const grounds = [
      ...(presigned ? ['The URL is presigned and was used with HEAD; presigning makes a URL for GET unless told otherwise.'] : []),
      ...(seen.includes('GET') ? ['Elsewhere in the evidence the request is a GET.'] : []),
    ]
    yield { params: { signed: 'GET' }, ...(grounds.length > 0 && { weight: presigned ? 0.55 : 0.35, grounds }) }
  }
  if (sent === 'GET') {
    const grounds = [
      ...(seen.includes('HEAD') ? ['Elsewhere in the evidence the request is a HEAD.'] : []),
      ...(nginx && seen.includes('HEAD') ? ['nginx turns HEAD into GET where it caches, unless told not to.'] : []),
    ]
    yield { params: { signed: 'HEAD' }, ...(grounds.length > 0 && { weight: 0.4, grounds }) }
  }
}

function undo(inputs: SigningInputs, { signed }: Params): SigningInputs {
  const sent = canonicalRequestPart(inputs, 'method')
  return sent === (signed === 'GET' ? 'HEAD' : 'GET') ? withPart(inputs, 'method', signed) : inputs
}

function explain(match: Match<Params>): Explanation {
  const { signed } = match.params
  const sent = signed === 'GET' ? 'HEAD' : 'GET'
  const presigned = (match.verifier ?? match.file.inputsSeen)?.authentication === 'query'
  return {
    what: `the request was signed for ${signed} and reached the service as ${sent}`,
    why:
      signed === 'GET'
        ? 'the method is line 1 of the canonical request; a signature for GET does not cover HEAD, though a HEAD asks for no more than a GET does'
        : 'the method is line 1 of the canonical request; a cache or CDN on the way asked for the whole object (GET) where the client had signed a HEAD',
    labels: sidesOf(match, undo) === undefined ? [] : [labelOf(match.file, 'method', sent, signed, 'the method is part of what is signed')],
    fixes: signed === 'GET' ? fixesForHead(presigned) : FIXES_FOR_GET,
    wrongFixes: [
      CHANGE_IAM_POLICIES,
      ROTATE_KEYS,
      {
        title: 'have the verifier accept a HEAD signature for GET',
        why: 'anyone who may only look at the metadata could then read the object',
      },
      { title: 'add HEAD to the CORS rules', why: 'CORS decides what a browser may do; the signature is checked all the same' },
    ],
    check: `send the same signature with ${signed}: it passes the signature check while it has not expired`,
  }
}

function fixesForHead(presigned: boolean): readonly Fix[] {
  return [
    ...(presigned
      ? ([
          {
            title: 'presign the HEAD as well',
            applicability: 'has-placeholders',
            command: "boto3.client('s3').generate_presigned_url('head_object', Params={'Bucket': '<bucket>', 'Key': '<key>'})",
            appliesTo: ['boto3'],
          },
          {
            title: 'or ask with the GET URL for one byte: the headers of the answer say size and type',
            applicability: 'exact',
            command: "curl -r 0-0 -D - -o /dev/null '<url>'",
            appliesTo: ['curl'],
          },
        ] as const)
      : []),
    { title: 'sign after the method is decided', applicability: 'maybe' },
    { title: 'in a proxy that signs, sign for the method it sends', applicability: 'maybe' },
  ]
}

const FIXES_FOR_GET: readonly Fix[] = [
  {
    title: 'keep HEAD a HEAD; then put the method into the cache key',
    applicability: 'exact',
    command: 'proxy_cache_convert_head off; proxy_cache_key $request_method$scheme$proxy_host$request_uri;',
    appliesTo: ['nginx'],
  },
  {
    title: 'pass HEAD requests through the cache',
    applicability: 'maybe',
    command: 'if (req.method == "HEAD") { return (pass); }',
    appliesTo: ['varnish', 'fastly'],
  },
  { title: 'sign behind the cache', applicability: 'maybe' },
]
