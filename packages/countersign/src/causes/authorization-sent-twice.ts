/**
 * The request says twice how it was signed: an Authorization header and a presigned URL, or two Authorization headers.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
 */

import type { CaseFile, ObservationOf } from '../case/index.js'
import { HEADER, headerValues, queryAuthorization, queryValue, type SigningInputs, splitTarget } from '../sigv4/index.js'
import { factsStated, REPLACE_THE_SECRET, requestsSeen } from './kit/case-views.js'
import { defineCause, type Match } from './kit/cause.js'
import type { Explanation } from './kit/explanation.js'
import { sentByApplication } from './kit/redirect-fixes.js'
import { type Candidate, suspicionsOutside } from './kit/suspicion.js'
import { CHANGE_IAM_POLICIES } from './kit/wrong-fixes.js'

/** Where the two stand. */
interface Params {
  readonly where: 'header-and-query' | 'two-headers' | 'unknown'
  /** The scheme of the header, "Bearer" or "AWS4-HMAC-SHA256". */
  readonly scheme?: string
}

const HEAD = { id: 'authorization-sent-twice', class: 'authorization.duplicate', undo } as const

export const authorizationSentTwice = defineCause<Params>({
  ...HEAD,
  part: 'signature',
  summary: 'the request carried two authorizations, where a service takes one',
  schemes: 'any',
  refusedAt: ['mechanism', 'authorization-parts', 'signature'],
  shownBy: () => ({ where: 'two-headers' }),
  suspect: (file) => suspicionsOutside(file, HEAD, { where: 'unknown' }, candidates(file)),
  explain,
})

function* candidates(file: CaseFile): Iterable<Candidate<Params>> {
  const shown = requestsSeen(file).flatMap((seen) => {
    const params = twice(seen)
    return params === undefined ? [] : [{ params, seen }]
  })
  for (const stated of factsStated(file, ['two-mechanisms'])) {
    const params = shown[0]?.params ?? { where: 'unknown' as const }
    yield { params, weight: 0.95, grounds: ['The service says that only one way of signing is allowed.'], stated }
  }
  for (const { params, seen } of shown) {
    const grounds = [`The request carries ${placesOf(params)}.`]
    const { refusal } = file
    const silent = refusal?.message === '' && /SignatureDoesNotMatch|InvalidSignature/.test(refusal.code)
    if (silent) grounds.push('A mismatch without a message is how AWS refuses a request that is signed in two places.')
    const open = refusal === undefined || silent || ['mechanism', 'authorization-parts'].includes(refusal.check?.group ?? '')
    const sure = open && seen.fidelity === 'exact'
    yield { params, weight: sure ? 0.95 : 0.6, grounds, ...(sure && { stated: seen }) }
  }
}

function twice({ request }: ObservationOf<'request'>): Params | undefined {
  const headers = headerValues(request, HEADER.authorization).map((value) => value.trim())
  const scheme = headers.map((value) => value.split(/\s/)[0] ?? '').find((one) => one !== '')
  const query = splitTarget(request.target).query
  const signedQuery =
    queryAuthorization(query) !== undefined ||
    (queryValue(query, 'Signature') !== undefined && queryValue(query, 'AWSAccessKeyId') !== undefined)
  if (signedQuery && scheme !== undefined) return { where: 'header-and-query', scheme }
  return headers.length > 1 && scheme !== undefined ? { where: 'two-headers', scheme } : undefined
}

function placesOf({ where, scheme }: Params): string {
  if (where === 'header-and-query')
    return `an Authorization header${scheme === undefined ? '' : ` (${scheme})`} and a signature in the query`
  return where === 'two-headers' ? 'two Authorization headers' : 'two authorizations'
}

/** Each of the two may be right by itself. */
function undo(inputs: SigningInputs): SigningInputs {
  return inputs
}

function explain({ params, file }: Match<Params>): Explanation {
  const both = params.where !== 'two-headers'
  return {
    what: `the request carried ${placesOf(params)}`,
    why: 'a service takes one authorization; with two it refuses before it looks at either, on most services as a mismatch without a message',
    labels:
      params.where === 'unknown'
        ? []
        : [{ part: 'authorization', calculated: 'one authorization', signed: placesOf(params), note: 'only one of them may be sent' }],
    fixes: [
      ...(both
        ? ([
            {
              title: 'send a presigned URL bare: with no Authorization header, and no session cookie or default header that adds one',
              applicability: 'exact',
            },
            ...sentByApplication(file),
            {
              title: 'take the default header off for this request',
              applicability: 'maybe',
              command: 'delete axios.defaults.headers.common.Authorization  // or a separate client, without interceptors',
              appliesTo: ['axios'],
            },
            {
              title: 'send it with a client that no interceptor sees',
              applicability: 'exact',
              command: 'new HttpClient(inject(HttpBackend)).put(url, file)',
              appliesTo: ['angular'],
            },
            {
              title: 'use a separate client for presigned URLs',
              applicability: 'maybe',
              command: 'requests.put(url, data=body, auth=NoAuth())  # also: no entry for the host in ~/.netrc',
              appliesTo: ['requests'],
            },
          ] as const)
        : ([
            {
              title: 'replace the header instead of adding one',
              applicability: 'exact',
              command: "headers.set('authorization', value)  // not append",
            },
            { title: 'take the old header off before a retry signs again', applicability: 'maybe' },
          ] as const)),
      {
        title:
          'give out URLs that CloudFront signs in place of presigned ones: behind origin access control CloudFront signs what it sends to S3',
        applicability: 'maybe',
        appliesTo: ['cloudfront'],
      },
      {
        title: 'keep the proxy from adding its own to presigned URLs',
        applicability: 'maybe',
        command: 'proxy_set_header Authorization "";',
        appliesTo: ['nginx'],
      },
    ],
    wrongFixes: [
      REPLACE_THE_SECRET,
      CHANGE_IAM_POLICIES,
      {
        title: 'sign the Authorization header too',
        why: 'the Authorization header is never signed; two ways of signing are always refused',
      },
    ],
    check: "send the same request with one of the two taken off (curl -H 'Authorization:' '<url>'): it passes, or fails for another reason",
  }
}
